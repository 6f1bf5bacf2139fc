//! The table of bases.

pub mod base {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        bases::{BaseDetails, BaseKind, BaseState, TrainingBaseId},
        organizations::OrganizationId,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "training_bases")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TrainingBaseId,
        /// Whose it is; the whole bureau's if nobody's.
        pub organization_id: Option<OrganizationId>,
        pub name: String,
        pub kind: BaseKind,
        pub address: String,
        pub state: BaseState,
        pub version: i32,
        pub created_by: Option<PersonId>,
        pub created_at: DateTime<Utc>,
    }

    impl From<Model> for BaseDetails {
        fn from(row: Model) -> Self {
            Self {
                name: row.name,
                kind: row.kind,
                organization: row.organization_id,
                address: row.address,
                state: row.state,
            }
        }
    }

    crate::db::no_relations!();
}
