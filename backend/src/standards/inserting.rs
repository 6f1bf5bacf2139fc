//! Making a clause of lines of the source that belong to none, or of what was removed.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};
use shared::{
    problem::{Code, Problem},
    standards::{
        ClauseId, ClauseKey, StandardVersionId,
        console::{ClauseForce, ClauseKind},
    },
};
use uuid::Uuid;

use super::{entity::clause, modality::modality, numbering, splitting::Proposed, versions};
use crate::{Result, db::Transaction};

/// Lines of one clause that is made so.
const MOST: usize = 500;

/// Makes a clause of so many lines from there on; answers the clause before it, if there is one, and
/// the new one.
///
/// # Errors
/// `invalid_request` where the source has no such lines, or nothing stands in them.
pub async fn insert(
    tx: &Transaction,
    version: StandardVersionId,
    (line, lines): (u32, u32),
) -> Result<Vec<clause::Model>> {
    let source = versions::source(tx, version).await?.lines;
    let (from, count) = (line as usize, lines as usize);
    let said = source.get(from..from.saturating_add(count)).filter(|it| it.len() <= MOST);
    let text = said.map(|it| it.join("\n")).unwrap_or_default();
    if text.trim().is_empty() {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("edit.line", "请选原文里有字的几行").into());
    }
    let at = i32::try_from(line).unwrap_or(i32::MAX);
    let before = clause::Entity::find()
        .filter(clause::Column::VersionId.eq(version))
        .filter(clause::Column::Line.lte(at))
        .order_by_desc(clause::Column::Position)
        .one(tx)
        .await?;
    let place = before.as_ref().map_or(0, |it| it.position);
    make_room(tx, version, place).await?;
    let row = made(version, before.as_ref(), (at, lines), &text);
    let row = row.into_active_model().reset_all().insert(tx).await?;
    Ok(before.into_iter().chain([row]).collect())
}

/// Moves what stands after a place one further.
pub(super) async fn make_room(
    tx: &Transaction,
    version: StandardVersionId,
    after: i32,
) -> Result<()> {
    clause::Entity::update_many()
        .col_expr(clause::Column::Position, Expr::col(clause::Column::Position).add(1))
        .filter(clause::Column::VersionId.eq(version))
        .filter(clause::Column::Position.gt(after))
        .exec(tx)
        .await?;
    Ok(())
}

/// It is as deep and as binding as what stands before it, until the officer says otherwise.
fn made(
    version: StandardVersionId,
    before: Option<&clause::Model>,
    (line, lines): (i32, u32),
    text: &str,
) -> clause::Model {
    let (number, text) = match numbering::head(text.trim()) {
        Some(head) => (head.number, head.rest),
        None => (String::new(), text.trim().to_owned()),
    };
    let text: String = text.chars().filter(|it| *it == '\n' || !it.is_control()).collect();
    let force = before.map_or(ClauseForce::Normative, |it| it.force);
    let modality = modality(&text);
    clause::Model {
        id: ClauseId(Uuid::now_v7()),
        version_id: version,
        key: ClauseKey(Uuid::now_v7()),
        parent_id: None,
        position: before.map_or(0, |it| it.position) + 1,
        depth: before.map_or(0, |it| it.depth),
        kind: before.map_or(ClauseKind::Article, |it| it.kind),
        number: number.chars().take(40).collect(),
        title: String::new(),
        text: text.chars().take(20_000).collect(),
        force,
        modality,
        must: Proposed::is_must(force, modality),
        line,
        lines: i32::try_from(lines).unwrap_or(1),
        pictures: before.and_then(|it| it.pictures.as_ref()).map(|_| clause::Pictures::default()),
    }
}
