//! 有标无课, 有课无标, 有题无条: what is linked to nothing.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use shared::standards::{StandardVersionId, console::*};

use super::{
    coverage,
    entity::{clause, link, version},
    standing,
};
use crate::{Result, accounts::Reach, courses, db::Connection, quizzes};

/// Rows of one page.
const PAGE: u64 = 50;

pub async fn list(db: &Connection, reach: &Reach, request: ListOrphans) -> Result<Orphans> {
    let page = (u64::from(request.skip.unwrap_or_default()), PAGE);
    match request.kind {
        OrphanKind::ClauseWithoutCourse => clauses(db, &request, page).await,
        OrphanKind::CourseWithoutClause => courses_(db, reach, page).await,
        OrphanKind::QuestionWithoutClause => questions(db, reach, page).await,
    }
}

fn orphans(items: Vec<Orphan>, total: u64) -> Orphans {
    Orphans { items, total: u32::try_from(total).unwrap_or(u32::MAX) }
}

/// 应-clauses of what is in force that no published course teaches.
async fn clauses(
    db: &Connection,
    request: &ListOrphans,
    (skip, most): (u64, u64),
) -> Result<Orphans> {
    let mut find = version::Entity::find()
        .filter(version::Column::Id.in_subquery(standing::in_stages(&standing::IN_FORCE)));
    if let Some(standard) = request.standard {
        find = find.filter(version::Column::StandardId.eq(standard));
    }
    let versions: HashMap<StandardVersionId, version::Model> =
        find.all(db).await?.into_iter().map(|it| (it.id, it)).collect();
    let ids = || versions.keys().copied();
    let taught: Vec<i64> = coverage::counting()
        .filter(link::Column::Kind.eq(LinkKind::Taught))
        .filter(link::Column::VersionId.is_in(ids()))
        .select_only()
        .column_as(Expr::col((link::Entity, link::Column::ClauseId)).count_distinct(), "taught")
        .into_tuple()
        .all(db)
        .await?;
    let musts: i64 = versions.values().map(|it| i64::from(it.musts)).sum();
    let total = musts - taught.first().copied().unwrap_or_default();
    let found = clause::Entity::find()
        .filter(clause::Column::VersionId.is_in(ids()))
        // As the partial index says it, so that both databases use it.
        .filter(Expr::cust("must"))
        .filter(Expr::not_exists(teaching()))
        .order_by_asc(clause::Column::VersionId)
        .order_by_asc(clause::Column::Position)
        .offset(skip)
        .limit(most)
        .all(db)
        .await?;
    let names = standing::names(db, ids()).await?;
    let orphan = |it: clause::Model| Orphan {
        of: names.get(&it.version_id).cloned().unwrap_or_default(),
        standard: versions.get(&it.version_id).map(|it| it.standard_id),
        text: if it.text.is_empty() { it.title } else { it.text },
        number: it.number,
        clause: Some(it.id),
        course: None,
        question: None,
    };
    let total = u64::try_from(total).unwrap_or_default();
    Ok(orphans(found.into_iter().map(orphan).collect(), total))
}

/// A valid link by which the clause of the statement around this one is taught.
fn teaching() -> SelectStatement {
    let mut select = coverage_links();
    select.and_where(Expr::col((link::Entity, link::Column::Kind)).eq(LinkKind::Taught));
    select.and_where(
        Expr::col((link::Entity, link::Column::ClauseId))
            .equals((clause::Entity, clause::Column::Id)),
    );
    select.expr(Expr::val(1));
    select
}

fn coverage_links() -> SelectStatement {
    link::Entity::find()
        .select_only()
        .filter(link::Column::Live.eq(true))
        .filter(link::Column::State.eq(LinkState::Valid))
        .into_query()
}

/// Published courses that cite nothing in what learners get.
async fn courses_(db: &Connection, reach: &Reach, page: (u64, u64)) -> Result<Orphans> {
    let linked = link::Entity::find()
        .select_only()
        .column(link::Column::CourseId)
        .filter(link::Column::Live.eq(true))
        .filter(link::Column::State.eq(LinkState::Valid))
        .into_query();
    let (found, total) = courses::published_except(db, reach, linked, page).await?;
    let orphan = |(id, title)| Orphan {
        number: String::new(),
        text: title,
        of: String::new(),
        clause: None,
        standard: None,
        course: Some(id),
        question: None,
    };
    Ok(orphans(found.into_iter().map(orphan).collect(), total))
}

/// Questions that examine nothing that is written.
async fn questions(db: &Connection, reach: &Reach, page: (u64, u64)) -> Result<Orphans> {
    let linked = link::Entity::find()
        .select_only()
        .column(link::Column::QuestionId)
        .filter(link::Column::State.eq(LinkState::Valid))
        .filter(link::Column::QuestionId.is_not_null())
        .into_query();
    let asked = (courses::managed_ids(reach), courses::live_revision_ids());
    let (found, total) = quizzes::questions_except(db, asked, linked, page).await?;
    let ids: Vec<_> = found.iter().map(|it| it.course).collect();
    let titles = courses::titles(db, &ids).await?;
    let orphan = |it: quizzes::QuestionHead| Orphan {
        number: String::new(),
        text: it.stem,
        of: titles.get(&it.course).cloned().unwrap_or_default(),
        clause: None,
        standard: None,
        course: Some(it.course),
        question: Some(it.id),
    };
    Ok(orphans(found.into_iter().map(orphan).collect(), total))
}
