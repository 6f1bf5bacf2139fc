//! Tables of the audit log. The first is emptied by the sealer; the others only grow.

pub mod pending {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    /// What was committed and is not yet in the chain.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_pending")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub at: DateTime<Utc>,
        /// The record as it will be hashed.
        pub canonical: String,
    }

    crate::db::no_relations!();
}

pub mod log {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{accounts::PersonId, organizations::OrganizationId};

    /// One link of the chain. The columns after `canonical` repeat what it says, to search by.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_log")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        pub id: Uuid,
        /// The hash of the record before; zeros before the first.
        pub prev: Vec<u8>,
        pub hash: Vec<u8>,
        pub canonical: String,
        pub at: DateTime<Utc>,
        pub event: String,
        pub outcome: String,
        pub person_id: Option<PersonId>,
        pub organization_id: Option<OrganizationId>,
        pub object_kind: String,
        pub object_id: Option<String>,
        /// When the sealer put it here.
        pub sealed_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

pub mod checkpoint {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    /// A signed statement of how far the chain reached; the anchor outside the database repeats it.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_checkpoints")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        pub at: DateTime<Utc>,
        pub head: Vec<u8>,
        /// The line of the anchor file.
        pub line: String,
    }

    crate::db::no_relations!();
}

pub mod sealer {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    /// The one row: who seals, and what the last check of the whole chain said.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_sealer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        pub lease_owner: Option<Uuid>,
        pub lease_until: Option<DateTime<Utc>>,
        /// The last anchor up to which the chain was found whole.
        pub verified_seq: Option<i64>,
        pub verified_at: Option<DateTime<Utc>>,
        pub verified_ok: Option<bool>,
    }

    crate::db::no_relations!();
}
