//! How many 应-clauses of what is in force are taught and examined, by standard and post. Only links
//! are counted here; how many clauses there are was counted when they were confirmed.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use shared::{
    organizations::PostId,
    standards::{StandardVersionId, console::*},
};

use super::{
    entity::{clause_post, link, version, version_post},
    standing,
};
use crate::{Result, db::Connection, organizations};

pub async fn coverage(db: &Connection) -> Result<Coverage> {
    let versions = version::Entity::find()
        .filter(version::Column::Id.in_subquery(standing::in_stages(&standing::IN_FORCE)))
        .order_by_asc(version::Column::StandardId)
        .all(db)
        .await?;
    let standards = standing::standards_of(db, versions.iter().map(|it| it.standard_id)).await?;
    // The two that count are most of it: neither waits for the other.
    let (by_post, all, musts, names) = tokio::try_join!(
        covered_posts(db),
        covered(db, link_counts()),
        musts(db),
        organizations::post_names(db),
    )?;
    let mut posts: Vec<CoveragePost> = names
        .into_iter()
        .filter(|(id, _)| musts.keys().any(|(_, post)| post == id))
        .map(|(id, name)| CoveragePost { id, name })
        .collect();
    posts.sort_by(|a, b| a.name.cmp(&b.name));
    let row = |version: version::Model| {
        let standard = standards.get(&version.standard_id)?;
        let of_post = |post: &CoveragePost| {
            let key = (version.id, post.id);
            let covered = by_post.get(&key).copied().unwrap_or_default();
            Covered { musts: musts.get(&key).copied().unwrap_or_default(), ..covered }
        };
        let covered = all.get(&version.id).copied().unwrap_or_default();
        Some(CoverageRow {
            standard: version.standard_id,
            version: version.id,
            name: format!("{} {}", standing::name(standard, &version), standard.title),
            all: Covered { musts: u32::try_from(version.musts).unwrap_or_default(), ..covered },
            posts: posts.iter().map(of_post).collect(),
        })
    };
    let mut rows: Vec<CoverageRow> = versions.into_iter().filter_map(row).collect();
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Coverage { posts, rows })
}

/// How many clauses of each version say what each post must do.
async fn musts(db: &Connection) -> Result<HashMap<(StandardVersionId, PostId), u32>> {
    let rows = version_post::Entity::find()
        .filter(version_post::Column::Musts.gt(0))
        .filter(
            version_post::Column::VersionId.in_subquery(standing::in_stages(&standing::IN_FORCE)),
        )
        .all(db)
        .await?;
    let count = |it: i32| u32::try_from(it).unwrap_or_default();
    Ok(rows.into_iter().map(|it| ((it.version_id, it.post_id), count(it.musts))).collect())
}

/// Valid links to 应-clauses, which count as taught or examined, from what learners get.
pub fn counting() -> Select<link::Entity> {
    link::Entity::find()
        .filter(link::Column::Live.eq(true))
        .filter(link::Column::Must.eq(true))
        .filter(link::Column::State.eq(LinkState::Valid))
        .filter(link::Column::Kind.is_in([LinkKind::Taught, LinkKind::Examined]))
}

/// How many clauses of each version are linked, by what for.
fn link_counts() -> SelectStatement {
    let clauses = Expr::col((link::Entity, link::Column::ClauseId)).count_distinct();
    counting()
        .select_only()
        .columns([link::Column::VersionId, link::Column::Kind])
        .column_as(clauses, "clauses")
        .group_by(link::Column::VersionId)
        .group_by(link::Column::Kind)
        .into_query()
}

fn add(covered: &mut Covered, kind: LinkKind, clauses: i64) {
    let clauses = u32::try_from(clauses).unwrap_or_default();
    match kind {
        LinkKind::Taught => covered.taught = clauses,
        LinkKind::Examined => covered.examined = clauses,
        LinkKind::Inspected | LinkKind::Cited => {}
    }
}

async fn covered(
    db: &Connection,
    counts: SelectStatement,
) -> Result<HashMap<StandardVersionId, Covered>> {
    let mut found = HashMap::<StandardVersionId, Covered>::new();
    for row in db.query_all(&counts).await? {
        let version = row.try_get_by_index(0)?;
        add(found.entry(version).or_default(), row.try_get_by_index(1)?, row.try_get_by_index(2)?);
    }
    Ok(found)
}

async fn covered_posts(db: &Connection) -> Result<HashMap<(StandardVersionId, PostId), Covered>> {
    let post = |column| Expr::col((clause_post::Entity, column));
    let mut counts = link_counts();
    counts
        .expr(post(clause_post::Column::PostId))
        .inner_join(
            clause_post::Entity,
            post(clause_post::Column::ClauseId).equals((link::Entity, link::Column::ClauseId)),
        )
        .group_by_col((clause_post::Entity, clause_post::Column::PostId));
    let mut found = HashMap::<_, Covered>::new();
    for row in db.query_all(&counts).await? {
        let key = (row.try_get_by_index(0)?, row.try_get_by_index(3)?);
        add(found.entry(key).or_default(), row.try_get_by_index(1)?, row.try_get_by_index(2)?);
    }
    Ok(found)
}
