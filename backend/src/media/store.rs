//! Keeping files: the bytes in storage first, then the rows that make them findable.

use std::{collections::HashMap, fs, io};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
};
use shared::{
    accounts::PersonId,
    authoring::MediaFile,
    content::{MediaId, MediaKind},
    media::MediaState,
    organizations::OrganizationId,
};
use uuid::Uuid;

use super::{
    entity::{media, rendition},
    incoming::Incoming,
    storage::Key,
    tasks,
};
use crate::{
    App, Result,
    audit::{self, Actor, Event},
    db::{Connection, Transaction},
    keys::hex,
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

/// Something that was made of a file, as a smaller picture.
#[derive(Debug)]
pub(super) struct Made {
    pub name: String,
    pub incoming: Incoming,
    pub content_type: &'static str,
    /// Pixels.
    pub width: u32,
    pub height: u32,
}

/// A file that was looked into and is fit to be kept.
#[derive(Debug)]
pub(super) struct Fit {
    pub incoming: Incoming,
    pub kind: MediaKind,
    pub content_type: &'static str,
    /// Pixels.
    pub width: u32,
    pub height: u32,
    pub seconds: u32,
    pub pages: u32,
    pub made: Vec<Made>,
    /// Whether something is still to be made of it, later.
    pub unfinished: bool,
}

/// Whose file it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owner {
    pub actor: Actor,
    pub person: Option<PersonId>,
    pub organization: Option<OrganizationId>,
}

/// Keeps bytes of our own, as the demo's drawings: they are not checked as uploads are.
pub async fn store(app: &App, bytes: Vec<u8>, new: NewFile) -> Result<MediaId> {
    let incoming = Incoming::new(app.media.folder());
    let incoming = actix_web::web::block(move || {
        fs::write(incoming.path(), bytes)?;
        io::Result::Ok(incoming)
    })
    .await??;
    let NewFile { kind, content_type, width, height, seconds, created_by } = new;
    let (pages, made, unfinished) = (0, Vec::new(), false);
    let fit = Fit { incoming, kind, content_type, width, height, seconds, pages, made, unfinished };
    let owner = Owner { actor: Actor::SYSTEM, person: created_by, organization: None };
    Ok(keep(app, owner, fit).await?.id)
}

/// Keeps a file that has arrived.
pub(super) async fn keep(app: &App, owner: Owner, fit: Fit) -> Result<MediaFile> {
    let rows = put(app, MediaId(Uuid::now_v7()), owner, fit).await?;
    let clock = app.clock.clone();
    let write = app.db.write(move |tx| {
        Box::pin(async move {
            let now = clock.now(tx).await?;
            rows.insert(tx, now).await
        })
    });
    Ok(write.await?.into())
}

/// The rows of a file whose bytes are in storage.
pub(super) struct Rows {
    actor: Actor,
    bytes: u64,
    file: media::ActiveModel,
    made: Vec<rendition::ActiveModel>,
}

impl Rows {
    pub async fn insert(self, tx: &Transaction, now: DateTime<Utc>) -> Result<media::Model> {
        let Set(id) = self.file.id else { return Err(anyhow::anyhow!("a file has an id").into()) };
        let act = self.actor.did(Event::MediaUploaded, id).with("bytes", self.bytes);
        audit::record(tx, &act, now).await?;
        let file = media::ActiveModel { created_at: Set(now), ..self.file };
        let file = file.insert(tx).await?;
        insert_made(tx, self.made, now).await?;
        if file.state == MediaState::Working {
            tasks::enqueue_conversion(tx, id, now).await?;
        }
        Ok(file)
    }
}

/// Puts a file into storage, with what was made of it.
pub(super) async fn put(app: &App, id: MediaId, owner: Owner, fit: Fit) -> Result<Rows> {
    let made = put_made(app, id, fit.made).await?;
    let (bytes, sha256) = put_one(app, &Key::of(id), fit.incoming).await?;
    let file = media::ActiveModel {
        id: Set(id),
        kind: Set(fit.kind),
        content_type: Set(fit.content_type.into()),
        bytes: Set(i64::try_from(bytes).unwrap_or(i64::MAX)),
        sha256: Set(sha256),
        width: Set(small(fit.width)),
        height: Set(small(fit.height)),
        seconds: Set(small(fit.seconds)),
        created_by: Set(owner.person),
        organization_id: Set(owner.organization),
        pages: Set(small(fit.pages)),
        state: Set(if fit.unfinished { MediaState::Working } else { MediaState::Ready }),
        progress: Set(0),
        trouble: Set(None),
        ..Default::default()
    };
    Ok(Rows { actor: owner.actor, bytes, file, made })
}

/// Puts what was made of a file into storage, over what has the same name there.
pub(super) async fn put_made(
    app: &App,
    id: MediaId,
    made: Vec<Made>,
) -> Result<Vec<rendition::ActiveModel>> {
    let mut rows = Vec::with_capacity(made.len());
    for it in made {
        let key = Key::made(id, &it.name);
        let key = key.ok_or_else(|| anyhow::anyhow!("{} cannot be a name", it.name))?;
        let row = row_of_made(id, &it, 0);
        let (bytes, _) = put_one(app, &key, it.incoming).await?;
        let bytes = Set(i64::try_from(bytes).unwrap_or(i64::MAX));
        rows.push(rendition::ActiveModel { bytes, ..row });
    }
    Ok(rows)
}

/// The row of something that was made of a file and lies in storage with so many bytes.
pub(super) fn row_of_made(id: MediaId, made: &Made, bytes: u64) -> rendition::ActiveModel {
    rendition::ActiveModel {
        media_id: Set(id),
        name: Set(made.name.clone()),
        content_type: Set(made.content_type.into()),
        bytes: Set(i64::try_from(bytes).unwrap_or(i64::MAX)),
        width: Set(small(made.width)),
        height: Set(small(made.height)),
        ..Default::default()
    }
}

pub(super) async fn insert_made(
    tx: &Transaction,
    made: Vec<rendition::ActiveModel>,
    now: DateTime<Utc>,
) -> Result<()> {
    use rendition::Column::{Bytes, ContentType, CreatedAt, Height, MediaId, Name, Width};
    let again = sea_orm::sea_query::OnConflict::columns([MediaId, Name])
        .update_columns([ContentType, Bytes, Width, Height, CreatedAt])
        .to_owned();
    for it in made {
        let row = rendition::ActiveModel { created_at: Set(now), ..it };
        let insert = rendition::Entity::insert(row).on_conflict(again.clone());
        insert.exec_without_returning(tx).await?;
    }
    Ok(())
}

async fn put_one(app: &App, key: &Key, incoming: Incoming) -> Result<(u64, Vec<u8>)> {
    let (measured, incoming) = actix_web::web::block(move || {
        let measured = incoming.measure()?;
        io::Result::Ok((measured, incoming))
    })
    .await??;
    app.media.storage().keep(key, incoming.path()).await?;
    Ok(measured)
}

fn small(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// The files among these ids that exist.
pub async fn find_all(db: &Connection, ids: &[MediaId]) -> Result<HashMap<MediaId, MediaFile>> {
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let find = media::Entity::find().filter(media::Column::Id.is_in(some.iter().copied()));
        let files = find.all(db).await?.into_iter().map(MediaFile::from);
        found.extend(files.map(|file| (file.id, file)));
    }
    Ok(found)
}

/// SHA-256 of the files among these ids that exist, in hexadecimal.
pub async fn hashes(db: &Connection, ids: &[MediaId]) -> Result<HashMap<MediaId, String>> {
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let find = media::Entity::find()
            .select_only()
            .columns([media::Column::Id, media::Column::Sha256])
            .filter(media::Column::Id.is_in(some.iter().copied()));
        let hashes: Vec<(MediaId, Vec<u8>)> = find.into_tuple().all(db).await?;
        found.extend(hashes.into_iter().map(|(id, hash)| (id, hex(&hash))));
    }
    Ok(found)
}
