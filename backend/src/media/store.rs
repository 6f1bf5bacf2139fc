//! Keeping files: the bytes on disk first, then the row that makes them findable.

use std::{
    collections::HashMap,
    fs,
    io::{self, Read},
    path::Path,
};

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
};
use sha2::{Digest, Sha256};
use shared::{
    accounts::PersonId,
    authoring::MediaFile,
    content::{MediaId, MediaKind},
};
use uuid::Uuid;

use super::{entity::media, incoming::Incoming};
use crate::{
    App, Result,
    audit::{self, Actor, Event},
};

/// What is known of a file besides its bytes.
#[derive(Debug, Clone, Copy)]
pub struct NewFile {
    pub kind: MediaKind,
    pub content_type: &'static str,
    /// Pixels.
    pub width: u32,
    pub height: u32,
    /// Length; 0 of a picture.
    pub seconds: u32,
    pub created_by: Option<PersonId>,
}

/// Keeps bytes of our own, as the demo's drawings: they are not checked as uploads are.
pub async fn store(app: &App, bytes: Vec<u8>, new: NewFile) -> Result<MediaId> {
    let incoming = Incoming::new(&app.media.0);
    let incoming = actix_web::web::block(move || {
        fs::write(incoming.path(), bytes)?;
        io::Result::Ok(incoming)
    })
    .await??;
    Ok(keep(app, Actor::SYSTEM, incoming, new).await?.id)
}

/// Keeps a file that has arrived.
pub(super) async fn keep(
    app: &App,
    actor: Actor,
    incoming: Incoming,
    new: NewFile,
) -> Result<MediaFile> {
    let id = MediaId(Uuid::now_v7());
    let path = app.media.path(id);
    let (bytes, sha256) = actix_web::web::block(move || {
        let measured = measure(incoming.path())?;
        incoming.keep_as(&path)?;
        io::Result::Ok(measured)
    })
    .await??;
    let small = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let clock = app.clock.clone();
    let write = app.db.write(move |tx| {
        Box::pin(async move {
            let now = clock.now(tx).await?;
            let act = actor.did(Event::MediaUploaded, id).with("bytes", bytes);
            audit::record(tx, &act, now).await?;
            let row = media::ActiveModel {
                id: Set(id),
                kind: Set(new.kind),
                content_type: Set(new.content_type.into()),
                bytes: Set(i64::try_from(bytes).unwrap_or(i64::MAX)),
                sha256: Set(sha256),
                width: Set(small(new.width)),
                height: Set(small(new.height)),
                seconds: Set(small(new.seconds)),
                created_by: Set(new.created_by),
                created_at: Set(now),
            };
            Ok(row.insert(tx).await?)
        })
    });
    Ok(write.await?.into())
}

/// A file's length and SHA-256.
fn measure(path: &Path) -> io::Result<(u64, Vec<u8>)> {
    let (mut file, mut hash) = (fs::File::open(path)?, Sha256::new());
    let (mut bytes, mut buffer) = (0, vec![0; 64 * 1024]);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((bytes, hash.finalize().to_vec()));
        }
        hash.update(&buffer[..read]);
        bytes += read as u64;
    }
}

/// The files among these ids that exist.
pub async fn find_all(
    db: &impl ConnectionTrait,
    ids: &[MediaId],
) -> Result<HashMap<MediaId, MediaFile>> {
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let find = media::Entity::find().filter(media::Column::Id.is_in(some.iter().copied()));
        let files = find.all(db).await?.into_iter().map(MediaFile::from);
        found.extend(files.map(|file| (file.id, file)));
    }
    Ok(found)
}
