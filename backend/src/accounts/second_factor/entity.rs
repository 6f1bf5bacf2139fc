//! Tables of the second factor.

pub mod factor {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::accounts::PersonId;

    /// A person's authenticator app.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "second_factors")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
        /// Sealed; present where a code of it was shown once.
        pub secret: Option<Vec<u8>>,
        pub since: Option<DateTime<Utc>>,
        /// The latest step whose code was used: none up to it is good again.
        pub last_step: i64,
        /// Sealed: the one that takes the place of `secret` once its first code is shown.
        pub pending: Option<Vec<u8>>,
        pub pending_at: Option<DateTime<Utc>>,
    }

    crate::db::no_relations!();
}

pub mod recovery_code {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::accounts::PersonId;

    /// Good once in place of a code of the app.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_codes")]
    pub struct Model {
        /// HMAC of the person and the code: it is too short for a hash that anybody can compute.
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: Vec<u8>,
        pub person_id: PersonId,
        pub created_at: DateTime<Utc>,
        pub used_at: Option<DateTime<Utc>>,
    }

    crate::db::no_relations!();
}

pub mod challenge {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::accounts::PersonId;

    /// A sign-in whose password was right and whose second factor was not shown yet.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sign_in_challenges")]
    pub struct Model {
        /// SHA-256 of the challenge.
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: Vec<u8>,
        pub person_id: PersonId,
        pub created_at: DateTime<Utc>,
        pub expires_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}
