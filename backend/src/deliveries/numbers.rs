//! How many messages ended in which way.

use std::collections::HashMap;

use chrono::TimeDelta;
use sea_orm::ActiveEnum;
use shared::deliveries::{Deliveries, DeliveryCount, JobKind, SkipCount, SkipReason};

use crate::{
    App, Result,
    jobs::{self, entity::job::State},
    notifications,
};

/// What is counted.
const LATELY: TimeDelta = TimeDelta::days(7);

/// The messages that WeChat has a template for.
const KINDS: [JobKind; 3] =
    [JobKind::PushCourseAssigned, JobKind::PushSessionSoon, JobKind::PushTeamDigest];

pub(super) async fn show(app: &App) -> Result<Deliveries> {
    let db = app.db.read();
    let since = app.clock.now(db).await? - LATELY;
    let waiting = jobs::waiting(db).await?;
    let none = |kind: JobKind| DeliveryCount {
        kind,
        sent: 0,
        skipped: 0,
        dead: 0,
        waiting: waiting.get(&kind).copied().unwrap_or_default(),
        reasons: Vec::new(),
    };
    let mut counts: HashMap<JobKind, DeliveryCount> =
        KINDS.into_iter().map(|kind| (kind, none(kind))).collect();
    for (kind, state, why, count) in jobs::ended(db, since).await? {
        if let Some(line) = counts.get_mut(&kind) {
            add(line, state, why.as_deref(), count);
        }
    }
    let kinds = KINDS.iter().filter_map(|kind| counts.remove(kind)).collect();
    let templates = notifications::template_states(app).await?;
    Ok(Deliveries { since, kinds, templates })
}

fn add(line: &mut DeliveryCount, state: State, why: Option<&str>, count: u32) {
    match state {
        State::Pending => {}
        State::Done => line.sent += count,
        State::Dead => line.dead += count,
        State::Skipped => {
            line.skipped += count;
            let reason = why.and_then(|it| SkipReason::try_from_value(&it.to_owned()).ok());
            line.reasons.extend(reason.map(|reason| SkipCount { reason, count }));
        }
    }
}
