//! A proposal becomes a version: from then on its clauses do not change.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, QueryFilter,
};
use shared::{
    accounts::PersonId,
    problem::{Code, Problem},
    standards::{ClauseId, ClauseKey, StandardVersionId, VersionStage, console::*},
};

use super::{
    changes::Comparison,
    entity::{clause, clause_post, version},
    moving, posts, standing,
    tasks::{self, Task, insert},
    upload::UNNAMED,
    versions,
};
use crate::{
    Result,
    db::{Connection, Transaction},
};

/// Which clauses of the version before those of a proposal are, as it was at one revision.
pub struct Origins {
    revision: i32,
    supersedes: Option<StandardVersionId>,
    of: HashMap<ClauseId, (ClauseId, ClauseKey)>,
}

impl Origins {
    /// Finds them before anybody has to wait for it: thousands of texts are compared.
    pub async fn find(db: &Connection, id: StandardVersionId) -> Result<Self> {
        let row = standing::by_id(db, id).await?;
        let of = Comparison::of(db, &row).await?.origins();
        Ok(Self { revision: row.revision, supersedes: row.supersedes, of })
    }
}

/// Makes the clauses final. Each takes the key of what it was in the version before.
///
/// # Errors
/// `version_conflict` where somebody edited it since; `version_unready` where it is no proposal;
/// `invalid_request` where its year or a date is missing.
pub async fn confirm(
    tx: &Transaction,
    request: &ConfirmVersion,
    origins: Origins,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = standing::lock(tx, request.version).await?;
    if row.import != VersionImport::Proposed {
        return Err(Code::VersionUnready.into());
    }
    let same = (origins.revision, origins.supersedes) == (row.revision, row.supersedes);
    if row.revision != request.revision || !same {
        return Err(Code::VersionConflict.into());
    }
    let row = match &request.details {
        Some(details) => versions::write(tx, row, details.clone(), now).await?,
        None => row,
    };
    check(&row, request.stage, now)?;
    let mut clauses = versions::all_clauses(tx, row.id).await?;
    if clauses.is_empty() {
        let problem = Problem::from(Code::VersionUnready);
        return Err(problem.detail("一条条款也没有，请检查文件").into());
    }
    let same = inherit(&mut clauses, &origins);
    settle_places(&mut clauses);
    write(tx, &row, request.stage, (clauses, by), now).await?;
    inherit_posts(tx, row.id, row.supersedes, &same).await?;
    tasks::enqueue(tx, Task::Index(row.id), now).await?;
    moving::entered(tx, row.id, now).await
}

/// Writes the clauses down as they stay, and the version that has them.
async fn write(
    tx: &Transaction,
    row: &version::Model,
    stage: VersionStage,
    (clauses, by): (Vec<clause::Model>, PersonId),
    now: DateTime<Utc>,
) -> Result<()> {
    clause::Entity::delete_many().filter(clause::Column::VersionId.eq(row.id)).exec(tx).await?;
    let musts = clauses.iter().filter(|it| it.must).count();
    let small = |it: usize| i32::try_from(it).unwrap_or(i32::MAX);
    let confirmed = version::ActiveModel {
        id: Unchanged(row.id),
        stage: Set(stage),
        import: Set(VersionImport::Confirmed),
        message: Set(None),
        clauses: Set(small(clauses.len())),
        musts: Set(small(musts)),
        confirmed_by: Set(Some(by)),
        confirmed_at: Set(Some(now)),
        ..Default::default()
    };
    insert(tx, clauses).await?;
    confirmed.update(tx).await?;
    Ok(())
}

/// What must be known before a version enters a stage.
pub(super) fn check(row: &version::Model, stage: VersionStage, now: DateTime<Utc>) -> Result<()> {
    let today = shared::time::local_date(now);
    let problem = Problem::from(Code::InvalidRequest);
    if row.label == UNNAMED {
        return Err(problem.field("details.label", "请先填写年号，如 2023").into());
    }
    if standing::LIVING.contains(&stage) && versions::is_over(row.withdrawn_on, now) {
        return Err(problem.field("details.withdrawn_on", versions::OVER).into());
    }
    match (stage, row.effective_on) {
        (VersionStage::Upcoming, None) => {
            Err(problem.field("details.effective_on", "待实施的版本要有实施日期").into())
        }
        (VersionStage::Current, Some(day)) if day > today => Err(problem
            .field("details.effective_on", "实施日期还没到，请选“待实施”，到那天会自动变成现行")
            .into()),
        (VersionStage::UnderRevision | VersionStage::Withdrawn, _)
            if row.confirmed_at.is_none() =>
        {
            Err(problem.field("stage", "新版本请选征求意见、待实施或现行").into())
        }
        _ => Ok(()),
    }
}

/// Gives clauses the keys of what they were, and answers which old clause each new one is.
fn inherit(clauses: &mut [clause::Model], origins: &Origins) -> Vec<(ClauseId, ClauseId)> {
    let mut same = Vec::new();
    for clause in clauses {
        if let Some((old, key)) = origins.of.get(&clause.id) {
            clause.key = *key;
            same.push((*old, clause.id));
        }
    }
    same
}

/// Numbers the clauses from 1 and names the parent of each.
fn settle_places(clauses: &mut [clause::Model]) {
    let mut open: Vec<(i32, ClauseId)> = Vec::new();
    for (position, clause) in (1..).zip(clauses) {
        open.retain(|it| it.0 < clause.depth);
        clause.parent_id = open.last().map(|it| it.1);
        clause.position = position;
        open.push((clause.depth, clause.id));
    }
}

/// A clause is for those for whom it was.
async fn inherit_posts(
    tx: &Transaction,
    version: StandardVersionId,
    before: Option<StandardVersionId>,
    same: &[(ClauseId, ClauseId)],
) -> Result<()> {
    let Some(before) = before else { return Ok(()) };
    let new: HashMap<ClauseId, ClauseId> = same.iter().copied().collect();
    let old = clause_post::Entity::find()
        .filter(clause_post::Column::ClauseId.in_subquery(versions::ids_of(before)))
        .all(tx)
        .await?;
    let rows = old.into_iter().filter_map(|it| {
        let clause_id = Set(*new.get(&it.clause_id)?);
        Some(clause_post::ActiveModel { clause_id, post_id: Set(it.post_id) })
    });
    let rows: Vec<_> = rows.collect();
    for some in rows.chunks(500) {
        clause_post::Entity::insert_many(some.to_vec()).exec_without_returning(tx).await?;
    }
    posts::count(tx, version).await
}
