//! Tables of revisions: what learners read. Content is written once; only states change.

pub mod course_revision {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        courses::{CourseCategory, CourseId, CourseLevel},
        revisions::{OngoingLearners, RevisionId, RevisionState},
    };

    use crate::courses::entity::course::{Cover, Practised};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "course_revisions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RevisionId,
        pub course_id: CourseId,
        /// From 1.
        pub number: i32,
        /// Of a course one at most is open, which an index sees to.
        pub state: RevisionState,
        pub level: CourseLevel,
        pub category: CourseCategory,
        pub qualification: String,
        pub title: String,
        pub summary: String,
        pub cover: Option<Cover>,
        pub lessons: i32,
        pub minutes: i32,
        /// Of the content; nothing where it was frozen before there were revisions.
        pub checksum: Option<String>,
        /// What changed, in the words of who submitted it.
        pub note: String,
        /// The number of the revision whose content it has.
        pub restored_from: Option<i32>,
        pub written_by: Option<PersonId>,
        pub written_at: DateTime<Utc>,
        pub checked_by: Option<PersonId>,
        pub checked_at: Option<DateTime<Utc>>,
        pub approved_by: Option<PersonId>,
        pub approved_at: Option<DateTime<Utc>>,
        pub returned_by: Option<PersonId>,
        pub returned_at: Option<DateTime<Utc>>,
        /// Why it was sent back, or why an earlier content was restored.
        pub reason: String,
        pub publish_at: Option<DateTime<Utc>>,
        pub learners: OngoingLearners,
        /// Of a scheduled one: who scheduled it.
        pub published_by: Option<PersonId>,
        pub published_at: Option<DateTime<Utc>>,
        pub practice: Option<Practised>,
    }

    crate::db::no_relations!();
}

pub mod revision_post {
    use sea_orm::entity::prelude::*;
    use shared::{organizations::PostId, revisions::RevisionId};

    /// Whom a revision is for.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "revision_posts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub revision_id: RevisionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub post_id: PostId,
    }

    crate::db::no_relations!();
}

pub mod revision_lesson {
    use sea_orm::entity::prelude::*;
    use shared::{
        content::LessonKind,
        courses::{ChapterId, CourseId, LessonId},
        revisions::RevisionId,
    };

    use crate::courses::{checks::entity::CheckIds, entity::lesson::Content};

    /// A lesson as learners of a revision read it.
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "revision_lessons")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub revision_id: RevisionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub lesson_id: LessonId,
        pub course_id: CourseId,
        /// From 1, through all chapters.
        pub place: i32,
        pub chapter_id: ChapterId,
        pub chapter_title: String,
        pub title: String,
        pub kind: LessonKind,
        pub minutes: i32,
        pub content: Content,
        /// What is asked at its end.
        pub checks: CheckIds,
    }

    crate::db::no_relations!();
}

pub mod course_writer {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{accounts::PersonId, courses::CourseId};

    /// Somebody who has changed the draft of a course since what learners read was frozen.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "course_writers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub course_id: CourseId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
        /// Last.
        pub wrote_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

pub mod revision_writer {
    use sea_orm::entity::prelude::*;
    use shared::{accounts::PersonId, revisions::RevisionId};

    /// Somebody whose words a revision has.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "revision_writers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub revision_id: RevisionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
    }

    crate::db::no_relations!();
}

pub mod revision_file {
    use sea_orm::entity::prelude::*;
    use shared::{content::MediaId, revisions::RevisionId};

    /// A file that a revision shows, on its cover or in a lesson.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "revision_files")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub revision_id: RevisionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub media_id: MediaId,
    }

    crate::db::no_relations!();
}

pub mod course_pin {
    use sea_orm::entity::prelude::*;
    use shared::{accounts::PersonId, courses::CourseId, revisions::RevisionId};

    /// Somebody who stays with the revision they began, while others learn a newer one.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "course_pins")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub course_id: CourseId,
        pub revision_id: RevisionId,
    }

    crate::db::no_relations!();
}
