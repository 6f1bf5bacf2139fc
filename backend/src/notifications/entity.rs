//! Tables of the inbox, of the credits ledger and of the choices that it comes from.

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

pub mod subscribe_choice {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::accounts::PersonId;

    /// Something heard of a person's choice or of a message's fate; the same is never heard twice.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "subscribe_choices")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub template: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub what: What,
        #[sea_orm(primary_key, auto_increment = false)]
        pub at: DateTime<Utc>,
        /// WeChat's number of a message, for what is about one.
        #[sea_orm(primary_key, auto_increment = false)]
        pub message: String,
        /// An acceptance that was heard of from both sides.
        pub paired: bool,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    pub enum What {
        /// By the word of the mini-program.
        Reported,
        /// By WeChat's word, as all that follow.
        Accepted,
        Refused,
        Undelivered,
    }

    crate::db::no_relations!();
}

pub mod notification_setting {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{accounts::PersonId, notifications::NotificationKind};

    /// What a person decided about messages of a kind; who decided nothing gets them.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "notification_settings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: NotificationKind,
        pub by_wechat: bool,
        pub changed_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

pub mod message_template {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::notifications::NotificationKind;

    /// What came of comparing a configured template with WeChat's catalogue.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "message_templates")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: NotificationKind,
        pub template: String,
        /// What it is called at WeChat; empty where it is not there.
        pub title: String,
        /// What does not fit, in words.
        pub problem: Option<String>,
        pub checked_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

pub mod team_digest {
    use chrono::{DateTime, NaiveDate, Utc};
    use sea_orm::entity::prelude::*;

    /// A day on which the team leaders were told.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "team_digests")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub day: NaiveDate,
        pub made_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}
