//! Tables of people and sign-ins.

pub mod person {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        organizations::{OrganizationId, PostId},
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "people")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PersonId,
        pub organization_id: OrganizationId,
        pub post_id: Option<PostId>,
        pub name: String,
        /// 工号
        pub staff_number: String,
        /// Present for those who sign in with a password.
        pub username: Option<String>,
        /// Argon2id, as a PHC string.
        pub password_hash: Option<String>,
        pub active: bool,
        pub created_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

pub mod person_role {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::accounts::{PersonId, Role};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person_roles")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub role: Role,
        pub granted_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

pub mod wechat_identity {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::accounts::PersonId;

    /// A person's openid in one of our apps.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "wechat_identities")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person_id: PersonId,
        pub app_id: String,
        pub openid: String,
        pub unionid: Option<String>,
        pub bound_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

pub mod sign_in {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::accounts::{PersonId, SignInId};

    /// One signed-in device: the family of its refresh tokens.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sign_ins")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SignInId,
        pub person_id: PersonId,
        pub client: String,
        pub created_at: DateTime<Utc>,
        pub last_used_at: DateTime<Utc>,
        pub expires_at: DateTime<Utc>,
        pub ended_at: Option<DateTime<Utc>>,
        pub ended_because: Option<String>,
    }

    crate::db::no_relations!();
}

pub mod refresh_token {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::accounts::SignInId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "refresh_tokens")]
    pub struct Model {
        /// SHA-256 of the token.
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: Vec<u8>,
        pub sign_in_id: SignInId,
        pub created_at: DateTime<Utc>,
        pub used_at: Option<DateTime<Utc>>,
    }

    crate::db::no_relations!();
}
