//! The table of codes with which a password is set.

pub mod password_code {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::accounts::PersonId;

    /// A code with which a person sets a password.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "password_codes")]
    pub struct Model {
        /// HMAC of the code: it is too short for a hash that anybody can compute.
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: Vec<u8>,
        pub person_id: PersonId,
        pub made_by: PersonId,
        pub created_at: DateTime<Utc>,
        pub expires_at: DateTime<Utc>,
        pub used_at: Option<DateTime<Utc>>,
    }

    crate::db::no_relations!();
}
