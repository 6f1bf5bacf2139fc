//! The auditor's side: reading, taking along and checking the log. Each is recorded in it.

use std::time::Duration;

use sea_orm::EntityTrait;
use shared::{
    api::Auditor,
    audit::*,
    page::Page,
    problem::{Code, Problem},
};

use super::{
    Act, Actor, Event, Object, checkpoints, entity::sealer, reading, record_alone, sealing,
    verification,
};
use crate::{
    Result,
    db::Connection,
    http::{Api, Ctx},
};

pub fn routes(api: &mut Api) {
    api.on(list_audit_records).on(show_audit_standing).on(verify_audit_log);
}

async fn list_audit_records(
    ctx: Ctx<Auditor>,
    request: ListAuditRecords,
) -> Result<Page<AuditRecord>> {
    let page = reading::page(ctx.app.db.read(), &request).await?;
    let act = asked(ctx.actor(), Event::AuditRead, &request);
    record_alone(&ctx.app, act.with("rows", page.items.len())).await?;
    Ok(page)
}

/// What was asked for, as far as no person typed it.
pub(super) fn asked(actor: Actor, event: Event, request: &ListAuditRecords) -> Act {
    let ListAuditRecords { from, to, person, words, event: kind, outcome, object_kind, .. } =
        request;
    let object = request.object.as_deref().and_then(|it| it.parse::<uuid::Uuid>().ok());
    actor
        .did(event, Object::AUDIT_LOG)
        .with("from", *from)
        .with("to", *to)
        .with("person", *person)
        .with("words", words.is_some())
        .with("event", *kind)
        .with("outcome", *outcome)
        .with("kind", *object_kind)
        .with("object", object)
}

async fn show_audit_standing(ctx: Ctx<Auditor>, _: ShowAuditStanding) -> Result<AuditStanding> {
    standing(ctx.app.db.read()).await
}

async fn verify_audit_log(ctx: Ctx<Auditor>, _: VerifyAuditLog) -> Result<AuditStanding> {
    if !ctx.app.cache.mark("audit:verification", Duration::from_mins(1)).await {
        return Err(Problem::from(Code::TooManyTries).detail("一分钟只能核对一次").into());
    }
    record_alone(&ctx.app, ctx.actor().did(Event::AuditVerified, Object::AUDIT_LOG)).await?;
    verification::check(&ctx.app).await?;
    standing(ctx.app.db.read()).await
}

async fn standing(db: &Connection) -> Result<AuditStanding> {
    let (records, _) = sealing::head(db).await?;
    let checkpoint = checkpoints::latest(db).await?;
    let checked = sealer::Entity::find().one(db).await?;
    let verified = checked.and_then(|it| {
        Some(AuditVerified { at: it.verified_at?, whole: it.verified_ok?, seq: it.verified_seq })
    });
    let checkpoint = checkpoint.map(|it| AuditCheckpoint { seq: it.seq, at: it.at });
    Ok(AuditStanding { records, checkpoint, verified })
}
