//! The rows of a file and what the check made of them, sealed: there are phone numbers in them.

use std::collections::HashMap;

use sea_orm::EntityTrait;
use serde::{Serialize, de::DeserializeOwned};
use shared::{problem::Code, roster::*};

use super::{cells::Row, check::Verdict, entity::sheet, imports};
use crate::{App, Result, db::Connection, keys::Keys};

/// Rows on one page.
const PAGE: usize = 50;

const PURPOSE: &str = "roster sheet";

/// What the check made of the rows, for as long as the file is remembered.
pub async fn checked_rows(
    app: &App,
    import: RosterImportId,
    admit: impl Fn(&Verdict) -> bool,
) -> Result<Vec<ImportRow>> {
    imports::find(app.db.read(), None, import).await?;
    let Some(sheet) = sheet::Entity::find_by_id(import).one(app.db.read()).await? else {
        return Ok(Vec::new());
    };
    let Some(verdicts) = sheet.sealed_verdicts else { return Ok(Vec::new()) };
    let verdicts: Vec<Verdict> = unseal(&app.keys, &verdicts)?;
    let rows: Vec<Row> = unseal(&app.keys, &sheet.sealed_rows)?;
    let mut cells: HashMap<_, _> = rows.into_iter().map(|it| (it.number, it.cells)).collect();
    let row = |verdict: Verdict| ImportRow {
        cells: verdict.row.and_then(|row| cells.remove(&row)).unwrap_or(verdict.cells),
        row: verdict.row,
        outcome: verdict.outcome,
        changes: verdict.changes,
        problems: verdict.problems,
    };
    Ok(verdicts.into_iter().filter(|it| admit(it)).map(row).collect())
}

pub const fn is_bad(verdict: &Verdict) -> bool {
    matches!(verdict.outcome, RowOutcome::Conflict | RowOutcome::Faulty)
}

/// One page of them.
pub async fn page(app: &App, request: ListImportRows) -> Result<ImportRows> {
    let admit = |it: &Verdict| {
        request.outcome.is_none_or(|outcome| outcome == it.outcome)
            && request.bad.is_none_or(|bad| bad == is_bad(it))
    };
    let rows = checked_rows(app, request.import, admit).await?;
    let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let skip = request.skip.unwrap_or_default() as usize;
    Ok(ImportRows { items: rows.into_iter().skip(skip).take(PAGE).collect(), total })
}

/// The rows of its file.
pub async fn rows(db: &Connection, keys: &Keys, id: RosterImportId) -> Result<Vec<Row>> {
    let sheet = sheet::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?;
    unseal(keys, &sheet.sealed_rows)
}

pub fn seal(keys: &Keys, value: &impl Serialize) -> Result<Vec<u8>> {
    Ok(keys.seal(PURPOSE, &serde_json::to_vec(value)?))
}

fn unseal<T: DeserializeOwned>(keys: &Keys, sealed: &[u8]) -> Result<T> {
    let plain = keys.open(PURPOSE, sealed).ok_or_else(|| anyhow::anyhow!("a sheet was touched"))?;
    Ok(serde_json::from_slice(&plain)?)
}
