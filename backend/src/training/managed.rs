//! Sessions as officers see them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::{
    accounts::Role,
    authoring::{ManagedSession, SessionDetails},
    bases::TrainingBaseId,
    courses::CourseId,
    training::TrainingSessionId,
};

use super::{
    cards::names,
    entity::{check_in, session},
    visible,
};
use crate::{
    Result,
    accounts::{Caller, Reach},
    bases, courses,
    db::Connection,
};

/// Sessions a list shows at most; a training base has about a hundred a year.
const LONGEST_LIST: u64 = 500;

/// Sessions that the caller manages or hosts, of every state, those that start last first.
pub(super) async fn list(
    db: &Connection,
    caller: &Caller,
    now: DateTime<Utc>,
) -> Result<Vec<ManagedSession>> {
    let reach = caller.reach(Role::TrainingOfficer);
    let found = session::Entity::find()
        .filter(visible::managed(&reach).or(visible::hosted(caller)))
        .order_by_desc(session::Column::StartsAt)
        .order_by_desc(session::Column::Id)
        .limit(LONGEST_LIST)
        .all(db)
        .await?;
    managed(db, &reach, found, now).await
}

/// One session.
pub(super) async fn show(
    db: &Connection,
    reach: &Reach,
    id: TrainingSessionId,
    now: DateTime<Utc>,
) -> Result<ManagedSession> {
    let session = visible::by_id(db, id).await?;
    let shown = managed(db, reach, vec![session], now).await?.pop();
    Ok(shown.ok_or_else(|| anyhow::anyhow!("one session is shown as one"))?)
}

async fn managed(
    db: &Connection,
    reach: &Reach,
    sessions: Vec<session::Model>,
    now: DateTime<Utc>,
) -> Result<Vec<ManagedSession>> {
    let ids: Vec<_> = sessions.iter().map(|it| it.id).collect();
    let present = present(db, &ids).await?;
    let instructors = names(db, sessions.iter().map(|it| it.instructor_id)).await?;
    let of: Vec<CourseId> = sessions.iter().filter_map(|it| it.course_id).collect();
    let titles = courses::titles(db, &of).await?;
    let at: Vec<TrainingBaseId> = sessions.iter().filter_map(|it| it.base_id).collect();
    let bases = bases::names(db, &at).await?;
    let shown = |session: session::Model| ManagedSession {
        id: session.id,
        instructor: instructors.get(&session.instructor_id).cloned().unwrap_or_default(),
        course_title: session.course_id.and_then(|it| titles.get(&it).cloned()),
        base_name: session.base_id.and_then(|it| bases.get(&it).cloned()),
        managed: reach.has_owned(session.organization_id),
        state: session.state(now),
        enrolled: u32::try_from(session.taken).unwrap_or_default(),
        present: present.get(&session.id).copied().unwrap_or_default(),
        details: SessionDetails {
            title: session.title,
            course: session.course_id,
            place: session.place,
            base: session.base_id,
            starts_at: session.starts_at,
            ends_at: session.ends_at,
            instructor: session.instructor_id,
            seats: session.seats,
            notes: session.notes,
        },
    };
    Ok(sessions.into_iter().map(shown).collect())
}

/// How many people are checked in to each of the sessions; at most [`LONGEST_LIST`] of them.
pub(super) async fn present(
    db: &Connection,
    sessions: &[TrainingSessionId],
) -> Result<HashMap<TrainingSessionId, u32>> {
    let counted: Vec<(TrainingSessionId, i64)> = check_in::Entity::find()
        .select_only()
        .column(check_in::Column::SessionId)
        .column_as(check_in::Column::PersonId.count(), "people")
        .filter(check_in::Column::SessionId.is_in(sessions.iter().copied()))
        .group_by(check_in::Column::SessionId)
        .into_tuple()
        .all(db)
        .await?;
    let counted = counted.into_iter().map(|(id, n)| (id, u32::try_from(n).unwrap_or_default()));
    Ok(counted.collect())
}
