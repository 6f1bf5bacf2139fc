//! One version: what it is called, its source and its clauses.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use shared::{
    organizations::PostId,
    problem::{Code, Problem},
    standards::{ClauseId, StandardVersionId, console::*},
};

use super::{
    entity::{clause, clause_post, link, source, version},
    standing,
};
use crate::{
    Result,
    accounts::Reach,
    db::{Connection, Transaction},
    error::OnUnique,
    roster::tidy,
};

/// Clauses of one page.
const PAGE: u64 = 500;

pub async fn show(db: &Connection, reach: &Reach, row: version::Model) -> Result<StandardVersion> {
    let mut standards = standing::standards_of(db, [row.standard_id]).await?;
    let standard = standards.remove(&row.standard_id).ok_or(Code::NotFound)?;
    Ok(standing::shown(&standard, reach, row))
}

pub async fn save(tx: &Transaction, request: SaveVersion, now: DateTime<Utc>) -> Result<()> {
    let row = standing::lock(tx, request.version).await?;
    write(tx, row, request.details, now).await.map(drop)
}

/// Writes the year and the days of a version that is locked.
pub(super) async fn write(
    tx: &Transaction,
    row: version::Model,
    mut details: VersionDetails,
    now: DateTime<Utc>,
) -> Result<version::Model> {
    details.label = tidy(&details.label);
    check(&row, &details, now)?;
    let VersionDetails { label, published_on, effective_on, withdrawn_on } = details;
    let saved = version::ActiveModel {
        id: Unchanged(row.id),
        label: Set(label),
        published_on: Set(published_on),
        effective_on: Set(effective_on),
        withdrawn_on: Set(withdrawn_on),
        ..Default::default()
    };
    saved.update(tx).await.on_unique(Code::StandardExists)
}

fn check(row: &version::Model, details: &VersionDetails, now: DateTime<Utc>) -> Result<()> {
    let VersionDetails { label, published_on, effective_on, withdrawn_on } = details;
    let mut problem = Problem::from(Code::InvalidRequest);
    if label.is_empty() || label.chars().count() > 20 {
        problem = problem.field("details.label", "请填写年号，如 2023，最多 20 个字");
    }
    let later = |first: &Option<NaiveDate>, then: &Option<NaiveDate>| {
        first.zip(*then).is_some_and(|(first, then)| then < first)
    };
    if later(published_on, effective_on) {
        problem = problem.field("details.effective_on", "实施日期不能早于发布日期");
    }
    if later(effective_on, withdrawn_on) {
        problem = problem.field("details.withdrawn_on", "废止日期不能早于实施日期");
    }
    let living = row.confirmed_at.is_some() && standing::LIVING.contains(&row.stage);
    if living && *withdrawn_on != row.withdrawn_on && is_over(*withdrawn_on, now) {
        problem = problem.field("details.withdrawn_on", OVER);
    }
    if problem.fields.is_empty() { Ok(()) } else { Err(problem.into()) }
}

/// What is said of a last day that has come: the version would be withdrawn at once, unasked.
pub(super) const OVER: &str = "废止日期要在今天以后；现在就废止，请把状态改成“废止”";

pub(super) fn is_over(withdrawn_on: Option<NaiveDate>, now: DateTime<Utc>) -> bool {
    withdrawn_on.is_some_and(|it| it <= shared::time::local_date(now))
}

/// Forgets a version that was never confirmed, with all that it proposed.
///
/// # Errors
/// `version_unready` where it is confirmed.
pub async fn discard(tx: &Transaction, id: StandardVersionId) -> Result<()> {
    let row = standing::lock(tx, id).await?;
    if row.confirmed_at.is_some() {
        return Err(Code::VersionUnready.into());
    }
    clause::Entity::delete_many().filter(clause::Column::VersionId.eq(id)).exec(tx).await?;
    source::Entity::delete_by_id(id).exec(tx).await?;
    version::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

pub async fn source(db: &Connection, id: StandardVersionId) -> Result<Source> {
    let find = source::Entity::find_by_id(id).select_only().column(source::Column::Lines);
    let lines: Option<source::Lines> = find.into_tuple().one(db).await?;
    Ok(Source { lines: lines.unwrap_or_default().0 })
}

/// The file that a version was read from; none where that was before files were kept.
pub async fn file(db: &Connection, id: StandardVersionId) -> Result<Option<Vec<u8>>> {
    let find = source::Entity::find_by_id(id).select_only().column(source::Column::File);
    let file: Option<Option<Vec<u8>>> = find.into_tuple().one(db).await?;
    Ok(file.flatten())
}

/// A page of the clauses in their order.
pub async fn clauses(
    db: &Connection,
    version: &version::Model,
    skip: Option<u32>,
) -> Result<Clauses> {
    let find = clause::Entity::find().filter(clause::Column::VersionId.eq(version.id));
    let total = find.clone().count(db).await?;
    let find = find.order_by_asc(clause::Column::Position).order_by_asc(clause::Column::Id);
    let page = find.offset(u64::from(skip.unwrap_or_default())).limit(PAGE).all(db).await?;
    Ok(Clauses {
        items: rows(db, page).await?,
        total: u32::try_from(total).unwrap_or(u32::MAX),
        revision: version.revision,
    })
}

/// Clauses as they are shown, with their posts and how many links they have.
pub async fn rows(db: &Connection, clauses: Vec<clause::Model>) -> Result<Vec<ClauseRow>> {
    let ids: Vec<ClauseId> = clauses.iter().map(|it| it.id).collect();
    let mut posts = HashMap::<ClauseId, Vec<PostId>>::new();
    let find = clause_post::Entity::find()
        .filter(clause_post::Column::ClauseId.is_in(ids.iter().copied()));
    for row in find.all(db).await? {
        posts.entry(row.clause_id).or_default().push(row.post_id);
    }
    let links = link_counts(db, &ids).await?;
    let small = |it: i32| u32::try_from(it).unwrap_or_default();
    let row = |it: clause::Model| ClauseRow {
        pictures: it.shown(),
        depth: small(it.depth),
        kind: it.kind,
        number: it.number,
        title: it.title,
        text: it.text,
        force: it.force,
        modality: it.modality,
        line: small(it.line),
        lines: small(it.lines),
        posts: posts.remove(&it.id).unwrap_or_default(),
        links: links.get(&it.id).copied().unwrap_or_default(),
        id: it.id,
    };
    Ok(clauses.into_iter().map(row).collect())
}

async fn link_counts(db: &Connection, ids: &[ClauseId]) -> Result<HashMap<ClauseId, u32>> {
    let counts: Vec<(ClauseId, i64)> = link::Entity::find()
        .select_only()
        .column(link::Column::ClauseId)
        .column_as(link::Column::Id.count(), "links")
        .filter(link::Column::ClauseId.is_in(ids.iter().copied()))
        .filter(link::Column::State.ne(LinkState::Ended))
        .group_by(link::Column::ClauseId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(counts.into_iter().map(|(id, it)| (id, u32::try_from(it).unwrap_or_default())).collect())
}

/// All clauses of a version in their order.
pub async fn all_clauses(db: &Connection, id: StandardVersionId) -> Result<Vec<clause::Model>> {
    let find = clause::Entity::find().filter(clause::Column::VersionId.eq(id));
    let find = find.order_by_asc(clause::Column::Position).order_by_asc(clause::Column::Id);
    Ok(find.all(db).await?)
}

/// Which of a version's clauses there are, as a subquery.
pub fn ids_of(id: StandardVersionId) -> sea_orm::sea_query::SelectStatement {
    let find = clause::Entity::find().select_only().column(clause::Column::Id);
    find.filter(clause::Column::VersionId.eq(id)).into_query()
}
