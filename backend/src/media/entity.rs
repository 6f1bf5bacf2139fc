//! The tables of files, of what is made of them, and of uploads on their way.

pub mod media {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        authoring::MediaFile,
        content::{MediaId, MediaKind},
        media::MediaState,
        organizations::OrganizationId,
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
        /// Of the one who uploaded it, then.
        pub organization_id: Option<OrganizationId>,
        /// Of courseware.
        pub pages: i32,
        /// How far it is made ready for phones.
        pub state: MediaState,
        /// Per cent.
        pub progress: i32,
        /// Why it is not made ready.
        pub trouble: Option<String>,
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
                pages: count(row.pages),
                bytes: u64::try_from(row.bytes).unwrap_or_default(),
            }
        }
    }

    crate::db::no_relations!();
}

/// What was made of a file: a smaller picture, a video for phones, the pages of courseware.
pub mod rendition {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::content::MediaId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "media_renditions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub media_id: MediaId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub content_type: String,
        pub bytes: i64,
        /// Pixels.
        pub width: i32,
        pub height: i32,
        pub created_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

/// Whose words subtitles have, or who took them away, which is written as a text without a name.
pub mod subtitle_writer {
    use sea_orm::entity::prelude::*;
    use shared::{accounts::PersonId, content::MediaId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "subtitle_writers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub media_id: MediaId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
    }

    crate::db::no_relations!();
}

pub mod upload {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        media::{UploadId, UploadState},
        organizations::OrganizationId,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "uploads")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: UploadId,
        pub created_by: PersonId,
        pub organization_id: Option<OrganizationId>,
        /// Bytes.
        pub length: i64,
        /// Bytes that are on disk for good.
        pub received: i64,
        pub state: UploadState,
        /// Per cent of the check.
        pub progress: i32,
        /// Code of the refusal, and what is particular to it.
        pub trouble: Option<String>,
        pub detail: Option<String>,
        /// The request that is writing now, unless its time is over.
        pub writer: Option<Uuid>,
        pub writer_until: Option<DateTime<Utc>>,
        pub created_at: DateTime<Utc>,
        pub expires_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}
