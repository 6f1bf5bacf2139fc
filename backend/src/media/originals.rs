//! Files that a course shows, brought to this machine to be taken along in a package.

use std::{collections::HashMap, path::PathBuf};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::content::{MediaId, MediaKind};

use super::{
    entity::media,
    storage::{self, Key},
    subtitles,
    workshop::Workshop,
};
use crate::{App, Result};

/// A file as a package names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    pub id: MediaId,
    pub kind: MediaKind,
    pub bytes: u64,
    /// By which people's programs know it, as `mp4`.
    pub ending: &'static str,
    /// As WebVTT.
    pub subtitles: Option<String>,
}

/// What is known of these files, in the order asked for, each with its subtitles under the name
/// that whoever shows it has for them.
///
/// # Errors
/// Where one of them is not there.
pub async fn originals(app: &App, files: Vec<(MediaId, Option<String>)>) -> Result<Vec<Original>> {
    let db = app.db.read();
    let ids: Vec<MediaId> = files.iter().map(|it| it.0).collect();
    let mut rows = HashMap::new();
    for some in ids.chunks(500) {
        let find = media::Entity::find().filter(media::Column::Id.is_in(some.iter().copied()));
        rows.extend(find.all(db).await?.into_iter().map(|it| (it.id, it)));
    }
    let texts = subtitles::by_file(db, &ids).await?;
    let mut found = Vec::with_capacity(ids.len());
    for (id, name) in files {
        let row = rows.remove(&id).ok_or_else(|| anyhow::anyhow!("there is no file {id}"))?;
        let texts = texts.get(&id).map(Vec::as_slice).unwrap_or_default();
        found.push(Original {
            id,
            kind: row.kind,
            bytes: u64::try_from(row.bytes).unwrap_or_default(),
            ending: ending(&row.content_type),
            subtitles: subtitles::under(app, id, name.as_deref(), texts).await?,
        });
    }
    Ok(found)
}

fn ending(content_type: &str) -> &'static str {
    match content_type {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/svg+xml" => "svg",
        "video/mp4" => "mp4",
        "audio/mpeg" => "mp3",
        "audio/mp4" => "m4a",
        "application/pdf" => "pdf",
        _ => "bin",
    }
}

/// Where a file lies on this machine: where it is kept, else fetched into the workshop.
pub async fn at_hand(app: &App, id: MediaId, workshop: &Workshop) -> Result<PathBuf> {
    let (key, storage) = (Key::of(id), app.media.storage());
    if let Some(path) = storage.local(&key) {
        return Ok(path);
    }
    let path = workshop.file(&id.to_string());
    storage::fetch(storage, &key, &path).await?;
    Ok(path)
}
