//! Carrying links over to a version whose clauses say the same, by one click.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter};
use shared::{
    problem::{Code, Problem},
    standards::{
        ClauseId, ClauseLinkId, StandardVersionId, VersionStage,
        console::{LinkState, LinksCarried},
    },
    time,
};

use super::{
    entity::{link, version},
    moving::{Fate, fates},
    standing,
};
use crate::{
    Result,
    accounts::Reach,
    courses,
    db::{Connection, Transaction},
};

/// Whether links may hold on to a version that are not 注日期: what was never in force, or is no more,
/// must not take them from what is.
fn is_open(version: &version::Model) -> bool {
    version.confirmed_at.is_some() && standing::LIVING.contains(&version.stage)
}

/// What becomes of a link that is carried over.
pub struct Carried {
    link: ClauseLinkId,
    clause: ClauseId,
    /// Whether the clause demands something as it is read now: the same words may have been read otherwise.
    must: bool,
    state: LinkState,
}

/// Which links wait to be carried over to a version, of courses within reach.
pub async fn to_carry(
    db: &Connection,
    version: &version::Model,
    reach: &Reach,
) -> Result<Vec<Carried>> {
    if !is_open(version) || version.stage == VersionStage::Upcoming {
        return Ok(Vec::new());
    }
    let managed = link::Column::CourseId.in_subquery(courses::managed_ids(reach));
    let fates = fates(db, version, Condition::all().add(managed)).await?;
    let carried = |(link, fate): (link::Model, Fate)| match fate {
        Fate::Same { clause, must } => {
            // What was valid still says the same; what nobody had reviewed still waits for it.
            let state = match (link.state, link.reviewed_at) {
                (LinkState::Stale, Some(_)) => LinkState::Valid,
                (LinkState::Stale, None) => LinkState::Draft,
                (state, _) => state,
            };
            Some(Carried { link: link.id, clause, must, state })
        }
        Fate::Changed | Fate::Deleted => None,
    };
    Ok(fates.into_iter().filter_map(carried).collect())
}

/// Carries links over to a version whose clauses say the same.
///
/// # Errors
/// `version_unready` where it is not in force: until its day links count for the version that is.
pub async fn carry(
    tx: &Transaction,
    id: StandardVersionId,
    reach: &Reach,
    now: DateTime<Utc>,
) -> Result<LinksCarried> {
    let version = &standing::lock(tx, id).await?;
    if !is_open(version) {
        let detail =
            format!("“{}”的版本不能接收链接，要现行、修订中或待实施的", version.stage.label());
        return Err(Problem::from(Code::VersionUnready).detail(detail).into());
    }
    if version.stage == VersionStage::Upcoming {
        let today = time::local_date(now);
        let when = version.effective_on.map(|it| format!("{}才实施", time::day(it, today)));
        let detail = format!(
            "它{}，实施以后再移；在那以前链接留在现行的版本上，才算讲了、考了",
            when.as_deref().unwrap_or("还没有实施")
        );
        return Err(Problem::from(Code::VersionUnready).detail(detail).into());
    }
    let found = to_carry(tx, version, reach).await?;
    for it in &found {
        let moved = link::ActiveModel {
            clause_id: Set(it.clause),
            must: Set(it.must),
            version_id: Set(version.id),
            state: Set(it.state),
            reason: Set(None),
            updated_at: Set(now),
            ..Default::default()
        };
        link::Entity::update_many()
            .set(moved)
            .filter(link::Column::Id.eq(it.link))
            .exec(tx)
            .await?;
    }
    let stale = link::Entity::find()
        .filter(link::Column::StandardId.eq(version.standard_id))
        .filter(link::Column::State.eq(LinkState::Stale))
        .filter(link::Column::CourseId.in_subquery(courses::managed_ids(reach)))
        .count(tx)
        .await?;
    let carried = u32::try_from(found.len()).unwrap_or(u32::MAX);
    Ok(LinksCarried { carried, stale: u32::try_from(stale).unwrap_or(u32::MAX) })
}
