//! The table of progress.

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
        pub finished_at: Option<DateTime<Utc>>,
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
