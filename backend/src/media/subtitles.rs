//! Subtitles of a video or a recording, uploaded or typed, and the names under which they are kept: a
//! revision shows what was written when it was frozen, so a text that has a name never changes under it.

mod sweeping;
mod writers;

use std::{collections::HashMap, fs};

use futures_util::TryStreamExt;
use ring::digest::{SHA256, digest};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::{
    api::Officer,
    content::{MediaId, MediaKind},
    media::{MediaStanding, SaveSubtitles},
    problem::{Code, Problem},
};

pub(super) use sweeping::sweep;
pub(super) use writers::came_with;
pub use writers::subtitle_writers;

use super::{
    entity::{media, rendition},
    incoming::Incoming,
    standing::{find_managed, standing},
    storage::Key,
    store::{self, Made},
    webvtt,
};
use crate::{
    App, Result,
    audit::{self, Event},
    db::{Connection, Transaction},
    http::Ctx,
    keys::hex,
};

/// Under which they are written; whoever learns reads them under the name that the revision has.
pub const NAME: &str = "subtitles";
/// What the names begin with under which a text never changes.
const KEPT: &str = "vtt-";
/// What those revisions show that were frozen before they had a name for it.
const FIRST: &str = "vtt-0";
/// What a revision says where they were taken away.
const NONE: &str = "";

pub async fn save_subtitles(ctx: Ctx<Officer>, request: SaveSubtitles) -> Result<MediaStanding> {
    let row = find_managed(ctx.app.db.read(), &ctx.caller, request.media).await?;
    if !matches!(row.kind, MediaKind::Video | MediaKind::Audio) {
        let why = "只有视频和录音能加字幕";
        return Err(Problem::from(Code::NotSubtitles).detail(why).into());
    }
    let text = match request.text.trim() {
        "" => None,
        text => Some(webvtt::tidy(text)?),
    };
    keep_first(&ctx.app, row.id).await?;
    match text {
        Some(text) => write(&ctx, row.id, &text).await?,
        None => take_away(&ctx, row.id).await?,
    }
    standing(&ctx.app, row).await
}

async fn write(ctx: &Ctx<Officer>, id: MediaId, text: &str) -> Result<()> {
    let (app, by) = (&ctx.app, ctx.caller.person);
    let Texts { made, name } = Texts::of(app, text)?;
    let rows = put(app, id, made.into()).await?;
    let (actor, clock, kept) = (ctx.actor(), app.clock.clone(), name.clone());
    let write = app.db.write(move |tx| {
        Box::pin(async move {
            // Whoever sweeps has ended, or sees what is written here.
            lock(tx, id).await?;
            let now = clock.now(tx).await?;
            audit::record(tx, &actor.did(Event::SubtitlesSaved, id), now).await?;
            writers::wrote(tx, id, &kept, by).await?;
            store::insert_made(tx, rows, now).await
        })
    });
    write.await?;
    // Once more, if it was swept away as one that nobody names before it got its row.
    put(app, id, vec![file(app, name, text)?]).await.map(drop)
}

async fn take_away(ctx: &Ctx<Officer>, id: MediaId) -> Result<()> {
    let (actor, clock, by) = (ctx.actor(), ctx.app.clock.clone(), ctx.caller.person);
    let write = ctx.app.db.write(move |tx| {
        Box::pin(async move {
            let now = clock.now(tx).await?;
            audit::record(tx, &actor.did(Event::SubtitlesSaved, id), now).await?;
            rendition::Entity::delete_by_id((id, NAME.to_owned())).exec(tx).await?;
            writers::wrote(tx, id, NONE, by).await
        })
    });
    write.await
}

/// # Errors
/// `not_found` where the file was removed meanwhile.
async fn lock(tx: &Transaction, id: MediaId) -> Result<()> {
    let find = media::Entity::find_by_id(id).lock_exclusive();
    find.one(tx).await?.map(drop).ok_or(Code::NotFound.into())
}

/// Puts texts into storage; one that has a name for good stays as it is there.
async fn put(app: &App, id: MediaId, texts: Vec<Made>) -> Result<Vec<rendition::ActiveModel>> {
    let mut rows = Vec::with_capacity(texts.len());
    for it in texts {
        let key = Key::made(id, &it.name).filter(|_| is_kept(&it.name));
        let there = match &key {
            Some(key) => app.media.storage().size(key).await?,
            None => None,
        };
        match there {
            Some(bytes) => rows.push(store::row_of_made(id, &it, bytes)),
            None => rows.extend(store::put_made(app, id, vec![it]).await?),
        }
    }
    Ok(rows)
}

/// The name for a text, and for no other.
fn kept_name(text: &str) -> String {
    let hash = hex(digest(&SHA256, text.as_bytes()).as_ref());
    format!("{KEPT}{}", &hash[..12])
}

pub(super) fn is_kept(name: &str) -> bool {
    name.starts_with(KEPT)
}

/// Gives a name to what is there from before texts had names, for good, before anything is written over
/// it. Where somebody else saves at the same time, what was read here may be theirs already; but then
/// the first text has its name, and keeps it.
async fn keep_first(app: &App, id: MediaId) -> Result<()> {
    let rows = of_files(app.db.read(), &[id]).await?;
    if unnamed(&rows) != Some(NAME) {
        return Ok(());
    }
    let text = read(app, id, NAME).await?;
    let rows = put(app, id, vec![file(app, FIRST.into(), &text)?]).await?;
    let clock = app.clock.clone();
    let keep = app.db.write(move |tx| {
        Box::pin(async move {
            let now = clock.now(tx).await?;
            store::insert_made(tx, rows, now).await
        })
    });
    keep.await
}

/// All texts of some files, oldest first.
pub(super) async fn of_files(db: &Connection, ids: &[MediaId]) -> Result<Vec<rendition::Model>> {
    let mut rows = Vec::new();
    for some in ids.chunks(500) {
        let (is_current, is_kept) =
            (rendition::Column::Name.eq(NAME), rendition::Column::Name.starts_with(KEPT));
        let find = rendition::Entity::find()
            .filter(rendition::Column::MediaId.is_in(some.iter().copied()))
            .filter(Condition::any().add(is_current).add(is_kept))
            .order_by_asc(rendition::Column::CreatedAt);
        rows.extend(find.all(db).await?);
    }
    Ok(rows)
}

/// The same by file.
pub(super) async fn by_file(
    db: &Connection,
    ids: &[MediaId],
) -> Result<HashMap<MediaId, Vec<rendition::Model>>> {
    let mut found = HashMap::<_, Vec<_>>::new();
    for row in of_files(db, ids).await? {
        found.entry(row.media_id).or_default().push(row);
    }
    Ok(found)
}

/// The name of what is written now, of all texts of a file: empty where it was taken away, none where it
/// never changed since texts have names.
pub(super) fn named(texts: &[rendition::Model]) -> Option<&str> {
    if texts.iter().any(|it| it.name == NAME) {
        let mut named = texts.iter().filter(|it| is_kept(&it.name) && it.name != FIRST);
        return named.next_back().map(|it| it.name.as_str());
    }
    texts.iter().any(|it| is_kept(&it.name)).then_some(NONE)
}

/// What a revision shows that was frozen without a name, of all that was made of its file.
pub(super) fn unnamed(made: &[rendition::Model]) -> Option<&'static str> {
    let has = |name: &str| made.iter().any(|it| it.name == name);
    let never_changed = || has(NAME) && !made.iter().any(|it| is_kept(&it.name));
    if has(FIRST) { Some(FIRST) } else { never_changed().then_some(NAME) }
}

/// The subtitles of a file under the name that a revision has for them; none where there are none.
pub(super) async fn under(
    app: &App,
    id: MediaId,
    name: Option<&str>,
    texts: &[rendition::Model],
) -> Result<Option<String>> {
    let name = name.or_else(|| unnamed(texts)).filter(|it| *it != NONE);
    match name.filter(|name| texts.iter().any(|it| it.name == *name)) {
        Some(name) => Ok(Some(read(app, id, name).await?)),
        None => Ok(None),
    }
}

/// What is kept of a text: as it is written now, and for the revisions that show it.
pub(super) struct Texts {
    pub made: [Made; 2],
    /// The one that is for good.
    pub name: String,
}

impl Texts {
    pub fn of(app: &App, text: &str) -> Result<Self> {
        let name = kept_name(text);
        let made = [file(app, NAME.into(), text)?, file(app, name.clone(), text)?];
        Ok(Self { made, name })
    }
}

fn file(app: &App, name: String, text: &str) -> Result<Made> {
    let incoming = Incoming::new(app.media.folder());
    fs::write(incoming.path(), text)?;
    let content_type = "text/vtt; charset=utf-8";
    Ok(Made { name, incoming, content_type, width: 0, height: 0 })
}

async fn read(app: &App, id: MediaId, name: &str) -> Result<String> {
    let key = Key::made(id, name).ok_or(Code::NotFound)?;
    let storage = app.media.storage();
    let bytes = storage.size(&key).await?.ok_or(Code::NotFound)?;
    let stream = storage.read(&key, 0..bytes).await?;
    let pieces: Vec<_> = stream.try_collect().await?;
    Ok(String::from_utf8_lossy(&pieces.concat()).into_owned())
}
