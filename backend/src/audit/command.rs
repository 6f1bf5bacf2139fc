//! `fingertip audit verify | export`

use std::{
    io::{BufWriter, Write},
    path::PathBuf,
};

use clap::Subcommand;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    Actor, Event, Object, anchor::Signer, checkpoints, entity::log, export, rights, verification,
};
use crate::{App, Result};

/// Records read at once.
const PAGE: u64 = 5000;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Verifies the chain, and says up to which anchor it is whole. Fails if it is not.
    Verify {
        /// The anchors, from wherever they were kept out of reach. Absent: those in `DATA_DIR`.
        #[arg(long)]
        anchor: Option<PathBuf>,
        /// What `audit export` wrote, to be verified instead of the database.
        #[arg(long)]
        export: Option<PathBuf>,
    },
    /// Writes the chain to standard output, a record a line. That it was exported is recorded too.
    Export,
    /// Gives a PostgreSQL role what a server needs and no right to change the audit log. To be run as
    /// whoever owns the tables, who also runs `migrate`; servers then run as the role.
    Confine {
        /// It exists, as by `CREATE ROLE fingertip_app LOGIN PASSWORD '…'`.
        role: String,
    },
}

pub async fn run(app: &App, command: Command) -> Result<()> {
    match command {
        Command::Verify { anchor, export } => verify(app, anchor, export).await,
        Command::Export => write(app).await,
        Command::Confine { role } => rights::confine(&app.db, &role).await,
    }
}

async fn verify(app: &App, anchor: Option<PathBuf>, export: Option<PathBuf>) -> Result<()> {
    let anchor = anchor.unwrap_or_else(|| checkpoints::file(&app.config.data_dir));
    let (anchors, foreign) =
        verification::anchors_of(&anchor, &Signer::of(&app.keys).public_key())?;
    let mut out = std::io::stdout();
    if foreign > 0 {
        writeln!(out, "{foreign} lines of the anchors were not signed by this installation")?;
    }
    let verdict = match export {
        Some(file) => verification::of_export(&file, anchors)?,
        None => verification::of_database(app.db.read(), anchors).await?,
    };
    writeln!(out, "{verdict}")?;
    if verdict.is_whole() {
        return Ok(());
    }
    Err(anyhow::anyhow!("the audit log was changed").into())
}

async fn write(app: &App) -> Result<()> {
    super::record_alone(app, Actor::SYSTEM.did(Event::AuditExported, Object::AUDIT_LOG)).await?;
    let (mut out, mut after) = (BufWriter::new(std::io::stdout().lock()), i64::MIN);
    loop {
        let page = log::Entity::find()
            .filter(log::Column::Seq.gt(after))
            .order_by_asc(log::Column::Seq)
            .limit(PAGE)
            .all(app.db.read())
            .await?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        for row in &page {
            writeln!(out, "{}", export::line(row)?)?;
        }
    }
    Ok(out.flush()?)
}
