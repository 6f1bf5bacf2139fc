//! Files that nothing shows any more: removed after some weeks, so that whoever takes a picture out of
//! a lesson can put it back.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::TryStreamExt;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::{
    content::MediaId,
    media::{MediaState, UploadId},
};

use super::{
    entity::{media, rendition, subtitle_writer, upload},
    storage::{Kept, Key},
    subtitles,
};
use crate::{
    App, Result,
    audit::{self, Act, Actor, Event},
    courses,
    db::Connection,
    standards,
};

/// Younger files without a row may be about to get one.
const STRAY_AFTER: TimeDelta = TimeDelta::days(2);

/// Files that are looked at together.
const AT_ONCE: u64 = 200;

/// What was removed, or would be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Swept {
    /// Files that nothing shows.
    pub orphans: Vec<MediaId>,
    /// Files in storage of which nobody knows.
    pub strays: Vec<Key>,
    /// Subtitles that no revision shows and in whose place others were written.
    pub texts: Vec<Key>,
    pub bytes: u64,
}

/// Removes orphans and strays; with `dry` it only says which they are.
pub async fn sweep(app: &App, dry: bool) -> Result<Swept> {
    let mut swept = Swept::default();
    let days = app.config.media.media_orphan_days;
    if days == 0 {
        return Ok(swept);
    }
    let now = app.clock.now(app.db.read()).await?;
    orphans(app, now - TimeDelta::days(days.into()), dry, &mut swept).await?;
    for (key, bytes) in subtitles::sweep(app, now - TimeDelta::days(days.into()), dry).await? {
        swept.bytes += bytes;
        swept.texts.push(key);
    }
    strays(app, now - STRAY_AFTER, dry, &mut swept).await?;
    let (orphans, strays, texts) = (swept.orphans.len(), swept.strays.len(), swept.texts.len());
    if orphans + strays + texts > 0 {
        let bytes = swept.bytes;
        tracing::info!(orphans, strays, texts, bytes, dry, "swept files nobody shows");
    }
    Ok(swept)
}

async fn orphans(app: &App, before: DateTime<Utc>, dry: bool, swept: &mut Swept) -> Result<()> {
    let mut after = None;
    loop {
        let mut find = media::Entity::find()
            .filter(media::Column::CreatedAt.lt(before))
            .filter(media::Column::State.ne(MediaState::Working))
            .order_by_asc(media::Column::Id)
            .limit(AT_ONCE);
        if let Some(after) = after {
            find = find.filter(media::Column::Id.gt(after));
        }
        let rows = find.all(app.db.read()).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = Some(last.id);
        let ids: Vec<MediaId> = rows.iter().map(|it| it.id).collect();
        let shown = in_use(app.db.read(), &ids).await?;
        for row in rows.iter().filter(|it| !shown.contains(&it.id)) {
            let act = Actor::SYSTEM.did(Event::MediaSwept, row.id);
            if dry || remove(app, row.id, act).await? == Removal::Removed {
                swept.orphans.push(row.id);
                swept.bytes += u64::try_from(row.bytes).unwrap_or_default();
            }
        }
    }
}

/// Those of the files that a course or a clause shows.
async fn in_use(db: &Connection, files: &[MediaId]) -> Result<HashSet<MediaId>> {
    let mut shown = courses::files_in_use(db, files).await?;
    shown.extend(standards::files_in_use(db, files).await?);
    Ok(shown)
}

/// What came of removing a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Removal {
    Removed,
    /// It is being made ready for phones.
    Working,
    /// Something shows it.
    Shown,
    /// Somebody else removed it.
    Gone,
}

/// Removes a file unless it is being converted or something shows it by now: its rows first, for a file
/// without a row is harmless, and is found as a stray.
pub(super) async fn remove(app: &App, id: MediaId, act: Act) -> Result<Removal> {
    let clock = app.clock.clone();
    let removed = app.db.write(move |tx| {
        Box::pin(async move {
            // A lesson that takes the file up meanwhile waits, and then does not find it; so does
            // whoever writes down how far it is converted.
            let find = media::Entity::find_by_id(id).lock_exclusive();
            let Some(row) = find.one(tx).await? else { return Ok(Err(Removal::Gone)) };
            if row.state == MediaState::Working {
                return Ok(Err(Removal::Working));
            }
            if !in_use(tx, &[id]).await?.is_empty() {
                return Ok(Err(Removal::Shown));
            }
            let of_it = rendition::Column::MediaId.eq(id);
            let made = rendition::Entity::find().filter(of_it.clone()).all(tx).await?;
            rendition::Entity::delete_many().filter(of_it).exec(tx).await?;
            let written = subtitle_writer::Column::MediaId.eq(id);
            subtitle_writer::Entity::delete_many().filter(written).exec(tx).await?;
            media::Entity::delete_by_id(id).exec(tx).await?;
            let now = clock.now(tx).await?;
            audit::record(tx, &act, now).await?;
            Ok(Ok(made))
        })
    });
    let made = match removed.await? {
        Ok(made) => made,
        Err(kept) => return Ok(kept),
    };
    let made = made.iter().filter_map(|it| Key::made(id, &it.name));
    for key in made.chain([Key::of(id)]) {
        app.media.storage().remove(&key).await?;
    }
    Ok(Removal::Removed)
}

async fn strays(app: &App, before: DateTime<Utc>, dry: bool, swept: &mut Swept) -> Result<()> {
    let storage = app.media.storage();
    let kept: Vec<Kept> = storage.list().try_collect().await?;
    let old: Vec<_> = kept
        .into_iter()
        .filter(|it| it.since < before)
        .filter_map(|it| Key::parse(it.key.as_str()).map(|(_, id)| (it, id)))
        .collect();
    for some in old.chunks(usize::try_from(AT_ONCE).unwrap_or(1)) {
        let known = known(app, some.iter().map(|it| it.1).collect()).await?;
        for (kept, _) in some.iter().filter(|it| !known.contains(&it.1)) {
            if !dry {
                storage.remove(&kept.key).await?;
            }
            swept.bytes += kept.bytes;
            swept.strays.push(kept.key.clone());
        }
    }
    Ok(())
}

/// Those of which there is a row, or an upload that will become one.
async fn known(app: &App, ids: Vec<MediaId>) -> Result<HashSet<MediaId>> {
    let uploads: Vec<UploadId> = ids.iter().map(|it| UploadId(it.0)).collect();
    let find = media::Entity::find().select_only().column(media::Column::Id);
    let find = find.filter(media::Column::Id.is_in(ids));
    let mut known: Vec<MediaId> = find.into_tuple().all(app.db.read()).await?;
    let find = upload::Entity::find().select_only().column(upload::Column::Id);
    let find = find.filter(upload::Column::Id.is_in(uploads));
    let coming: Vec<UploadId> = find.into_tuple().all(app.db.read()).await?;
    known.extend(coming.into_iter().map(|it| MediaId(it.0)));
    Ok(known.into_iter().collect())
}
