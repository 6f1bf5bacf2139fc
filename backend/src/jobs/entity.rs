//! The table of jobs.

pub mod job {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "jobs")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kind: String,
        pub payload: Json,
        /// At most one job has it, as long as it is remembered.
        pub unique_key: Option<String>,
        pub state: State,
        pub run_at: DateTime<Utc>,
        pub attempts: i32,
        pub lease_owner: Option<Uuid>,
        pub lease_until: Option<DateTime<Utc>>,
        /// Why it waits, was skipped or is dead.
        pub last_error: Option<String>,
        pub created_at: DateTime<Utc>,
        pub finished_at: Option<DateTime<Utc>>,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    pub enum State {
        Pending,
        Done,
        /// There was nothing to do.
        Skipped,
        /// Given up; somebody should look at it.
        Dead,
    }

    crate::db::no_relations!();
}
