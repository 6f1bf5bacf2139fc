//! Texts that were saved on the way to what a revision shows, and that no revision shows.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};
use shared::{content::MediaId, problem::Code};

use super::{FIRST, KEPT, lock};
use crate::{
    App, Result, courses,
    media::{entity::rendition, storage::Key},
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
        let this = app.clone();
        let of_one = app.db.write(move |tx| {
            Box::pin(async move {
                // Nobody writes the same text again meanwhile.
                lock(tx, media).await?;
                let found = unnamed(tx, media, before).await?;
                if !dry {
                    remove(&this, tx, media, &found).await?;
                }
                Ok(found)
            })
        });
        let found = match of_one.await {
            // The file was removed meanwhile, with all its texts.
            Err(error) if error.code() == Some(Code::NotFound) => continue,
            found => found?,
        };
        swept.extend(found.into_iter().filter_map(|it| {
            Some((Key::made(media, &it.name)?, u64::try_from(it.bytes).unwrap_or_default()))
        }));
    }
    Ok(swept)
}

/// The files of which more than one text was written by then.
async fn rewritten(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<Vec<MediaId>> {
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
    db: &impl ConnectionTrait,
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

async fn remove(
    app: &App,
    db: &impl ConnectionTrait,
    media: MediaId,
    texts: &[rendition::Model],
) -> Result<()> {
    let names = texts.iter().map(|it| it.name.as_str());
    rendition::Entity::delete_many()
        .filter(rendition::Column::MediaId.eq(media))
        .filter(rendition::Column::Name.is_in(names))
        .exec(db)
        .await?;
    for key in texts.iter().filter_map(|it| Key::made(media, &it.name)) {
        app.media.storage().remove(&key).await?;
    }
    Ok(())
}
