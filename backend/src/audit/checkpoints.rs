//! Checkpoints: signed every minute or every thousand records, appended to a file outside the
//! database (`DATA_DIR/audit/checkpoints.ndjson`) and kept in a table for the console.
//!
//! The file is written first: an anchor that the table lacks still tells the truth. Each server has
//! the anchors that it signed; whoever runs several gathers the files. They belong on a machine that
//! whoever owns the database cannot write to.

use std::{
    fs::OpenOptions,
    io::{Read, Seek, SeekFrom, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    anchor::Signer,
    entity::{checkpoint, sealer},
    sealing::head,
};
use crate::{
    App, Result,
    db::{Connection, Transaction},
};

const EVERY: TimeDelta = TimeDelta::seconds(60);
const RECORDS: i64 = 1000;

/// How long a server that stopped keeps the others from signing: a checkpoint may wait so long.
const LEASE: TimeDelta = TimeDelta::seconds(5);

/// The file of anchors.
pub fn file(data_dir: &Path) -> PathBuf {
    data_dir.join("audit").join("checkpoints.ndjson")
}

/// The latest checkpoint.
pub async fn latest(db: &Connection) -> Result<Option<checkpoint::Model>> {
    Ok(checkpoint::Entity::find().order_by_desc(checkpoint::Column::Seq).one(db).await?)
}

pub(super) async fn sign_if_due(app: &App, owner: Uuid) -> Result<()> {
    let db = app.db.read();
    let now = app.clock.now(db).await?;
    if !is_due(db, now).await? {
        return Ok(());
    }
    let clock = app.clock.clone();
    let ours = app.db.write(move |tx| {
        Box::pin(async move {
            let now = clock.now(tx).await?;
            Ok(hold(tx, owner, now).await? && is_due(tx, now).await?)
        })
    });
    if ours.await? { sign(app, now).await } else { Ok(()) }
}

/// Takes the lease or keeps it: signing takes longer than a transaction.
async fn hold(tx: &Transaction, owner: Uuid, now: DateTime<Utc>) -> Result<bool> {
    let free = Condition::any()
        .add(sealer::Column::LeaseOwner.eq(owner))
        .add(sealer::Column::LeaseUntil.is_null())
        .add(sealer::Column::LeaseUntil.lt(now));
    let held = sealer::Entity::update_many()
        .col_expr(sealer::Column::LeaseOwner, Expr::value(owner))
        .col_expr(sealer::Column::LeaseUntil, Expr::value(now + LEASE))
        .filter(free)
        .exec(tx)
        .await?;
    Ok(held.rows_affected == 1)
}

async fn is_due(db: &Connection, now: DateTime<Utc>) -> Result<bool> {
    let (seq, _) = head(db).await?;
    Ok(match latest(db).await? {
        Some(last) => seq > last.seq && (now - last.at >= EVERY || seq - last.seq >= RECORDS),
        None => seq > 0,
    })
}

/// Signs where the chain ends now.
async fn sign(app: &App, now: DateTime<Utc>) -> Result<()> {
    let (seq, head) = head(app.db.read()).await?;
    let line = Signer::of(&app.keys).sign(seq, &head, now)?;
    let (path, written) = (file(&app.config.data_dir), line.clone());
    actix_web::web::block(move || append(&path, &written)).await??;
    let row =
        checkpoint::ActiveModel { seq: Set(seq), at: Set(now), head: Set(head), line: Set(line) };
    app.db
        .write(move |tx| {
            Box::pin(async move {
                checkpoint::Entity::insert(row).exec_without_returning(tx).await?;
                Ok(())
            })
        })
        .await
}

/// Adds a line that is on disk when this returns. What a crash left half-written is ended first, so
/// that it spoils no line but its own.
fn append(path: &Path, line: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    let mut file = options.read(true).append(true).create(true).mode(0o600).open(path)?;
    let text = if ends_a_line(&mut file)? { format!("{line}\n") } else { format!("\n{line}\n") };
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn ends_a_line(file: &mut std::fs::File) -> std::io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == [b'\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_written_line_spoils_no_other() {
        let data = tempfile::tempdir().unwrap();
        let path = file(data.path());
        append(&path, "one").unwrap();
        OpenOptions::new().append(true).open(&path).unwrap().write_all(b"tw").unwrap();
        append(&path, "three").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "one\ntw\nthree\n");
    }
}
