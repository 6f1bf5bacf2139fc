//! Sessions as one person sees them.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    accounts::PersonId,
    training::{SessionCourse, TrainingSession, TrainingSessionCard, TrainingSessionId},
};

use super::{
    entity::{check_in, enrollment, session},
    visible::teaches,
};
use crate::{
    Result,
    accounts::{Caller, people},
    courses,
    db::Connection,
};

/// One page of sessions as a person's cards, in the same order.
pub(super) async fn cards(
    db: &Connection,
    sessions: Vec<session::Model>,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<TrainingSessionCard>> {
    if sessions.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = sessions.iter().map(|it| it.id).collect();
    let enrolled = enrolled_among(db, &ids, person).await?;
    let checked_in = checked_in_among(db, &ids, person).await?;
    let instructors = names(db, sessions.iter().map(|it| it.instructor_id)).await?;
    let card = |session: session::Model| TrainingSessionCard {
        instructor: instructors.get(&session.instructor_id).cloned().unwrap_or_default(),
        state: session.state(now),
        enrolled: enrolled.contains(&session.id),
        checked_in_at: checked_in.get(&session.id).copied(),
        check_in_opens_at: session.opens_at(),
        id: session.id,
        title: session.title,
        place: session.place,
        starts_at: session.starts_at,
        ends_at: session.ends_at,
        seats: session.seats,
        taken: session.taken,
    };
    Ok(sessions.into_iter().map(card).collect())
}

/// One session as a person's card.
pub(super) async fn card(
    db: &Connection,
    session: session::Model,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<TrainingSessionCard> {
    let card = cards(db, vec![session], person, now).await?.pop();
    Ok(card.ok_or_else(|| anyhow::anyhow!("one session makes one card"))?)
}

/// Everything about one session.
pub(super) async fn whole(
    db: &Connection,
    session: session::Model,
    caller: &Caller,
    now: DateTime<Utc>,
) -> Result<TrainingSession> {
    let course = match session.course_id {
        Some(id) => Some(SessionCourse { id, title: courses::title(db, id).await? }),
        None => None,
    };
    Ok(TrainingSession {
        notes: session.notes.clone(),
        course,
        teaching: teaches(caller, &session),
        now,
        card: card(db, session, caller.person, now).await?,
    })
}

/// Names of people, disabled ones included.
pub(super) async fn names(
    db: &Connection,
    ids: impl Iterator<Item = PersonId>,
) -> Result<HashMap<PersonId, String>> {
    let ids: Vec<_> = ids.collect::<HashSet<_>>().into_iter().collect();
    if let [id] = ids[..] {
        return Ok(HashMap::from([(id, people::name(db, id).await?)]));
    }
    let cards = people::cards_of(db, ids).await?;
    Ok(cards.into_iter().map(|it| (it.id, it.name)).collect())
}

async fn enrolled_among(
    db: &Connection,
    sessions: &[TrainingSessionId],
    person: PersonId,
) -> Result<HashSet<TrainingSessionId>> {
    let found = enrollment::Entity::find()
        .filter(enrollment::Column::PersonId.eq(person))
        .filter(enrollment::Column::SessionId.is_in(sessions.iter().copied()))
        .all(db)
        .await?;
    Ok(found.into_iter().map(|it| it.session_id).collect())
}

async fn checked_in_among(
    db: &Connection,
    sessions: &[TrainingSessionId],
    person: PersonId,
) -> Result<HashMap<TrainingSessionId, DateTime<Utc>>> {
    let found = check_in::Entity::find()
        .filter(check_in::Column::PersonId.eq(person))
        .filter(check_in::Column::SessionId.is_in(sessions.iter().copied()))
        .all(db)
        .await?;
    Ok(found.into_iter().map(|it| (it.session_id, it.checked_in_at)).collect())
}
