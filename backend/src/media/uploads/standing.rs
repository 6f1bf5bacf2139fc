//! What became of an upload.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    accounts::PersonId,
    api::Officer,
    authoring::MediaFile,
    content::MediaId,
    media::{ShowUpload, UploadId, UploadStanding},
    problem::Code,
};

use crate::{
    Result,
    db::Connection,
    http::Ctx,
    media::entity::{media, upload},
};

pub async fn show_upload(ctx: Ctx<Officer>, request: ShowUpload) -> Result<UploadStanding> {
    let db = ctx.app.db.read();
    let row = find(db, ctx.caller.person, request.upload).await?;
    let file = media::Entity::find_by_id(MediaId(row.id.0)).one(db).await?;
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    let code = |name: &String| Code::ALL.iter().copied().find(|it| it.as_str() == name);
    Ok(UploadStanding {
        id: row.id,
        state: row.state,
        length: count(row.length),
        received: count(row.received),
        progress: u32::try_from(row.progress).unwrap_or_default(),
        trouble: row.trouble.as_ref().map(|it| code(it).unwrap_or(Code::UnknownFile)),
        detail: row.detail,
        file: file.map(MediaFile::from),
        expires_at: row.expires_at,
    })
}

/// An upload of this person.
///
/// # Errors
/// `not_found`, whether it is somebody else's or nobody's.
pub(super) async fn find(db: &Connection, person: PersonId, id: UploadId) -> Result<upload::Model> {
    let find = upload::Entity::find_by_id(id).filter(upload::Column::CreatedBy.eq(person));
    Ok(find.one(db).await?.ok_or(Code::NotFound)?)
}
