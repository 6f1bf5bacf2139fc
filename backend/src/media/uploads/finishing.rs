//! An upload that is complete: looked into, and kept or refused in words.

use std::{fs, io, io::Read};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    EntityTrait,
};
use shared::{
    content::MediaId,
    media::{UploadId, UploadState},
    problem::{Code, Problem},
};

use super::forgetting;
use crate::{
    App, Error, Result,
    audit::Actor,
    db::Transaction,
    jobs::{self, Job, Outcome},
    media::{
        entity::upload,
        incoming::Incoming,
        kinds::{self, Sort},
        prepare::{Progress, prepare},
        store::{self, Fit, Owner},
        tasks::{Alive, MediaTask},
    },
};

/// Lets the upload be looked into; whoever asks hears that it is being checked.
pub(super) async fn enqueue(
    tx: &Transaction,
    row: upload::Model,
    now: DateTime<Utc>,
) -> Result<upload::Model> {
    let job = Job::Media(MediaTask::Finish { upload: row.id });
    jobs::enqueue(tx, &job, Some(format!("upload/{}", row.id)), now).await?;
    let change = upload::ActiveModel {
        id: Unchanged(row.id),
        state: Set(UploadState::Checking),
        ..Default::default()
    };
    Ok(change.update(tx).await?)
}

/// Safe to repeat: the file gets the upload's id.
pub async fn finish(app: &App, id: UploadId, alive: Alive) -> Result<Outcome> {
    let row = upload::Entity::find_by_id(id).one(app.db.read()).await?;
    let Some(row) = row.filter(|it| it.state == UploadState::Checking) else {
        return Ok(Outcome::Done);
    };
    let progress = Progress::default();
    let work = look_into(app, id, &progress);
    match alive.while_working(app, work, || note_progress(app, id, progress.get())).await? {
        Ok(fit) => keep(app, row, fit).await?,
        Err(Error::Refused(problem)) => refuse(app, id, *problem).await?,
        Err(error) => return Err(error),
    }
    forgetting::discard(app, id).await?;
    Ok(Outcome::Done)
}

async fn look_into(app: &App, id: UploadId, progress: &Progress) -> Result<Fit> {
    let (part, incoming) = (app.media.part(id), Incoming::new(app.media.folder()));
    let open = move || -> io::Result<_> {
        // Under a second name: the first one stays until the rows are written.
        fs::hard_link(&part, incoming.path())?;
        let mut head = Vec::with_capacity(kinds::HEAD);
        let file = fs::File::open(incoming.path())?;
        let bytes = file.metadata()?.len();
        file.take(kinds::HEAD as u64).read_to_end(&mut head)?;
        Ok((incoming, head, bytes))
    };
    let (incoming, head, bytes) = actix_web::web::block(open).await??;
    let sort = Sort::of(&head).ok_or(Code::UnknownFile)?;
    if bytes > sort.largest() {
        return Err(Code::UploadTooLarge.into());
    }
    prepare(app, incoming, sort, progress).await
}

async fn keep(app: &App, upload: upload::Model, fit: Fit) -> Result<()> {
    let (person, organization) = (Some(upload.created_by), upload.organization_id);
    let actor = Actor { organization, ..Actor::SYSTEM.being(upload.created_by) };
    let owner = Owner { actor, person, organization };
    let rows = store::put(app, MediaId(upload.id.0), owner, fit).await?;
    let (clock, id) = (app.clock.clone(), upload.id);
    let write = app.db.write(move |tx| {
        Box::pin(async move {
            let now = clock.now(tx).await?;
            if !settle(tx, id, UploadState::Done, None).await? {
                return Ok(());
            }
            rows.insert(tx, now).await?;
            Ok(())
        })
    });
    write.await
}

async fn refuse(app: &App, id: UploadId, problem: Problem) -> Result<()> {
    let write = app.db.write(move |tx| {
        Box::pin(async move { settle(tx, id, UploadState::Refused, Some(problem)).await })
    });
    write.await.map(drop)
}

/// Ends the check, unless the upload was given up meanwhile.
async fn settle(
    tx: &Transaction,
    id: UploadId,
    state: UploadState,
    problem: Option<Problem>,
) -> Result<bool> {
    let row = upload::Entity::find_by_id(id).one(tx).await?;
    if row.is_none_or(|it| it.state != UploadState::Checking) {
        return Ok(false);
    }
    let change = upload::ActiveModel {
        id: Unchanged(id),
        state: Set(state),
        progress: Set(100),
        trouble: Set(problem.as_ref().map(|it| it.code.as_str().into())),
        detail: Set(problem.and_then(|it| it.detail)),
        ..Default::default()
    };
    change.update(tx).await?;
    Ok(true)
}

async fn note_progress(app: &App, id: UploadId, percent: i32) -> Result<()> {
    let note = app.db.write(move |tx| {
        Box::pin(async move {
            let change = upload::ActiveModel { progress: Set(percent), ..Default::default() };
            let find = sea_orm::ColumnTrait::eq(&upload::Column::Id, id);
            let update = upload::Entity::update_many().set(change);
            sea_orm::QueryFilter::filter(update, find).exec(tx).await?;
            Ok(())
        })
    });
    note.await
}
