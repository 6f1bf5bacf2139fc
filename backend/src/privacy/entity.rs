//! Tables of consents and erasures.

pub mod consent {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::accounts::PersonId;

    /// That somebody agreed to a version, until it was withdrawn.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "privacy_consents")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// Nobody any more, once the person is erased.
        pub person_id: Option<PersonId>,
        pub version: String,
        pub agreed_at: DateTime<Utc>,
        pub withdrawn_at: Option<DateTime<Utc>>,
    }

    crate::db::no_relations!();
}

pub mod erasure {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::accounts::PersonId;

    /// Somebody whose particulars were erased.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "erasures")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
        pub erased_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}
