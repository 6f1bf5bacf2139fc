//! Reads the file of a version and writes down the clauses that it proposes, some at a time so that
//! whoever looks on sees how far it is.

mod pictures;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use shared::standards::{ClauseId, ClauseKey, StandardVersionId, console::VersionImport};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::{
    App, Error, Result,
    db::{Connection, Transaction},
    standards::{
        entity::{clause, source, version},
        files,
        reading::{self, Text},
        splitting::{Line, Proposed},
        standing, versions,
    },
};
use pictures::{Kept, sentence};

use super::Alive;

/// Clauses that are written at once.
const AT_ONCE: usize = 250;
/// Characters of one clause.
const LONGEST: usize = 20_000;

/// Files that are read at once: each may unpack to much.
static TURNS: Semaphore = Semaphore::const_new(1);

pub async fn read(app: &App, id: StandardVersionId, alive: Alive) -> Result<()> {
    alive.while_working(app, in_turn(app, id)).await?
}

async fn in_turn(app: &App, id: StandardVersionId) -> Result<()> {
    let turn = TURNS.acquire().await.map_err(anyhow::Error::from)?;
    let db = app.db.read();
    // Discarded meanwhile, or read by somebody else.
    let Some(found) = version::Entity::find_by_id(id).one(db).await? else { return Ok(()) };
    if found.import != VersionImport::Reading {
        return Ok(());
    }
    let file = versions::file(db, id).await?;
    let read = reading::text(&app.config.program, &file.unwrap_or_default()).await;
    drop(turn);
    match read {
        Ok(mut read) => {
            let kept = match read.pictures.take() {
                Some(images) => Some(pictures::keep(app, &found, images).await?),
                None => None,
            };
            propose(app, &found, read, kept).await
        }
        Err(Error::Refused(problem)) => fail(app, id, sentence(&problem)).await,
        Err(broken) => Err(broken),
    }
}

async fn fail(app: &App, id: StandardVersionId, message: String) -> Result<()> {
    app.db.write(move |tx| Box::pin(async move { failed(tx, id, message).await })).await
}

/// Nobody reads it any more, and why is in the log.
pub(super) async fn given_up(tx: &Transaction, id: StandardVersionId) -> Result<()> {
    let message =
        "读了几次都没有读完，可能是系统一时出了错。可以再读一次；还不行，请换一份文件上传";
    failed(tx, id, message.into()).await
}

/// The file stays, to be read once more.
async fn failed(tx: &Transaction, id: StandardVersionId, message: String) -> Result<()> {
    let failed = version::ActiveModel {
        import: Set(VersionImport::Failed),
        message: Set(Some(message)),
        ..Default::default()
    };
    version::Entity::update_many()
        .set(failed)
        .filter(version::Column::Id.eq(id))
        .filter(version::Column::Import.eq(VersionImport::Reading))
        .exec(tx)
        .await?;
    Ok(())
}

async fn propose(
    app: &App,
    version: &version::Model,
    read: Text,
    kept: Option<Kept>,
) -> Result<()> {
    let (id, total) = (version.id, read.clauses.len());
    let row = |(position, it): (i32, &Proposed)| {
        let row = row(id, position, it);
        match &kept {
            Some(kept) => {
                let text = kept.text(it).chars().take(LONGEST).collect();
                clause::Model { pictures: Some(kept.of(it)), text, ..row }
            }
            None => row,
        }
    };
    let rows: Vec<clause::Model> = (1..).zip(&read.clauses).map(row).collect();
    let unread = kept.as_ref().and_then(|it| it.note(&read.clauses));
    let message = message(rows.first().map_or(0, |it| it.line), unread);
    for (at, some) in rows.chunks(AT_ONCE).enumerate() {
        let (some, done) = (some.to_vec(), at * AT_ONCE + some.len());
        let write = app.db.write(move |tx| {
            Box::pin(async move {
                if !count(tx, id, done, total).await? {
                    return Ok(false);
                }
                if at == 0 {
                    // Of a reading that did not come to its end.
                    clause::Entity::delete_many()
                        .filter(clause::Column::VersionId.eq(id))
                        .exec(tx)
                        .await?;
                }
                insert(tx, some).await?;
                Ok(true)
            })
        });
        if !write.await? {
            return Ok(());
        }
    }
    let label = label(&read.lines);
    let musts = rows.iter().filter(|it| it.must).count();
    let lines = read.lines.into_iter().map(|it| it.text).collect();
    finish(app, version, Finished { label, musts, total, lines, message }).await
}

/// What the officer should know of what was left out.
fn message(lines: i32, pictures: Option<String>) -> Option<String> {
    let lines = (lines > 0).then(|| {
        format!(
            "开头 {lines} 行在第一个编号之前，没有归入条款；要收进来，在左边的原文里点“收为一条”"
        )
    });
    let said: Vec<String> = lines.into_iter().chain(pictures).collect();
    (!said.is_empty()).then(|| said.join("。"))
}

fn row(version: StandardVersionId, position: i32, it: &Proposed) -> clause::Model {
    let modality = it.modality();
    let small = |it: usize| i32::try_from(it).unwrap_or(i32::MAX);
    clause::Model {
        id: ClauseId(Uuid::now_v7()),
        version_id: version,
        key: ClauseKey(Uuid::now_v7()),
        parent_id: None,
        position,
        depth: it.depth.min(9),
        kind: it.kind,
        must: Proposed::is_must(it.force, modality),
        modality,
        number: it.number.chars().take(40).collect(),
        title: it.title.chars().take(200).collect(),
        text: it.text.chars().take(LONGEST).collect(),
        force: it.force,
        line: small(it.line),
        lines: small(it.lines),
        pictures: None,
    }
}

/// Writes clauses down as they are.
pub(in crate::standards) async fn insert(tx: &Connection, rows: Vec<clause::Model>) -> Result<()> {
    for some in rows.chunks(AT_ONCE) {
        let rows = some.iter().cloned().map(sea_orm::IntoActiveModel::into_active_model);
        let rows = rows.map(sea_orm::ActiveModelTrait::reset_all);
        clause::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    files::note_new(tx, &rows).await
}

/// Says how far it is; false where it is no longer being read.
async fn count(tx: &Transaction, id: StandardVersionId, done: usize, total: usize) -> Result<bool> {
    let small = |it: usize| i32::try_from(it).unwrap_or(i32::MAX);
    let counted = version::Entity::update_many()
        .col_expr(version::Column::Done, Expr::value(small(done)))
        .col_expr(version::Column::Total, Expr::value(small(total)))
        .filter(version::Column::Id.eq(id))
        .filter(version::Column::Import.eq(VersionImport::Reading))
        .exec(tx)
        .await?;
    Ok(counted.rows_affected == 1)
}

struct Finished {
    label: Option<String>,
    musts: usize,
    total: usize,
    lines: Vec<String>,
    message: Option<String>,
}

async fn finish(app: &App, version: &version::Model, finished: Finished) -> Result<()> {
    let (id, standard) = (version.id, version.standard_id);
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let row = standing::lock(tx, id).await?;
                if row.import != VersionImport::Reading {
                    return Ok(());
                }
                let small = |it: usize| i32::try_from(it).unwrap_or(i32::MAX);
                let taken = version::Entity::find()
                    .filter(version::Column::StandardId.eq(standard))
                    .all(tx)
                    .await?;
                let label =
                    finished.label.filter(|it| taken.iter().all(|other| other.label != *it));
                let proposed = version::ActiveModel {
                    label: Set(label.unwrap_or(row.label)),
                    import: Set(VersionImport::Proposed),
                    message: Set(finished.message),
                    clauses: Set(small(finished.total)),
                    musts: Set(small(finished.musts)),
                    ..Default::default()
                };
                version::Entity::update_many()
                    .set(proposed)
                    .filter(version::Column::Id.eq(id))
                    .exec(tx)
                    .await?;
                let source = source::ActiveModel {
                    lines: Set(source::Lines(finished.lines)),
                    ..Default::default()
                };
                source::Entity::update_many()
                    .set(source)
                    .filter(source::Column::VersionId.eq(id))
                    .exec(tx)
                    .await?;
                Ok(())
            })
        })
        .await
}

/// The year after a number such as `DB32/T 1234—2023`, where one stands near the top.
fn label(lines: &[Line]) -> Option<String> {
    lines.iter().take(30).find_map(|line| {
        let (_, after) = line.text.rsplit_once(['—', '－', '-'])?;
        let year: String = after.chars().take_while(char::is_ascii_digit).collect();
        let ends = after[year.len()..].chars().next().is_none_or(char::is_whitespace);
        let plausible = year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
        (ends && plausible && line.text.chars().count() < 40).then_some(year)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_called_by_the_year_of_its_number() {
        let of = |text: &str| label(&[Line::of("会议服务规范"), Line::of(text)]);
        assert_eq!(of("DB32/T 1234—2023"), Some("2023".into()));
        assert_eq!(of("GB/T 1.1-2020 标准化工作导则"), Some("2020".into()));
        assert_eq!(of("2023-05-01 发布"), None);
        assert_eq!(of("第1部分—总则"), None);
    }
}
