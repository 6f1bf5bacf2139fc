//! The officer's edits of what was proposed: merge, split, rewrite, insert, remove, and its pictures.
//! Each is one call, and only before the version is confirmed.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};
use shared::{
    problem::{Code, Problem},
    standards::{ClauseId, ClauseKey, StandardVersionId, console::*},
};
use uuid::Uuid;

use super::{
    entity::{clause, version},
    files, inserting,
    modality::modality,
    numbering, picturing,
    splitting::Proposed,
    versions,
};
use crate::{Result, db::Transaction, roster::tidy};

/// Characters of one clause.
const LONGEST: usize = 20_000;

/// Carries an edit out and answers what it changed.
///
/// # Errors
/// `version_conflict` where somebody else edited the proposal since or it is no proposal any more.
pub async fn edit(tx: &Transaction, request: EditProposal) -> Result<ProposalChange> {
    let EditProposal { version, revision, edit } = request;
    let begun = version::Entity::update_many()
        .col_expr(version::Column::Revision, Expr::col(version::Column::Revision).add(1))
        .filter(version::Column::Id.eq(version))
        .filter(version::Column::Revision.eq(revision))
        .filter(version::Column::Import.eq(VersionImport::Proposed))
        .exec(tx)
        .await?;
    if begun.rows_affected == 0 {
        return Err(Code::VersionConflict.into());
    }
    let (changed, removed) = match edit {
        ClauseEdit::Merge { clause } => merge(tx, version, clause).await?,
        ClauseEdit::Split { clause, at } => (split(tx, version, clause, at).await?, Vec::new()),
        ClauseEdit::Insert { line, lines } => {
            (inserting::insert(tx, version, (line, lines)).await?, Vec::new())
        }
        ClauseEdit::Remove { clause } => (Vec::new(), vec![remove(tx, version, clause).await?]),
        ClauseEdit::Pictures { clause, pictures } => {
            let row = find(tx, version, clause).await?;
            (vec![write(tx, picturing::set(tx, row, pictures).await?).await?], Vec::new())
        }
        ClauseEdit::MovePicture { clause, picture, on } => {
            let row = find(tx, version, clause).await?;
            let mut both = Vec::new();
            for row in picturing::shift(tx, row, picture, on).await? {
                both.push(write(tx, row).await?);
            }
            (both, Vec::new())
        }
        write @ ClauseEdit::Write { .. } => (vec![rewrite(tx, version, write).await?], Vec::new()),
    };
    files::note(tx, &changed).await?;
    let changed = versions::rows(tx, changed).await?;
    Ok(ProposalChange { revision: revision + 1, changed, removed })
}

async fn find(tx: &Transaction, version: StandardVersionId, id: ClauseId) -> Result<clause::Model> {
    let find = clause::Entity::find_by_id(id).filter(clause::Column::VersionId.eq(version));
    Ok(find.one(tx).await?.ok_or(Code::NotFound)?)
}

/// Writes a clause as it is now, with what its text demands.
async fn write(tx: &Transaction, mut row: clause::Model) -> Result<clause::Model> {
    if row.text.chars().count() > LONGEST {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("edit.text", format!("一条最多 {LONGEST} 个字")).into());
    }
    row.modality = modality(if row.text.is_empty() { &row.title } else { &row.text });
    row.must = Proposed::is_must(row.force, row.modality);
    Ok(row.into_active_model().reset_all().update(tx).await?)
}

async fn merge(
    tx: &Transaction,
    version: StandardVersionId,
    id: ClauseId,
) -> Result<(Vec<clause::Model>, Vec<ClauseId>)> {
    let clause = find(tx, version, id).await?;
    let before = clause::Entity::find()
        .filter(clause::Column::VersionId.eq(version))
        .filter(clause::Column::Position.lt(clause.position))
        .order_by_desc(clause::Column::Position)
        .one(tx)
        .await?;
    let Some(mut before) = before else {
        return Err(Problem::from(Code::InvalidRequest)
            .field("edit", "前面没有可以并入的条款")
            .into());
    };
    let said = [&clause.number, &clause.title].into_iter().filter(|it| !it.is_empty());
    let head = said.cloned().collect::<Vec<_>>().join(" ");
    let tail = match (head.is_empty(), clause.text.is_empty()) {
        (true, _) => clause.text.clone(),
        (false, true) => head,
        (false, false) if clause.title.is_empty() => format!("{head} {}", clause.text),
        (false, false) => format!("{head}\n{}", clause.text),
    };
    if !before.text.is_empty() && !tail.is_empty() {
        before.text.push('\n');
    }
    before.text.push_str(&tail);
    before.lines = Ord::max(clause.line + clause.lines - before.line, before.lines);
    if let Some(pictures) = clause.pictures {
        before.pictures.get_or_insert_default().0.extend(pictures.0);
    }
    clause::Entity::delete_by_id(id).exec(tx).await?;
    Ok((vec![write(tx, before).await?], vec![id]))
}

async fn split(
    tx: &Transaction,
    version: StandardVersionId,
    id: ClauseId,
    at: u32,
) -> Result<Vec<clause::Model>> {
    let mut first = find(tx, version, id).await?;
    let place = first.text.char_indices().nth(at as usize).map(|it| it.0).filter(|it| *it > 0);
    let Some(place) = place else {
        return Err(Problem::from(Code::InvalidRequest)
            .field("edit.at", "请把光标放在要拆开的地方")
            .into());
    };
    let tail = first.text.split_off(place);
    first.text.truncate(first.text.trim_end().len());
    inserting::make_room(tx, version, first.position).await?;
    let head = numbering::head(tail.trim());
    let (number, text) = match head {
        Some(head) => (head.number, head.rest),
        None => (String::new(), tail.trim().to_owned()),
    };
    let modality = modality(&text);
    // Where its lines are is known only where lines became paragraphs one by one.
    let passed = i32::try_from(first.text.matches('\n').count()).unwrap_or_default() + 1;
    let passed = Ord::min(passed, first.lines);
    let second = clause::Model {
        id: ClauseId(Uuid::now_v7()),
        key: ClauseKey(Uuid::now_v7()),
        position: first.position + 1,
        number,
        title: String::new(),
        modality,
        must: Proposed::is_must(first.force, modality),
        text,
        line: first.line + Ord::min(passed, first.lines - 1),
        lines: Ord::max(first.lines - passed, 1),
        ..first.clone()
    };
    // They stood below the end of the text.
    first.pictures = first.pictures.map(|_| clause::Pictures::default());
    first.lines = passed;
    let second = second.into_active_model().reset_all().insert(tx).await?;
    Ok(vec![write(tx, first).await?, second])
}

async fn rewrite(
    tx: &Transaction,
    version: StandardVersionId,
    edit: ClauseEdit,
) -> Result<clause::Model> {
    let ClauseEdit::Write { clause, kind, depth, number, title, text, force } = edit else {
        return Err(Code::InvalidRequest.into());
    };
    let (number, title) = (tidy(&number), tidy(&title));
    let mut problem = Problem::from(Code::InvalidRequest);
    for (field, text, most) in [("edit.number", &number, 40), ("edit.title", &title, 200)] {
        if text.chars().count() > most {
            problem = problem.field(field, format!("最多 {most} 个字"));
        }
    }
    if depth > 9 {
        problem = problem.field("edit.depth", "最多十层");
    }
    if number.is_empty() && title.is_empty() && text.trim().is_empty() {
        problem = problem.field("edit.text", "请填写编号、标题或正文；不要这一条就删去它");
    }
    if !problem.fields.is_empty() {
        return Err(problem.into());
    }
    let row = find(tx, version, clause).await?;
    let depth = i32::try_from(depth).unwrap_or_default();
    let text = text.trim().chars().filter(|it| *it == '\n' || !it.is_control()).collect();
    write(tx, clause::Model { depth, kind, number, title, text, force, ..row }).await
}

async fn remove(tx: &Transaction, version: StandardVersionId, id: ClauseId) -> Result<ClauseId> {
    let clause = find(tx, version, id).await?;
    clause::Entity::delete_by_id(clause.id).exec(tx).await?;
    Ok(id)
}
