//! The table of sign-ins that wait for the phone.

pub mod confirmation {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::accounts::PersonId;

    /// A sign-in whose password was right and that is to be confirmed on the phone; gone once it was
    /// used, declined, or answered wrongly.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sign_in_confirmations")]
    pub struct Model {
        /// Stands in the QR code; it opens the page for its person only.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person_id: PersonId,
        /// SHA-256 of the challenge that it answers.
        pub challenge_hash: Vec<u8>,
        /// SHA-256 of what the browser that asked carries in a cookie.
        pub browser_hash: Vec<u8>,
        /// Two digits, shown there and typed here.
        pub number: i32,
        /// What kind of browser asked.
        pub device: String,
        /// From which network address, the last part of it hidden.
        pub network: String,
        pub created_at: DateTime<Utc>,
        pub expires_at: DateTime<Utc>,
        pub confirmed_at: Option<DateTime<Utc>>,
    }

    crate::db::no_relations!();
}
