//! Callbacks that were believed, for as long as they could come again.

pub mod callback {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    /// A signature or a message that was seen.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "wechat_callbacks")]
    pub struct Model {
        /// SHA-256 of what is seen once only.
        #[sea_orm(primary_key, auto_increment = false)]
        pub seen: Vec<u8>,
        /// SHA-256 of the message it came with.
        pub message: Vec<u8>,
        pub received_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}
