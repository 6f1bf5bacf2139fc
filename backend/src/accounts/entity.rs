//! Tables of people and sign-ins.

pub mod person {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        organizations::{OrganizationId, PostId},
    };

    #[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
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

    impl std::fmt::Debug for Model {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.debug_struct("Model").field("id", &self.id).finish_non_exhaustive()
        }
    }

    crate::db::no_relations!();
}

pub mod role_grant {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::{PersonId, Role},
        grants::{GrantId, ScopeKind},
    };

    /// A role that somebody has or had, and what for. Nobody is given the learner's, which comes with
    /// being on the roster.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "role_grants")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: GrantId,
        pub person_id: PersonId,
        pub role: Role,
        pub scope: ScopeKind,
        /// Of what; absent for the whole bureau.
        pub scope_id: Option<Uuid>,
        pub granted_by: Option<PersonId>,
        pub granted_at: DateTime<Utc>,
        pub ended_at: Option<DateTime<Utc>>,
        pub ended_by: Option<PersonId>,
    }

    crate::db::no_relations!();
}

pub mod wechat_identity {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::accounts::PersonId;

    /// A person's openid in one of our apps.
    #[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
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

    impl std::fmt::Debug for Model {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.debug_struct("Model").field("person_id", &self.person_id).finish_non_exhaustive()
        }
    }

    crate::db::no_relations!();
}

pub mod sign_in {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::accounts::{ClientKind, PersonId, SignInId};

    /// One signed-in device: the family of its refresh tokens.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sign_ins")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SignInId,
        pub person_id: PersonId,
        pub client: ClientKind,
        pub created_at: DateTime<Utc>,
        pub last_used_at: DateTime<Utc>,
        pub expires_at: DateTime<Utc>,
        pub ended_at: Option<DateTime<Utc>>,
        pub ended_because: Option<String>,
        /// The mini-program's sign-in that a web view's came from.
        pub parent_id: Option<SignInId>,
        /// When its person last proved by more than a device who it is.
        pub stepped_up_at: Option<DateTime<Utc>>,
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

pub mod one_time_code {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::accounts::PersonId;

    /// A code with which a person binds a WeChat or sets a password.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "one_time_codes")]
    pub struct Model {
        /// HMAC of the code: it is too short for a hash that anybody can compute.
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: Vec<u8>,
        /// `binding` or `password`.
        pub purpose: String,
        pub person_id: PersonId,
        pub made_by: PersonId,
        pub created_at: DateTime<Utc>,
        pub expires_at: DateTime<Utc>,
        pub used_at: Option<DateTime<Utc>>,
    }

    crate::db::no_relations!();
}

pub mod binding_claim {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    /// A WeChat that nobody knows yet, as WeChat vouched for it; gone once it is bound.
    #[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "binding_claims")]
    pub struct Model {
        /// SHA-256 of the claim.
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: Vec<u8>,
        pub app_id: String,
        pub openid: String,
        pub unionid: Option<String>,
        pub created_at: DateTime<Utc>,
        pub expires_at: DateTime<Utc>,
    }

    impl std::fmt::Debug for Model {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.debug_struct("Model").field("app_id", &self.app_id).finish_non_exhaustive()
        }
    }

    crate::db::no_relations!();
}

pub mod web_ticket {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::accounts::SignInId;

    /// A mini-program's sign-in on its way to its web view.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "web_tickets")]
    pub struct Model {
        /// SHA-256 of the ticket.
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: Vec<u8>,
        pub sign_in_id: SignInId,
        /// The only page that it opens.
        pub path: String,
        pub created_at: DateTime<Utc>,
        pub expires_at: DateTime<Utc>,
        pub used_at: Option<DateTime<Utc>>,
        /// The sign-in that it became.
        pub child_id: Option<SignInId>,
    }

    crate::db::no_relations!();
}
