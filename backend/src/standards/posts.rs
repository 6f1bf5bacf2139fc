//! Whom clauses are for.

use std::collections::BTreeSet;

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait, Query},
};
use shared::{
    organizations::PostId,
    problem::{Code, Problem},
    standards::{ClauseId, StandardVersionId, console::*},
};

use super::{
    entity::{clause, clause_post, version_post},
    standing, versions,
};
use crate::{
    Result,
    db::{Connection, Transaction},
    organizations,
};

pub async fn find(db: &Connection, id: ClauseId) -> Result<clause::Model> {
    Ok(clause::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?)
}

/// Says whom a clause, and all below it if so asked, is for; answers the clauses as they are now.
///
/// # Errors
/// `version_unready` before the version is confirmed.
pub async fn set(tx: &Transaction, request: SetClausePosts) -> Result<Vec<ClauseRow>> {
    let clause = find(tx, request.clause).await?;
    let version = standing::lock(tx, clause.version_id).await?;
    if version.confirmed_at.is_none() {
        return Err(Code::VersionUnready.into());
    }
    let known = organizations::post_names(tx).await?;
    let posts: BTreeSet<PostId> = request.posts.into_iter().collect();
    if posts.iter().any(|it| !known.contains_key(it)) {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("posts", "有一个岗位已经不在了，请重新选").into());
    }
    let clauses = if request.with_below { below(tx, clause).await? } else { vec![clause] };
    for some in clauses.chunks(500) {
        clause_post::Entity::delete_many()
            .filter(clause_post::Column::ClauseId.is_in(some.iter().map(|it| it.id)))
            .exec(tx)
            .await?;
    }
    let rows = clauses.iter().flat_map(|clause| {
        let row = |post| clause_post::ActiveModel { clause_id: Set(clause.id), post_id: Set(post) };
        posts.iter().copied().map(row)
    });
    let rows: Vec<_> = rows.collect();
    for some in rows.chunks(500) {
        clause_post::Entity::insert_many(some.to_vec()).exec_without_returning(tx).await?;
    }
    count(tx, version.id).await?;
    versions::rows(tx, clauses).await
}

/// Whom any of these clauses is for.
pub async fn of_clauses(db: &Connection, clauses: &[ClauseId]) -> Result<BTreeSet<PostId>> {
    let mut found = BTreeSet::new();
    for some in clauses.chunks(500) {
        let of = clause_post::Column::ClauseId.is_in(some.iter().copied());
        let rows = clause_post::Entity::find().filter(of).all(db).await?;
        found.extend(rows.into_iter().map(|it| it.post_id));
    }
    Ok(found)
}

/// A clause and what hangs on it: whatever follows and stands deeper.
async fn below(tx: &Transaction, clause: clause::Model) -> Result<Vec<clause::Model>> {
    let after = clause::Entity::find()
        .filter(clause::Column::VersionId.eq(clause.version_id))
        .filter(clause::Column::Position.gt(clause.position))
        .order_by_asc(clause::Column::Position)
        .all(tx)
        .await?;
    let depth = clause.depth;
    let hanging = after.into_iter().take_while(|it| it.depth > depth);
    Ok(std::iter::once(clause).chain(hanging).collect())
}

/// Counts anew how many clauses of a version say what each post must do.
pub async fn count(tx: &Transaction, version: StandardVersionId) -> Result<()> {
    version_post::Entity::delete_many()
        .filter(version_post::Column::VersionId.eq(version))
        .exec(tx)
        .await?;
    let clause = |column| Expr::col((clause::Entity, column));
    let post = |column| Expr::col((clause_post::Entity, column));
    let mut counts = Query::select();
    counts
        .expr(clause(clause::Column::VersionId))
        .expr(post(clause_post::Column::PostId))
        .expr(clause(clause::Column::Id).count())
        .from(clause_post::Entity)
        .inner_join(
            clause::Entity,
            clause(clause::Column::Id).equals((clause_post::Entity, clause_post::Column::ClauseId)),
        )
        .and_where(clause(clause::Column::VersionId).eq(version))
        .and_where(clause(clause::Column::Must).eq(true))
        .group_by_col((clause::Entity, clause::Column::VersionId))
        .group_by_col((clause_post::Entity, clause_post::Column::PostId));
    let mut insert = Query::insert();
    insert.into_table(version_post::Entity).columns([
        version_post::Column::VersionId,
        version_post::Column::PostId,
        version_post::Column::Musts,
    ]);
    insert.select_from(counts).map_err(anyhow::Error::from)?;
    tx.execute(&insert).await?;
    Ok(())
}
