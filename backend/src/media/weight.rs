//! How many bytes a phone fetches that plays a file: of the version for phones where one was made.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use shared::{
    content::{MediaId, MediaKind},
    media::MediaState,
};

use super::entity::{media, rendition};
use crate::{Result, db::Connection};

/// What playing a file takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Weight {
    pub bytes: u64,
    /// Whether a smaller version is being made, which phones will play instead.
    pub shrinking: bool,
    /// Whether a picture of it was taken.
    pub pictured: bool,
}

/// Of those of the files that exist.
pub async fn weights(db: &Connection, files: &[MediaId]) -> Result<HashMap<MediaId, Weight>> {
    let mut found = HashMap::with_capacity(files.len());
    for some in files.chunks(500) {
        let rows = kept(db, some).await?;
        let made = made(db, some).await?;
        found.extend(rows.into_iter().map(|row| (row.id, weight(&row, &made))));
    }
    Ok(found)
}

#[derive(Debug, FromQueryResult)]
struct File {
    id: MediaId,
    kind: MediaKind,
    bytes: i64,
    state: MediaState,
}

async fn kept(db: &Connection, files: &[MediaId]) -> Result<Vec<File>> {
    use media::Column::{Bytes, Id, Kind, State};
    let find = media::Entity::find().select_only().columns([Id, Kind, Bytes, State]);
    Ok(find.filter(Id.is_in(files.iter().copied())).into_model().all(db).await?)
}

#[derive(Debug, FromQueryResult)]
struct Made {
    media_id: MediaId,
    name: String,
    bytes: i64,
}

/// What of a file is played, and its picture.
async fn made(db: &Connection, files: &[MediaId]) -> Result<Vec<Made>> {
    use rendition::Column::{Bytes, MediaId, Name};
    let played =
        Condition::any().add(Name.is_in(["360p", "poster"])).add(Name.starts_with("page-"));
    let find = rendition::Entity::find().select_only().columns([MediaId, Name, Bytes]);
    let find = find.filter(MediaId.is_in(files.iter().copied())).filter(played);
    Ok(find.into_model().all(db).await?)
}

fn weight(file: &File, made: &[Made]) -> Weight {
    let made = || made.iter().filter(|it| it.media_id == file.id);
    let named = |name: &str| made().find(|it| it.name == name).map(|it| it.bytes);
    let pages: i64 = made().filter(|it| it.name.starts_with("page-")).map(|it| it.bytes).sum();
    let bytes = match file.kind {
        MediaKind::Document if pages > 0 => pages,
        _ => named("360p").unwrap_or(file.bytes),
    };
    Weight {
        bytes: u64::try_from(bytes).unwrap_or_default(),
        shrinking: file.state == MediaState::Working,
        pictured: named("poster").is_some(),
    }
}
