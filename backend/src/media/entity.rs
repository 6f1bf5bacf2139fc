//! The table of files.

pub mod media {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        authoring::MediaFile,
        content::{MediaId, MediaKind},
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "media")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MediaId,
        pub kind: MediaKind,
        pub content_type: String,
        pub bytes: i64,
        pub sha256: Vec<u8>,
        /// Pixels.
        pub width: i32,
        pub height: i32,
        /// Length; 0 of a picture.
        pub seconds: i32,
        pub created_by: Option<PersonId>,
        pub created_at: DateTime<Utc>,
    }

    impl From<Model> for MediaFile {
        fn from(row: Model) -> Self {
            let count = |number: i32| u32::try_from(number).unwrap_or_default();
            Self {
                id: row.id,
                kind: row.kind,
                width: count(row.width),
                height: count(row.height),
                seconds: count(row.seconds),
                bytes: u64::try_from(row.bytes).unwrap_or_default(),
            }
        }
    }

    crate::db::no_relations!();
}
