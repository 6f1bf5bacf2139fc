//! Uploads that were given up: by their owner, or by waiting too long.

use actix_web::{HttpRequest, HttpResponse};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use shared::{media::UploadId, media::UploadState, problem::Code};

use super::own;
use crate::{App, Result, media::entity::upload};

pub(super) async fn terminate(http: &HttpRequest, app: &App) -> Result<HttpResponse> {
    let (_, upload) = own(http, app).await?;
    if upload.state == UploadState::Checking {
        return Err(Code::UploadBusy.into());
    }
    remove(app, upload.id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Forgets the uploads whose time is over, with what arrived of them.
pub async fn forget_old(app: &App) -> Result<()> {
    let now = app.clock.now(app.db.read()).await?;
    let old: Vec<UploadId> = upload::Entity::find()
        .select_only()
        .column(upload::Column::Id)
        .filter(upload::Column::ExpiresAt.lt(now))
        .into_tuple()
        .all(app.db.read())
        .await?;
    for id in old {
        remove(app, id).await?;
    }
    Ok(())
}

/// The row first: a file without one is cleared later, a row without a file could not go on.
async fn remove(app: &App, id: UploadId) -> Result<()> {
    app.db
        .write(move |tx| {
            Box::pin(async move {
                upload::Entity::delete_by_id(id).exec(tx).await?;
                Ok(())
            })
        })
        .await?;
    discard(app, id).await
}

/// Removes what arrived of an upload.
pub(super) async fn discard(app: &App, id: UploadId) -> Result<()> {
    match tokio::fs::remove_file(app.media.part(id)).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
