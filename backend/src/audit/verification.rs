//! Verifying what is kept: the database's chain, or an exported one, against anchors from a file.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use anyhow::Context;
use chrono::TimeDelta;
use sea_orm::{
    ActiveEnum, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use super::{
    anchor::{self, Anchor, Signer},
    checkpoints,
    entity::{checkpoint, log, sealer},
    export,
    record::{Record, instant},
    sealing,
    verdict::Verdict,
    verify::{Link, Verifier},
};
use crate::{App, Result, db::Connection};

/// Records read at once.
const PAGE: u64 = 5000;

/// The anchors of a file that the key has signed, and how many lines it has not.
pub fn anchors_of(file: &Path, public_key: &[u8]) -> Result<(Vec<Anchor>, usize)> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("the anchors in {} cannot be read", file.display()))?;
    let lines: Vec<_> = text.lines().filter(|it| !it.is_empty()).collect();
    let anchors: Vec<_> = lines.iter().filter_map(|it| anchor::read(it, public_key)).collect();
    let foreign = lines.len() - anchors.len();
    Ok((anchors, foreign))
}

/// Verifies the chain in the database.
pub async fn of_database(db: &Connection, anchors: Vec<Anchor>) -> Result<Verdict> {
    let (mut verifier, mut after) = (Verifier::new(anchors), i64::MIN);
    loop {
        let page = log::Entity::find()
            .filter(log::Column::Seq.gt(after))
            .order_by_asc(log::Column::Seq)
            .limit(PAGE)
            .all(db)
            .await?;
        let Some(last) = page.last() else { return Ok(verifier.end()) };
        after = last.seq;
        for row in page {
            verifier.take(&link(row));
        }
    }
}

fn link(row: log::Model) -> Link {
    let columns_agree = Record::read(&row.canonical).is_ok_and(|it| agree(&row, &it));
    Link { seq: row.seq, prev: row.prev, hash: row.hash, canonical: row.canonical, columns_agree }
}

fn agree(row: &log::Model, record: &Record) -> bool {
    row.id == record.id
        && instant(row.at) == record.at
        && row.event == record.event
        && row.outcome == record.outcome.to_value()
        && row.person_id == record.person
        && row.organization_id == record.organization
        && row.object_kind == record.object_kind
        && row.object_id == record.object
}

/// Verifies an exported chain.
pub fn of_export(file: &Path, anchors: Vec<Anchor>) -> Result<Verdict> {
    let mut verifier = Verifier::new(anchors);
    let open = File::open(file).with_context(|| format!("{} cannot be read", file.display()))?;
    for (number, line) in (1..).zip(BufReader::new(open).lines()) {
        let wrong = || format!("line {number} of {} is no record", file.display());
        verifier.take(&export::read(&line?).with_context(wrong)?);
    }
    Ok(verifier.end())
}

/// How often a chain is checked that takes long.
const LONG: TimeDelta = TimeDelta::hours(1);

/// Records that are checked in no time, and so every time.
const SHORT: i64 = 20_000;

/// Checks the chain: a short one whenever it is called, a long one once an hour.
pub async fn check_if_due(app: &App) -> Result<()> {
    let db = app.db.read();
    let (records, _) = sealing::head(db).await?;
    let last = sealer::Entity::find().one(db).await?.and_then(|it| it.verified_at);
    let now = app.clock.now(db).await?;
    if records <= SHORT || last.is_none_or(|it| now - it >= LONG) {
        check(app).await?;
    }
    Ok(())
}

/// Verifies the whole chain against all anchors at hand, those of the table included, and writes down
/// what was found for the console.
pub async fn check(app: &App) -> Result<Verdict> {
    let db = app.db.read();
    let public_key = Signer::of(&app.keys).public_key();
    let mut anchors = match anchors_of(&checkpoints::file(&app.config.data_dir), &public_key) {
        Ok((anchors, _)) => anchors,
        // This server has signed none.
        Err(_) => Vec::new(),
    };
    let kept = checkpoint::Entity::find().all(db).await?;
    anchors.extend(kept.iter().filter_map(|it| anchor::read(&it.line, &public_key)));
    let verdict = of_database(db, anchors).await?;
    if !verdict.is_whole() {
        tracing::error!(%verdict, "the audit log was changed");
    }
    keep(app, &verdict).await?;
    Ok(verdict)
}

async fn keep(app: &App, verdict: &Verdict) -> Result<()> {
    let (whole, anchored, clock) = (verdict.is_whole(), verdict.anchored, app.clock.clone());
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                sealer::Entity::update_many()
                    .col_expr(sealer::Column::VerifiedSeq, Expr::value(anchored))
                    .col_expr(sealer::Column::VerifiedAt, Expr::value(now))
                    .col_expr(sealer::Column::VerifiedOk, Expr::value(whole))
                    .exec(tx)
                    .await?;
                Ok(())
            })
        })
        .await
}
