//! What became of a file: how far it is made ready for phones.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    accounts::Role,
    api::Officer,
    authoring::MediaFile,
    content::MediaId,
    media::{MediaStanding, ShowMediaFile},
    problem::Code,
};

use super::{
    entity::{media, rendition},
    subtitles,
};
use crate::{App, Result, accounts::Caller, db::Connection, http::Ctx};

pub async fn show_media_file(ctx: Ctx<Officer>, request: ShowMediaFile) -> Result<MediaStanding> {
    let row = find_managed(ctx.app.db.read(), &ctx.caller, request.media).await?;
    standing(&ctx.app, row).await
}

/// A file that the officer may change: their own, or one of an organisation within their reach.
///
/// # Errors
/// `not_found`, whether it is out of reach or does not exist.
pub(super) async fn find_managed(
    db: &Connection,
    caller: &Caller,
    id: MediaId,
) -> Result<media::Model> {
    let row = media::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?;
    let reach = caller.reach(Role::TrainingOfficer);
    if row.created_by == Some(caller.person) || reach.has_owned(row.organization_id) {
        Ok(row)
    } else {
        Err(Code::NotFound.into())
    }
}

pub(super) async fn standing(app: &App, row: media::Model) -> Result<MediaStanding> {
    let db = app.db.read();
    let made = rendition::Entity::find().filter(rendition::Column::MediaId.eq(row.id)).all(db);
    let made: HashMap<String, i64> =
        made.await?.into_iter().map(|it| (it.name, it.bytes)).collect();
    let texts = subtitles::of_files(db, &[row.id]).await?;
    let text = subtitles::under(app, row.id, subtitles::named(&texts), &texts).await?;
    Ok(MediaStanding {
        state: row.state,
        progress: u32::try_from(row.progress).unwrap_or_default(),
        trouble: row.trouble.clone(),
        light_bytes: made.get("360p").and_then(|it| u64::try_from(*it).ok()),
        has_poster: made.contains_key("poster"),
        subtitles: text.unwrap_or_default(),
        file: MediaFile::from(row),
    })
}
