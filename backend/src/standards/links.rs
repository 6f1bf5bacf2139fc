//! Links between clauses and what is taught or asked.

mod list;
mod review;
mod shown;
mod target;
mod telling;
mod texts;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter,
};
use shared::{
    accounts::PersonId,
    problem::{Code, Problem},
    standards::{ClauseId, ClauseLinkId, console::*},
};
use uuid::Uuid;

use super::{
    entity::{clause, link, version},
    live, posts, standing,
};
use crate::{
    Result,
    accounts::{Caller, Reach},
    courses,
    db::{Connection, Transaction},
    roster::tidy,
};

pub use list::list;
pub use review::{end, end_of_course, review, submit};
pub use target::{Place, of_row as target_of};
pub use telling::{review as review_and_tell, submit as submit_and_tell};
pub use texts::questions as question_texts;

pub async fn show(
    db: &Connection,
    caller: &Caller,
    reach: &Reach,
    id: ClauseLinkId,
) -> Result<ClauseLink> {
    let row = link::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?;
    let shown = shown::all(db, caller, reach, vec![row]).await?;
    Ok(shown.into_iter().next().ok_or(Code::NotFound)?)
}

/// A link of a course that somebody who reaches so far may change.
///
/// # Errors
/// `not_found`, whether it is out of reach or does not exist.
pub async fn find_managed(db: &Connection, reach: &Reach, id: ClauseLinkId) -> Result<link::Model> {
    let find = link::Entity::find_by_id(id)
        .filter(link::Column::CourseId.in_subquery(courses::managed_ids(reach)));
    Ok(find.one(db).await?.ok_or(Code::NotFound)?)
}

/// A draft of a link; `place` is what the target was found to be.
///
/// # Errors
/// `not_found` where its course was removed meanwhile; `invalid_request` where the clause's version
/// cannot be linked to.
pub async fn add(
    tx: &Transaction,
    request: LinkClause,
    place: Place,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<ClauseLinkId> {
    let id = ClauseLinkId(Uuid::now_v7());
    add_as(tx, id, (request, place), by, now).await?;
    Ok(id)
}

/// The same, under an id that something else names already.
pub async fn add_as(
    tx: &Transaction,
    id: ClauseLinkId,
    (request, place): (LinkClause, Place),
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    check_kind(place.kind, request.kind)?;
    courses::lock(tx, place.course).await?;
    let (clause, version) = linkable(tx, request.clause, request.dated).await?;
    let row = link::ActiveModel {
        id: Set(id),
        clause_id: Set(clause.id),
        clause_key: Set(clause.key),
        version_id: Set(version.id),
        standard_id: Set(version.standard_id),
        course_id: Set(place.course),
        lesson_id: Set(place.lesson),
        question_id: Set(place.question),
        item_id: Set(place.item),
        place: Set(place.kind),
        card: Set(place.card),
        card_title: Set(place.card_title),
        former_titles: Set(link::Titles::default()),
        from_second: Set(place.seconds.map(|it| it.0)),
        to_second: Set(place.seconds.map(|it| it.1)),
        kind: Set(request.kind),
        coverage: Set(request.coverage),
        dated: Set(request.dated),
        state: Set(LinkState::Draft),
        reason: Set(None),
        live: Set(false),
        must: Set(clause.must),
        note: Set(note(&request.note)?),
        returned: Set(String::new()),
        author: Set(by),
        reviewer: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
        reviewed_at: Set(None),
    };
    row.insert(tx).await?;
    live::mark_new(tx, place.course, (id, place.item)).await
}

/// Makes a link a draft that says this; whoever writes it is its author.
pub async fn save(
    tx: &Transaction,
    request: SaveClauseLink,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let found = link::Entity::find_by_id(request.link).one(tx).await?.ok_or(Code::NotFound)?;
    if found.state == LinkState::Ended {
        return Err(Code::VersionConflict.into());
    }
    if found.reason == Some(StaleReason::PlaceGone) {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("target", "课程里的这一处已经删了，请解除这个链接").into());
    }
    check_kind(found.place, request.kind)?;
    let (clause, version) = linkable(tx, request.clause, request.dated).await?;
    if version.standard_id != found.standard_id {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("clause", "请选同一个标准的条款").into());
    }
    let draft = link::ActiveModel {
        must: Set(clause.must),
        clause_id: Set(clause.id),
        clause_key: Set(clause.key),
        version_id: Set(version.id),
        kind: Set(request.kind),
        coverage: Set(request.coverage),
        dated: Set(request.dated),
        state: Set(LinkState::Draft),
        reason: Set(None),
        note: Set(note(&request.note)?),
        returned: Set(String::new()),
        author: Set(by),
        reviewer: Set(None),
        updated_at: Set(now),
        reviewed_at: Set(None),
        ..Default::default()
    };
    write(tx, request.link, draft).await
}

/// Nobody locked the row: it may have been ended, or have lost its place, since it was read.
async fn write(tx: &Transaction, id: ClauseLinkId, draft: link::ActiveModel) -> Result<()> {
    let there = Condition::any()
        .add(link::Column::Reason.is_null())
        .add(link::Column::Reason.ne(StaleReason::PlaceGone));
    let written = link::Entity::update_many()
        .set(draft)
        .filter(link::Column::Id.eq(id))
        .filter(link::Column::State.ne(LinkState::Ended))
        .filter(there)
        .exec(tx)
        .await?;
    if written.rows_affected == 0 {
        return Err(Code::VersionConflict.into());
    }
    Ok(())
}

/// Whoever is examined by doing is not taught by it, and coverage would say so.
fn check_kind(place: LinkPlace, kind: LinkKind) -> Result<()> {
    if place == LinkPlace::ChecklistItem && kind == LinkKind::Taught {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("kind", "考核项不讲课，用途请选“考核”").into());
    }
    Ok(())
}

fn note(text: &str) -> Result<String> {
    let text = tidy(text);
    if text.chars().count() > 200 {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("note", "说明最多 200 个字").into());
    }
    Ok(text)
}

/// A clause that can be linked to: of a version that is in force or will be, or, 注日期, of any that
/// is confirmed.
async fn linkable(
    tx: &Transaction,
    id: ClauseId,
    dated: bool,
) -> Result<(clause::Model, version::Model)> {
    let clause = posts::find(tx, id).await?;
    let version = standing::by_id(tx, clause.version_id).await?;
    if version.confirmed_at.is_none() {
        return Err(Code::NotFound.into());
    }
    if !dated && !standing::LIVING.contains(&version.stage) {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("clause", "这个版本没有实施或已经废止，只能注日期引用").into());
    }
    Ok((clause, version))
}
