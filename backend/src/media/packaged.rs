//! Files that come in course packages, looked into as an upload is.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use shared::{
    accounts::PersonId,
    content::{MediaId, MediaKind},
    media::MediaState,
    organizations::OrganizationId,
    problem::Code,
};
use uuid::Uuid;

use super::{
    entity::{media, rendition},
    incoming::Incoming,
    kinds::{self, Sort},
    prepare::{Progress, prepare},
    storage::{self, Key},
    store::{self, Fit, Made, Owner, Rows},
    subtitles::{self, Texts},
    uploads::space,
    webvtt,
};
use crate::{
    App, Result,
    audit::Actor,
    db::{Connection, Transaction},
};

/// A file that came in a package.
#[derive(Debug)]
pub struct Arrived {
    pub path: PathBuf,
    pub kind: MediaKind,
    pub bytes: u64,
    pub sha256: Vec<u8>,
    pub subtitles: Option<String>,
}

/// A file that is in storage and has no rows yet.
pub struct Taken {
    pub id: MediaId,
    bytes: u64,
    keys: Vec<Key>,
    rows: Rows,
    /// The name of its subtitles.
    subtitles: Option<String>,
}

/// Looks into a file, as into an upload, and puts it into storage. One whose very bytes are kept
/// here was looked into before, and stays as it is.
///
/// # Errors
/// As for an upload, `unknown_file` where it is not of the kind it is said to be, too.
pub async fn take_in(
    app: &App,
    arrived: Arrived,
    actor: Actor,
    organization: Option<OrganizationId>,
) -> Result<Taken> {
    let text = arrived.subtitles.as_deref().map(webvtt::tidy).transpose()?;
    let known = known(app.db.read(), &arrived).await?;
    let incoming = Incoming::new(app.media.folder());
    fs::rename(&arrived.path, incoming.path())?;
    let mut fit = match known {
        Some(row) => as_before(app, incoming, row).await?,
        None => look_into(app, incoming, &arrived).await?,
    };
    let texts = text.map(|it| Texts::of(app, &it)).transpose()?;
    let subtitles = texts.map(|Texts { made, name }| {
        fit.made.extend(made);
        name
    });
    let id = MediaId(Uuid::now_v7());
    let made = fit.made.iter().filter_map(|it| Key::made(id, &it.name));
    let keys = made.chain([Key::of(id)]).collect();
    let owner = Owner { actor, person: actor.person, organization };
    match store::put(app, id, owner, fit).await {
        Ok(rows) => Ok(Taken { id, bytes: arrived.bytes, keys, rows, subtitles }),
        Err(error) => {
            remove(app, &keys).await;
            Err(error)
        }
    }
}

/// A file with these bytes that is kept here.
async fn known(db: &Connection, arrived: &Arrived) -> Result<Option<media::Model>> {
    let find = media::Entity::find()
        .filter(media::Column::Sha256.eq(arrived.sha256.clone()))
        .filter(media::Column::Bytes.eq(i64::try_from(arrived.bytes).unwrap_or(i64::MAX)))
        .filter(media::Column::Kind.eq(arrived.kind))
        .filter(media::Column::State.ne(MediaState::Failed))
        .limit(1);
    Ok(find.one(db).await?)
}

/// The file with all that was made of it, but for subtitles, which come along by themselves.
async fn as_before(app: &App, incoming: Incoming, row: media::Model) -> Result<Fit> {
    let find = rendition::Entity::find()
        .filter(rendition::Column::MediaId.eq(row.id))
        .filter(rendition::Column::Name.ne(subtitles::NAME));
    let count = |number: i32| u32::try_from(number).unwrap_or_default();
    let mut made = Vec::new();
    for it in find.all(app.db.read()).await?.into_iter().filter(|it| !subtitles::is_kept(&it.name))
    {
        let (Some(key), Some(content_type)) =
            (Key::made(row.id, &it.name), kind_of(&it.content_type))
        else {
            continue;
        };
        let copy = Incoming::new(app.media.folder());
        storage::fetch(app.media.storage(), &key, copy.path()).await?;
        let (width, height) = (count(it.width), count(it.height));
        made.push(Made { name: it.name, incoming: copy, content_type, width, height });
    }
    Ok(Fit {
        incoming,
        kind: row.kind,
        content_type: kind_of(&row.content_type).ok_or(Code::UnknownFile)?,
        width: count(row.width),
        height: count(row.height),
        seconds: count(row.seconds),
        pages: count(row.pages),
        made,
        unfinished: row.state == MediaState::Working,
    })
}

/// The types of files that we keep.
fn kind_of(content_type: &str) -> Option<&'static str> {
    const KEPT: [&str; 7] = [
        "image/jpeg",
        "image/png",
        "image/svg+xml",
        "video/mp4",
        "audio/mpeg",
        "audio/mp4",
        "application/pdf",
    ];
    KEPT.into_iter().find(|it| *it == content_type)
}

async fn look_into(app: &App, incoming: Incoming, arrived: &Arrived) -> Result<Fit> {
    let head = head(incoming.path())?;
    let sort = Sort::of(&head).filter(|it| it.kind() == arrived.kind).ok_or(Code::UnknownFile)?;
    if arrived.bytes > sort.largest() {
        return Err(Code::UploadTooLarge.into());
    }
    prepare(app, incoming, sort, &Progress::default()).await
}

fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(kinds::HEAD);
    fs::File::open(path)?.take(kinds::HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Room for all of them, for the one who brings them and the organisation whose they are.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    person: PersonId,
    organization: OrganizationId,
    limits: space::Limits,
}

impl Room {
    pub fn of(app: &App, person: PersonId, organization: OrganizationId) -> Self {
        Self { person, organization, limits: space::Limits::of(&app.config.media) }
    }

    /// Whether so many bytes fit at this moment; [`keep_all`] makes sure of it.
    ///
    /// # Errors
    /// `quota_reached`, saying whose.
    pub async fn has(self, db: &Connection, bytes: u64) -> Result<()> {
        if bytes == 0 {
            return Ok(());
        }
        space::make_room(db, self.person, self.organization, self.limits, bytes).await
    }
}

/// Writes the rows of files that were taken in.
///
/// # Errors
/// `quota_reached`, saying whose.
pub async fn keep_all(
    tx: &Transaction,
    taken: Vec<Taken>,
    room: Room,
    now: DateTime<Utc>,
) -> Result<()> {
    if taken.is_empty() {
        return Ok(());
    }
    space::lock(tx).await?;
    let bytes = taken.iter().map(|it| it.bytes).sum();
    space::make_room(tx, room.person, room.organization, room.limits, bytes).await?;
    for it in taken {
        let file = it.rows.insert(tx, now).await?;
        subtitles::came_with(tx, &file, it.subtitles).await?;
    }
    Ok(())
}

/// The names under which files lie in storage, to be removed if their rows are not written.
pub fn keys_of(taken: &[Taken]) -> Vec<Key> {
    taken.iter().flat_map(|it| it.keys.iter().cloned()).collect()
}

/// Removes files from storage that nothing names; what cannot be removed now is found as a stray.
pub async fn remove(app: &App, keys: &[Key]) {
    for key in keys {
        if let Err(error) = app.media.storage().remove(key).await {
            tracing::warn!(error = format!("{error:#}"), key = key.as_str(), "a file stays behind");
        }
    }
}
