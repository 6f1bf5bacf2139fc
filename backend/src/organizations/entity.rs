//! Tables of organisations and posts.

pub mod organization {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::organizations::{Organization, OrganizationId, OrganizationKind};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "organizations")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: OrganizationId,
        pub parent_id: Option<OrganizationId>,
        pub kind: OrganizationKind,
        pub name: String,
        pub version: i32,
        pub created_at: DateTime<Utc>,
        pub closed_at: Option<DateTime<Utc>>,
    }

    impl From<Model> for Organization {
        fn from(row: Model) -> Self {
            Self { id: row.id, name: row.name, kind: row.kind }
        }
    }

    crate::db::no_relations!();
}

pub mod post {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::organizations::{Post, PostId, keeping::PostLevel};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "posts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PostId,
        pub code: String,
        pub name: String,
        pub level: Option<PostLevel>,
        /// Its place in lists; retired ones keep theirs.
        pub position: i32,
        pub version: i32,
        pub created_at: DateTime<Utc>,
        pub retired_at: Option<DateTime<Utc>>,
    }

    impl From<Model> for Post {
        fn from(row: Model) -> Self {
            Self { id: row.id, name: row.name }
        }
    }

    crate::db::no_relations!();
}
