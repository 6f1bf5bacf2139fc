//! Tables of courses, which officers write, and of what is assigned. What learners read is in
//! [`revisions`].

mod builds;
pub mod gate_waiver;
mod revisions;

pub use builds::{course_artefact, course_build, course_prerequisite};
pub use revisions::{
    course_pin, course_revision, course_writer, revision_file, revision_lesson, revision_post,
    revision_writer,
};

pub mod course {
    use chrono::{DateTime, Utc};
    use sea_orm::{FromJsonQueryResult, entity::prelude::*};
    use serde::{Deserialize, Serialize};
    use shared::{
        accounts::PersonId,
        content::Picture,
        courses::{CourseCategory, CourseId, CourseLevel, CourseStatus},
        organizations::OrganizationId,
        practice::Practice,
        revisions::RevisionId,
    };

    /// The draft; learners read the revision that is live.
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "courses")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CourseId,
        pub level: CourseLevel,
        pub category: CourseCategory,
        /// What it leads to, in words; of 认证考核 only.
        pub qualification: String,
        pub title: String,
        pub summary: String,
        pub cover: Option<Cover>,
        pub status: CourseStatus,
        /// Counts the changes of the columns above and of the posts.
        pub version: i32,
        /// How many lessons are ready; kept by `outline::settle`.
        pub lessons: i32,
        /// Minutes of the lessons that are ready; kept by `outline::settle`.
        pub minutes: i32,
        /// Whose course it is; the bureau's if nobody's.
        pub organization_id: Option<OrganizationId>,
        pub created_by: Option<PersonId>,
        pub created_at: DateTime<Utc>,
        pub updated_at: DateTime<Utc>,
        /// The last publication.
        pub published_at: Option<DateTime<Utc>>,
        pub retired_at: Option<DateTime<Utc>>,
        /// What learners read, or read before the course was retired.
        pub live_revision_id: Option<RevisionId>,
        /// It was never published, and is nowhere to be seen any more.
        pub removed_at: Option<DateTime<Utc>>,
        /// Absent where nobody wrote any.
        pub practice: Option<Practised>,
        /// Counts the changes of it.
        pub practice_version: i32,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
    #[serde(transparent)]
    pub struct Cover(pub Picture);

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
    #[serde(transparent)]
    pub struct Practised(pub Practice);

    impl Practised {
        /// As it is kept: what says nothing is left out.
        pub fn kept(practice: Practice) -> Option<Self> {
            (!practice.is_empty()).then_some(Self(practice))
        }

        pub fn of(kept: Option<Self>) -> Practice {
            kept.map(|it| it.0).unwrap_or_default()
        }
    }

    crate::db::no_relations!();
}

pub mod course_file {
    use sea_orm::entity::prelude::*;
    use shared::{content::MediaId, courses::CourseId};

    /// A file that a course shows, in its draft or in any of its revisions.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "course_files")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub course_id: CourseId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub media_id: MediaId,
    }

    crate::db::no_relations!();
}

pub mod course_post {
    use sea_orm::entity::prelude::*;
    use shared::{courses::CourseId, organizations::PostId};

    /// Whom a course is for.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "course_posts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub course_id: CourseId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub post_id: PostId,
    }

    crate::db::no_relations!();
}

pub mod chapter {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::courses::{ChapterId, CourseId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "chapters")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ChapterId,
        pub course_id: CourseId,
        /// From 1; ties are broken by the id.
        pub position: i32,
        pub title: String,
        /// It is no longer written, but a revision has it.
        pub removed_at: Option<DateTime<Utc>>,
    }

    crate::db::no_relations!();
}

pub mod lesson {
    use chrono::{DateTime, Utc};
    use sea_orm::{FromJsonQueryResult, entity::prelude::*};
    use serde::{Deserialize, Serialize};
    use shared::{
        content::{LessonContent, LessonKind},
        courses::{ChapterId, CourseId, LessonId},
    };

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "lessons")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: LessonId,
        pub course_id: CourseId,
        pub chapter_id: ChapterId,
        /// From 1; ties are broken by the id.
        pub position: i32,
        pub title: String,
        pub kind: LessonKind,
        pub minutes: i32,
        pub content: Content,
        /// Whether there is all that learners need.
        pub ready: bool,
        pub version: i32,
        pub updated_at: DateTime<Utc>,
        /// It is no longer written, but a revision has it.
        pub removed_at: Option<DateTime<Utc>>,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
    #[serde(transparent)]
    pub struct Content(pub LessonContent);

    crate::db::no_relations!();
}

pub mod assignment {
    use chrono::{DateTime, NaiveDate, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{accounts::PersonId, authoring::AssignmentId, courses::CourseId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "assignments")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AssignmentId,
        pub course_id: CourseId,
        /// To whom, in words.
        pub target: String,
        pub due_on: NaiveDate,
        /// How many rows of [`assignment_person`](super::assignment_person) it has.
        pub people: i32,
        pub created_by: Option<PersonId>,
        pub created_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

pub mod assignment_person {
    use sea_orm::entity::prelude::*;
    use shared::{accounts::PersonId, authoring::AssignmentId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "assignment_people")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub assignment_id: AssignmentId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
    }

    crate::db::no_relations!();
}
