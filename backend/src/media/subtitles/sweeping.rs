//! Texts that were saved on the way to what a revision shows, and that no revision shows.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use shared::{content::MediaId, problem::Code};

use super::{FIRST, KEPT, lock};
use crate::{
    App, Result, courses,
    db::{Connection, Transaction},
    media::{
        entity::rendition,
        storage::{self, Key},
        workshop::Workshop,
    },
};

/// Removes the texts in whose place another one was written before this time and that no revision
/// names; gives their names in storage and their bytes. With `dry` it only says which they are. What
/// was written last is what the next revision shows, and whose words a text had stays known: the same
/// may be written again.
pub(in crate::media) async fn sweep(
    app: &App,
    before: DateTime<Utc>,
    dry: bool,
) -> Result<Vec<(Key, u64)>> {
    let mut swept = Vec::new();
    for media in rewritten(app.db.read(), before).await? {
        let of_one = app.db.write(move |tx| {
            Box::pin(async move {
                // Nobody writes the same text again meanwhile.
                lock(tx, media).await?;
                let found = unnamed(tx, media, before).await?;
                if !dry {
                    forget(tx, media, &found).await?;
                }
                Ok(found)
            })
        });
        let found = match of_one.await {
            // The file was removed meanwhile, with all its texts.
            Err(error) if error.code() == Some(Code::NotFound) => continue,
            found => found?,
        };
        for it in found {
            let Some(key) = Key::made(media, &it.name) else { continue };
            if !dry {
                remove(app, media, &it.name, &key).await?;
            }
            swept.push((key, u64::try_from(it.bytes).unwrap_or_default()));
        }
    }
    Ok(swept)
}

/// The files of which more than one text was written by then.
async fn rewritten(db: &Connection, before: DateTime<Utc>) -> Result<Vec<MediaId>> {
    let find = rendition::Entity::find()
        .select_only()
        .column(rendition::Column::MediaId)
        .filter(rendition::Column::Name.starts_with(KEPT))
        .filter(rendition::Column::Name.ne(FIRST))
        .filter(rendition::Column::CreatedAt.lt(before))
        .group_by(rendition::Column::MediaId)
        .having(rendition::Column::Name.count().gt(1));
    Ok(find.into_tuple().all(db).await?)
}

async fn unnamed(
    db: &Connection,
    media: MediaId,
    before: DateTime<Utc>,
) -> Result<Vec<rendition::Model>> {
    let mut texts = rendition::Entity::find()
        .filter(rendition::Column::MediaId.eq(media))
        .filter(rendition::Column::Name.starts_with(KEPT))
        .filter(rendition::Column::Name.ne(FIRST))
        .filter(rendition::Column::CreatedAt.lt(before))
        .order_by_asc(rendition::Column::CreatedAt)
        .all(db)
        .await?;
    // The last of them is written now, or was until some days ago.
    texts.pop();
    if !texts.is_empty() {
        let named: HashSet<String> = courses::subtitles_in_use(db, media).await?;
        texts.retain(|it| !named.contains(&it.name));
    }
    Ok(texts)
}

async fn forget(tx: &Transaction, media: MediaId, texts: &[rendition::Model]) -> Result<()> {
    let names = texts.iter().map(|it| it.name.as_str());
    rendition::Entity::delete_many()
        .filter(rendition::Column::MediaId.eq(media))
        .filter(rendition::Column::Name.is_in(names))
        .exec(tx)
        .await?;
    Ok(())
}

/// Removes a text that has no row any more. Whoever wrote the same one again meanwhile found it there
/// and relies on it: it is put back.
async fn remove(app: &App, media: MediaId, name: &str, key: &Key) -> Result<()> {
    let storage = app.media.storage();
    if storage.size(key).await?.is_none() {
        return Ok(());
    }
    let folder = Workshop::open(app.media.folder())?;
    let copy = folder.file("text");
    storage::fetch(storage, key, &copy).await?;
    storage.remove(key).await?;
    let again = rendition::Entity::find_by_id((media, name.to_owned())).count(app.db.read());
    if again.await? > 0 {
        storage.keep(key, &copy).await?;
    }
    Ok(())
}
