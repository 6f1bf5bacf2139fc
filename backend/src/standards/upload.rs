//! A standard's file on its way from the console: gathered in memory within limits, and kept for a
//! job to read and for officers to compare.

use std::time::Duration;

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use shared::{
    accounts::Role,
    api::{self, Officer},
    problem::{Code, Problem},
    standards::{
        StandardId, StandardVersionId, VersionStage,
        console::{ShowStandard, StandardVersion, VersionImport},
    },
};
use uuid::Uuid;

use super::{
    catalogue,
    entity::{source, standard, version},
    standing,
    tasks::{self, Task},
};
use crate::{
    App, Result,
    accounts::Reach,
    audit::{self, Actor, Event},
    db::Transaction,
    error::OnUnique,
    http::{Ctx, Limits, file_part, gather, json, refuse},
    keys,
    roster::shown_name,
};

const LIMITS: Limits = Limits {
    largest: 20 * 1024 * 1024,
    patience: Duration::from_mins(3),
    silence: Duration::from_secs(20),
};

/// What a version is called until somebody says its year.
pub(super) const UNNAMED: &str = "待定";

pub async fn upload(http: HttpRequest, payload: web::Payload, app: web::Data<App>) -> HttpResponse {
    match receive(&http, payload, &app).await {
        Ok(version) => json(&http, &version),
        Err(error) => refuse(&http, error),
    }
}

async fn receive(http: &HttpRequest, payload: web::Payload, app: &App) -> Result<StandardVersion> {
    let ctx = Ctx::<Officer>::of(app.clone(), http).await?;
    let request = api::decode::<ShowStandard>(http.match_info().iter(), "", &[])?;
    let reach = ctx.caller.reach(Role::TrainingOfficer);
    let standard = standing::find_kept(app.db.read(), &reach, request.standard).await?;
    let mut parts = Multipart::new(http.headers(), payload);
    let part = file_part(&mut parts, LIMITS.silence).await?;
    let name = part.content_disposition().and_then(|it| it.get_filename()).unwrap_or_default();
    let name = shown_name(name, "标准");
    let file = gather(part, &LIMITS, too_large).await?;
    create(app, ctx.actor(), reach, standard, (name, file)).await
}

/// Keeps a file as a new version that is about to be read.
async fn create(
    app: &App,
    actor: Actor,
    reach: Reach,
    standard: standard::Model,
    (name, file): (String, Vec<u8>),
) -> Result<StandardVersion> {
    let (clock, seen) = (app.clock.clone(), reach.clone());
    let id = standard.id;
    let row = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                standing::find_kept(tx, &reach, id).await?;
                let row = begin(tx, id, (name, file), actor.person, now).await?;
                let act = actor.did(Event::StandardUploaded, row.id).with("standard", id);
                audit::record(tx, &act, now).await?;
                Ok(row)
            })
        })
        .await?;
    Ok(standing::shown(&standard, &seen, row))
}

/// A new version of a standard, which a job reads.
///
/// # Errors
/// `version_unready` where another one waits to be confirmed.
pub async fn begin(
    tx: &Transaction,
    standard: StandardId,
    (file_name, file): (String, Vec<u8>),
    by: Option<shared::accounts::PersonId>,
    now: DateTime<Utc>,
) -> Result<version::Model> {
    let supersedes = catalogue::latest(tx, standard).await?.map(|it| it.id);
    let id = StandardVersionId(Uuid::now_v7());
    let row = version::ActiveModel {
        id: Set(id),
        standard_id: Set(standard),
        label: Set(UNNAMED.into()),
        published_on: Set(None),
        effective_on: Set(None),
        withdrawn_on: Set(None),
        supersedes: Set(supersedes),
        stage: Set(VersionStage::Consultation),
        import: Set(VersionImport::Reading),
        done: Set(0),
        total: Set(0),
        message: Set(None),
        revision: Set(1),
        file_name: Set(file_name),
        file_hash: Set(keys::hash(&file)),
        clauses: Set(0),
        musts: Set(0),
        created_by: Set(by),
        created_at: Set(now),
        confirmed_by: Set(None),
        confirmed_at: Set(None),
    };
    let row = row.insert(tx).await.on_unique(Code::VersionUnready)?;
    let source = source::ActiveModel {
        version_id: Set(id),
        file: Set(Some(file)),
        lines: Set(source::Lines::default()),
    };
    source::Entity::insert(source).exec_without_returning(tx).await?;
    tasks::enqueue(tx, Task::Read(id), now).await?;
    Ok(row)
}

fn too_large() -> Problem {
    Problem::from(Code::NotAStandard)
        .detail("文件超过了 20 MB，请在 Word 里压缩图片，或者分成几个文件")
}
