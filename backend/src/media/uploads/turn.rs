//! Who may write into an upload: one request at a time, on whichever server.

use chrono::TimeDelta;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter};
use shared::{
    media::{UploadId, UploadState},
    problem::{Code, Problem},
};
use uuid::Uuid;

use super::{creating, finishing};
use crate::{App, Result, db::Transaction, media::entity::upload};

/// Longer than the longest silence that a request is allowed.
const LASTS: TimeDelta = TimeDelta::seconds(60);

/// A request's hold on an upload.
pub(super) struct Turn {
    app: App,
    pub upload: UploadId,
    writer: Uuid,
}

impl Turn {
    /// Takes the turn to write from an offset on.
    ///
    /// # Errors
    /// `upload_out_of_step` where the upload is elsewhere, `upload_busy` where another request
    /// writes.
    pub async fn take(app: &App, id: UploadId, offset: i64) -> Result<Self> {
        let (writer, clock) = (Uuid::now_v7(), app.clock.clone());
        let take = app.db.write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let free = Condition::any()
                    .add(upload::Column::Writer.is_null())
                    .add(upload::Column::WriterUntil.lt(now));
                let change = upload::ActiveModel {
                    writer: Set(Some(writer)),
                    writer_until: Set(Some(now + LASTS)),
                    ..Default::default()
                };
                let taken = upload::Entity::update_many()
                    .set(change)
                    .filter(upload::Column::Id.eq(id))
                    .filter(upload::Column::State.eq(UploadState::Receiving))
                    .filter(upload::Column::Received.eq(offset))
                    .filter(free)
                    .exec(tx)
                    .await?;
                if taken.rows_affected == 1 { Ok(()) } else { Err(why_not(tx, id, offset).await?) }
            })
        });
        take.await?;
        Ok(Self { app: app.clone(), upload: id, writer })
    }

    /// Writes down what is on disk, and holds on.
    pub async fn note(&self, received: u64) -> Result<()> {
        self.save(received, true).await.map(drop)
    }

    /// Writes down what is on disk, and lets go; where that is everything, the file is looked into
    /// next.
    pub async fn end(&self, received: u64) -> Result<upload::Model> {
        self.save(received, false).await
    }

    async fn save(&self, received: u64, hold: bool) -> Result<upload::Model> {
        let (id, writer, clock) = (self.upload, self.writer, self.app.clock.clone());
        let received = i64::try_from(received).unwrap_or(i64::MAX);
        let save = self.app.db.write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let change = upload::ActiveModel {
                    received: Set(received),
                    writer: Set(hold.then_some(writer)),
                    writer_until: Set(hold.then_some(now + LASTS)),
                    expires_at: Set(now + creating::PATIENCE),
                    ..Default::default()
                };
                let saved = upload::Entity::update_many()
                    .set(change)
                    .filter(upload::Column::Id.eq(id))
                    .filter(upload::Column::Writer.eq(writer))
                    .exec(tx)
                    .await?;
                let row = upload::Entity::find_by_id(id).one(tx).await?.ok_or(Code::NotFound)?;
                if saved.rows_affected == 0 {
                    return Err(Code::UploadBusy.into());
                }
                if !hold && row.received == row.length {
                    return finishing::enqueue(tx, row, now).await;
                }
                Ok(row)
            })
        });
        save.await
    }
}

/// Why a request may not write.
async fn why_not(tx: &Transaction, id: UploadId, offset: i64) -> Result<crate::Error> {
    let row = upload::Entity::find_by_id(id).one(tx).await?;
    let Some(row) = row else { return Ok(Code::NotFound.into()) };
    Ok(if row.received != offset || row.state != UploadState::Receiving {
        let got = format!("服务器收到了 {} 字节", row.received);
        Problem::from(Code::UploadOutOfStep).detail(got).into()
    } else {
        Code::UploadBusy.into()
    })
}
