//! Imports: what the officer does about a file, step by step.

mod applying;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use shared::{
    accounts::PersonId,
    problem::{Code, Problem},
    roster::*,
};
use uuid::Uuid;

pub use applying::apply;

use super::{
    cells::Row,
    entity::{import, sheet},
    progress,
    sheets::{rows, seal},
    tasks::{self, ImportTask, Step},
};
use crate::{
    App, Result,
    audit::{self, Actor, Event},
    db::{Connection, Transaction},
};

/// Corrections in one call.
const MOST_CORRECTIONS: usize = 1000;

/// The outcome of a check in numbers.
#[derive(Default, Serialize, Deserialize)]
pub struct Summary {
    pub counts: BTreeMap<RowOutcome, u32>,
    pub unknown: Vec<UnknownName>,
}

/// Keeps a file's rows and has them checked.
pub async fn create(
    app: &App,
    actor: Actor,
    file_name: String,
    rows: Vec<Row>,
    by: PersonId,
) -> Result<RosterImport> {
    let count = i32::try_from(rows.len()).unwrap_or(i32::MAX);
    let sealed = seal(&app.keys, &rows)?;
    let clock = app.clock.clone();
    let row = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let id = RosterImportId(Uuid::now_v7());
                let row = import::ActiveModel {
                    id: Set(id),
                    file_name: Set(file_name),
                    state: Set(ImportState::Checking),
                    row_count: Set(count),
                    counts: Set(serde_json::to_value(Summary::default())?),
                    message: Set(None),
                    roster_mark: Set(None),
                    skip_bad: Set(false),
                    with_leavers: Set(false),
                    created_by: Set(by),
                    created_at: Set(now),
                    applied_at: Set(None),
                };
                let row = row.insert(tx).await?;
                let sheet = sheet::ActiveModel {
                    import_id: Set(id),
                    sealed_rows: Set(sealed),
                    sealed_verdicts: Set(None),
                };
                sheet::Entity::insert(sheet).exec_without_returning(tx).await?;
                tasks::enqueue(tx, ImportTask { import: id, step: Step::Check }, now).await?;
                let act = actor.did(Event::RosterUploaded, id).with("rows", count);
                audit::record(tx, &act, now).await?;
                Ok(row)
            })
        })
        .await?;
    shown(row)
}

/// Whose imports are meant; everybody's if nobody is named.
pub type Theirs = Option<PersonId>;

fn made_by(whose: Theirs) -> Condition {
    Condition::all().add_option(whose.map(|person| import::Column::CreatedBy.eq(person)))
}

/// The latest imports.
pub async fn recent(db: &Connection, whose: Theirs) -> Result<Vec<RosterImport>> {
    let find = import::Entity::find().filter(made_by(whose));
    let find = find.order_by_desc(import::Column::CreatedAt).limit(10);
    find.all(db).await?.into_iter().map(shown).collect()
}

pub async fn show(db: &Connection, whose: Theirs, id: RosterImportId) -> Result<RosterImport> {
    shown(find(db, whose, id).await?)
}

/// One import.
///
/// # Errors
/// `not_found`, whether it is somebody else's or does not exist.
pub async fn find(db: &Connection, whose: Theirs, id: RosterImportId) -> Result<import::Model> {
    let find = import::Entity::find_by_id(id).filter(made_by(whose));
    Ok(find.one(db).await?.ok_or(Code::NotFound)?)
}

fn shown(row: import::Model) -> Result<RosterImport> {
    let Summary { counts, unknown } = serde_json::from_value(row.counts)?;
    Ok(RosterImport {
        id: row.id,
        file_name: row.file_name,
        state: row.state,
        rows: u32::try_from(row.row_count).unwrap_or_default(),
        done: progress::done(row.id),
        counts,
        unknown,
        message: row.message,
        created_at: row.created_at,
        applied_at: row.applied_at,
    })
}

/// Takes over what the officer mended, and has everything checked again.
pub async fn correct(app: &App, actor: Actor, request: CorrectRows) -> Result<RosterImport> {
    let CorrectRows { import, rows: corrections } = request;
    if corrections.len() > MOST_CORRECTIONS {
        let message = format!("一次最多改 {MOST_CORRECTIONS} 行");
        return Err(Problem::from(Code::InvalidRequest).field("rows", message).into());
    }
    let (keys, clock) = (app.keys.clone(), app.clock.clone());
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let row = lock(tx, import).await?;
                if row.state != ImportState::Checked {
                    return Err(Code::ImportUnready.into());
                }
                let mut rows = rows(tx, &keys, import).await?;
                let act = actor.did(Event::RosterCorrected, import).with("rows", corrections.len());
                for (at, correction) in corrections.into_iter().enumerate() {
                    let found = rows.binary_search_by_key(&correction.row, |it| it.number);
                    let missing = || {
                        let field = format!("rows[{at}].row");
                        Problem::from(Code::InvalidRequest).field(field, "文件里没有这一行")
                    };
                    let row = &mut rows[found.map_err(|_| missing())?];
                    for (field, text) in correction.cells {
                        row.cells.insert(field, text.chars().take(200).collect());
                    }
                }
                let sheet = sheet::ActiveModel {
                    import_id: Unchanged(import),
                    sealed_rows: Set(seal(&keys, &rows)?),
                    ..Default::default()
                };
                sheet.update(tx).await?;
                let now = clock.now(tx).await?;
                audit::record(tx, &act, now).await?;
                begin(tx, row, Step::Check, now).await
            })
        })
        .await
}

/// Has everything checked again.
pub async fn recheck(app: &App, actor: Actor, import: RosterImportId) -> Result<RosterImport> {
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let row = lock(tx, import).await?;
                match row.state {
                    ImportState::Checking | ImportState::Checked => {
                        let now = clock.now(tx).await?;
                        let act = actor.did(Event::RosterRechecked, import);
                        audit::record(tx, &act, now).await?;
                        begin(tx, row, Step::Check, now).await
                    }
                    ImportState::Applying | ImportState::Applied => Err(Code::ImportUnready.into()),
                }
            })
        })
        .await
}

/// Hands the import over to a job.
async fn begin(
    tx: &Transaction,
    row: import::Model,
    step: Step,
    now: DateTime<Utc>,
) -> Result<RosterImport> {
    let state = match step {
        Step::Check => ImportState::Checking,
        Step::Apply => ImportState::Applying,
    };
    tasks::enqueue(tx, ImportTask { import: row.id, step }, now).await?;
    let row = import::ActiveModel {
        id: Unchanged(row.id),
        state: Set(state),
        message: Set(None),
        skip_bad: Set(row.skip_bad),
        with_leavers: Set(row.with_leavers),
        ..Default::default()
    };
    shown(row.update(tx).await?)
}

/// The import, which nobody else changes until the transaction ends.
pub async fn lock(tx: &Transaction, id: RosterImportId) -> Result<import::Model> {
    let mut find = import::Entity::find_by_id(id);
    if tx.get_database_backend() == sea_orm::DbBackend::Postgres {
        find = find.lock_exclusive();
    }
    Ok(find.one(tx).await?.ok_or(Code::NotFound)?)
}
