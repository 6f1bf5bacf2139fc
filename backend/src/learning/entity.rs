//! The tables of progress and of what learners keep.

pub mod lesson_progress {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        courses::{CourseId, LessonId},
        revisions::RevisionId,
    };

    use crate::learning::watched::Watched;

    /// How far a person got in a lesson; there from their first report on.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "lesson_progress")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub lesson_id: LessonId,
        pub course_id: CourseId,
        /// Where to resume, in the unit of the lesson's kind.
        pub position: i32,
        /// 0 to 100; 100 only when finished.
        pub percent: i32,
        /// Of a video.
        pub watched: Watched,
        pub started_at: DateTime<Utc>,
        /// The last report.
        pub updated_at: DateTime<Utc>,
        /// All of it is done, the questions at the end, too.
        pub finished_at: Option<DateTime<Utc>>,
        /// When the learner came to the end of what is to be studied; absent where that was finished
        /// before anybody noted it.
        pub ended_at: Option<DateTime<Utc>>,
        /// When the learner was at [`position`](Self::position); absent until somebody says.
        pub positioned_at: Option<DateTime<Utc>>,
        /// Counts the reports of this person, whichever lesson they are about: no two have the same,
        /// and the highest is the last. 0 where nobody counted yet.
        pub turn: i64,
        /// What that report left of the time that had passed; see `credit`.
        pub credit_ms: i32,
        /// Of the course, which was read at the last report.
        pub revision_id: Option<RevisionId>,
    }

    crate::db::no_relations!();
}

pub mod check_answer {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        courses::{CheckId, CourseId, LessonId},
        revisions::RevisionId,
    };

    use crate::quizzes::OptionIndexes;

    /// What somebody answered first to a question at the end of a lesson.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "check_answers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub check_id: CheckId,
        pub course_id: CourseId,
        pub lesson_id: LessonId,
        pub revision_id: RevisionId,
        pub chosen: OptionIndexes,
        pub correct: bool,
        pub answered_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

pub mod favourite_course {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{accounts::PersonId, courses::CourseId};

    /// A course that somebody keeps at hand.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "favourite_courses")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub course_id: CourseId,
        pub kept_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

pub mod lesson_note {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        courses::{CourseId, LessonId},
    };

    /// What somebody wrote down for themselves.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "lesson_notes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person_id: PersonId,
        pub course_id: CourseId,
        /// The note outlives it.
        pub lesson_id: LessonId,
        pub text: String,
        pub written_at: DateTime<Utc>,
        /// The form it was typed into; sent again it is the same note.
        pub form: Option<Uuid>,
    }

    crate::db::no_relations!();
}

pub mod enquiry {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        courses::{CourseId, LessonId},
    };

    /// What somebody asked the instructors, and what they answered.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "enquiries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person_id: PersonId,
        pub course_id: CourseId,
        /// The question outlives it.
        pub lesson_id: LessonId,
        pub text: String,
        pub asked_at: DateTime<Utc>,
        pub answer: Option<String>,
        pub answered_by: Option<PersonId>,
        pub answered_at: Option<DateTime<Utc>>,
        /// The form it was typed into; sent again it is the same question.
        pub form: Option<Uuid>,
    }

    crate::db::no_relations!();
}

pub mod course_rating {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{accounts::PersonId, courses::CourseId};

    /// What somebody who finished a course thinks of it. Nobody is shown whose it is.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "course_ratings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub course_id: CourseId,
        /// 1 to 5.
        pub stars: i32,
        pub comment: String,
        pub rated_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

pub mod post_path_course {
    use sea_orm::entity::prelude::*;
    use shared::{courses::CourseId, organizations::PostId};

    /// A course on the learning path of a post.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "post_path_courses")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub post_id: PostId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub course_id: CourseId,
        /// From 1.
        pub position: i32,
    }

    crate::db::no_relations!();
}
