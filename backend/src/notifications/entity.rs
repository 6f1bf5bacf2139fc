//! Tables of the inbox and of the credits ledger.

pub mod inbox_message {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        notifications::{InboxMessageId, NotificationKind},
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "inbox_messages")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: InboxMessageId,
        pub person_id: PersonId,
        pub kind: NotificationKind,
        pub title: String,
        pub body: String,
        pub link: String,
        /// What it tells to whom; the same is never told twice.
        pub dedupe_key: String,
        pub created_at: DateTime<Utc>,
        pub read_at: Option<DateTime<Utc>>,
    }

    crate::db::no_relations!();
}

pub mod subscribe_credit {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::accounts::PersonId;

    /// How many messages of a template a person still allows. WeChat cannot be asked for it.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "subscribe_credits")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub template: String,
        pub remaining: i32,
        pub updated_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}
