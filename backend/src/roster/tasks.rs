//! What is done with an import while the officer looks on: the check, and bringing it in.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect,
};
use serde::{Deserialize, Serialize};
use shared::{
    accounts::Role,
    problem::Code,
    roster::{ImportState, RosterImportId, RowOutcome},
};

use super::{
    apply::Applying,
    audited,
    cells::Row,
    check::{Indices, Plan, plan},
    entity::{import, sheet},
    imports::{self, Summary},
    progress::Progress,
    sheets,
    snapshot::Snapshot,
};
use crate::{
    App, Result,
    accounts::reach_of,
    audit::{self, Actor, Event},
    db::Transaction,
    jobs::{self, Job, Outcome},
    keys::Keys,
};

/// How long a file can be looked at again.
const REMEMBERED: TimeDelta = TimeDelta::days(30);

/// One step of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportTask {
    pub import: RosterImportId,
    pub step: Step,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Check,
    Apply,
}

pub async fn enqueue(tx: &Transaction, task: ImportTask, now: DateTime<Utc>) -> Result<()> {
    jobs::enqueue(tx, &Job::Roster(task), None, now).await
}

/// Safe to repeat: a step that was done finds nothing to do.
pub async fn run(app: &App, task: ImportTask) -> Result<Outcome> {
    match task.step {
        Step::Check => check(app, task.import).await?,
        Step::Apply => apply(app, task.import).await?,
    }
    Ok(Outcome::Done)
}

async fn check(app: &App, id: RosterImportId) -> Result<()> {
    let db = app.db.read();
    let import = imports::find(db, None, id).await?;
    if import.state != ImportState::Checking {
        return Ok(());
    }
    let rows = sheets::rows(db, &app.keys, id).await?;
    let roster = Snapshot::take(db).await?;
    let reach = reach_of(db, import.created_by, Role::TrainingOfficer).await?;
    let (keys, now) = (app.keys.clone(), app.clock.now(db).await?);
    let work = move || -> Result<_> {
        let progress = Progress::begin(id);
        let plan = plan(&rows, &roster, &reach, &Indices::of(&keys), (now, &progress));
        let sealed = sheets::seal(&keys, &plan.verdicts)?;
        let summary = Summary { counts: plan.counts(), unknown: plan.unknown };
        Ok((sealed, serde_json::to_value(summary)?, roster.mark().to_vec()))
    };
    let (sealed, counts, mark) =
        tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)??;
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let row = imports::lock(tx, id).await?;
                if row.state != ImportState::Checking {
                    return Ok(());
                }
                let sheet = sheet::ActiveModel {
                    import_id: Unchanged(id),
                    sealed_verdicts: Set(Some(sealed)),
                    ..Default::default()
                };
                sheet.update(tx).await?;
                let row = import::ActiveModel {
                    id: Unchanged(id),
                    state: Set(ImportState::Checked),
                    counts: Set(counts),
                    roster_mark: Set(Some(mark)),
                    ..Default::default()
                };
                row.update(tx).await?;
                Ok(())
            })
        })
        .await
}

async fn apply(app: &App, id: RosterImportId) -> Result<()> {
    let db = app.db.read();
    if imports::find(db, None, id).await?.state != ImportState::Applying {
        return Ok(());
    }
    let rows = sheets::rows(db, &app.keys, id).await?;
    let (keys, clock) = (app.keys.clone(), app.clock.clone());
    app.db
        .write(move |tx| {
            Box::pin(async move {
                lock_roster(tx).await?;
                let row = imports::lock(tx, id).await?;
                if row.state != ImportState::Applying {
                    return Ok(());
                }
                let now = clock.now(tx).await?;
                bring_in(tx, &keys, row, &rows, now).await
            })
        })
        .await?;
    app.callers.forget_all();
    Ok(())
}

/// Plans again on what the roster is now, which must be what it was at the check.
async fn bring_in(
    tx: &Transaction,
    keys: &Keys,
    row: import::Model,
    rows: &[Row],
    now: DateTime<Utc>,
) -> Result<()> {
    let progress = Progress::begin(row.id);
    let roster = Snapshot::take(tx).await?;
    let mut after = import::ActiveModel { id: Unchanged(row.id), ..Default::default() };
    if row.roster_mark.as_deref() == Some(roster.mark()) {
        let indices = Indices::of(keys);
        // As far as the one who had the file checked reaches now, not then.
        let reach = reach_of(tx, row.created_by, Role::TrainingOfficer).await?;
        let plan: Plan = plan(rows, &roster, &reach, &indices, (now, &Progress::unseen()));
        let actor = Actor::SYSTEM.being(row.created_by);
        let mut acts = audited::of_plan(&plan, actor, row.id, row.with_leavers);
        let done_at_all = actor.did(Event::RosterApplied, row.id).with("people", acts.len());
        acts.push(done_at_all);
        let applying = Applying { tx, keys, indices: &indices, now, progress: &progress, actor };
        applying.write(plan, &roster, row.with_leavers).await?;
        audit::record_all(tx, &acts, now).await?;
        after.state = Set(ImportState::Applied);
        after.applied_at = Set(Some(now));
        after.counts = Set(done(&row)?);
    } else {
        after.state = Set(ImportState::Checked);
        after.message = Set(Some(Code::RosterChanged.title().into()));
    }
    after.update(tx).await?;
    Ok(())
}

/// The numbers of the check, without those who were not to leave.
fn done(row: &import::Model) -> Result<serde_json::Value> {
    let mut summary: Summary = serde_json::from_value(row.counts.clone())?;
    if !row.with_leavers {
        summary.counts.remove(&RowOutcome::Left);
    }
    Ok(serde_json::to_value(summary)?)
}

/// Whoever changes the roster waits for whoever does; SQLite has one writer anyway.
pub async fn lock_roster(tx: &Transaction) -> Result<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SELECT pg_advisory_xact_lock(4712)").await?;
    }
    Ok(())
}

/// Forgets what was in files long ago: there are phone numbers in them.
pub async fn forget_old_sheets(app: &App) -> Result<()> {
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let old = import::Entity::find()
                    .select_only()
                    .column(import::Column::Id)
                    .filter(import::Column::CreatedAt.lt(now - REMEMBERED));
                let old = sea_orm::QueryTrait::into_query(old);
                sheet::Entity::delete_many()
                    .filter(sheet::Column::ImportId.in_subquery(old))
                    .exec(tx)
                    .await?;
                Ok(())
            })
        })
        .await
}
