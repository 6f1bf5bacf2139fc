//! A new upload: a row, an empty file, and room for all of it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
};
use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use shared::{
    api::Officer,
    media::{LARGEST_UPLOAD, UPLOADS, UploadId, UploadState},
    problem::Code,
};
use uuid::Uuid;

use super::{
    headers::{self, LENGTH},
    space,
};
use crate::{App, Result, http::Ctx, media::entity::upload};

/// How long an upload waits to be gone on with; each piece gives it the time anew.
pub(super) const PATIENCE: TimeDelta = TimeDelta::days(3);

pub(super) async fn create(http: &HttpRequest, app: &App) -> Result<HttpResponse> {
    let ctx = Ctx::<Officer>::of(app.clone(), http).await?;
    headers::check_version(http)?;
    let length = headers::number(http, &LENGTH)?;
    headers::check_metadata(http)?;
    if length > LARGEST_UPLOAD {
        return Err(Code::UploadTooLarge.into());
    }
    if length == 0 {
        return Err(Code::UnknownFile.into());
    }
    let id = UploadId(Uuid::now_v7());
    let (person, organization) = (ctx.caller.person, ctx.caller.organization);
    let (clock, limits) = (app.clock.clone(), space::Limits::of(&app.config.media));
    let write = app.db.write(move |tx| {
        Box::pin(async move {
            space::lock(tx).await?;
            space::make_room(tx, person, organization, limits, length).await?;
            let now = clock.now(tx).await?;
            let row = upload::ActiveModel {
                id: Set(id),
                created_by: Set(person),
                organization_id: Set(Some(organization)),
                length: Set(i64::try_from(length).unwrap_or(i64::MAX)),
                received: Set(0),
                state: Set(UploadState::Receiving),
                progress: Set(0),
                trouble: Set(None),
                detail: Set(None),
                writer: Set(None),
                writer_until: Set(None),
                created_at: Set(now),
                expires_at: Set(now + PATIENCE),
            };
            Ok(row.insert(tx).await?)
        })
    });
    let row = write.await?;
    Ok(headers::progress(StatusCode::CREATED, &row)
        .insert_header((header::LOCATION, format!("{UPLOADS}/{id}")))
        .finish())
}
