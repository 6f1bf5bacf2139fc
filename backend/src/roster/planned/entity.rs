//! The table of moves that are planned.

pub mod planned_move {
    use chrono::{DateTime, NaiveDate, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        organizations::{OrganizationId, PostId},
        roster::TeamId,
    };

    /// Where somebody will be from a day on; gone once that is so.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "planned_moves")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
        pub organization_id: OrganizationId,
        pub team_id: Option<TeamId>,
        pub post_id: Option<PostId>,
        pub active: bool,
        pub from_on: NaiveDate,
        pub planned_by: PersonId,
        pub planned_at: DateTime<Utc>,
        /// Why it could not be made on its day, in Chinese.
        pub trouble: Option<String>,
    }

    crate::db::no_relations!();
}
