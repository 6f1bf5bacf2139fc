//! What comes next, for a person's first page and for reminders.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, sea_query::Expr};
use shared::{
    accounts::PersonId,
    training::{TrainingSessionCard, TrainingSessionId},
};

use super::{
    cards::card,
    entity::{enrollment, session},
    visible::{attended, enrolled_in, to_come},
};
use crate::{Result, accounts::Caller, db::Connection};

/// The next session the caller is enrolled in and not checked in to, or else the next one with a
/// free seat.
pub async fn next_for(
    db: &Connection,
    caller: &Caller,
    now: DateTime<Utc>,
) -> Result<Option<TrainingSessionCard>> {
    let not_attended = session::Entity::find()
        .filter(to_come(now))
        .filter(session::Column::Id.not_in_subquery(attended(caller.person)))
        .order_by_asc(session::Column::StartsAt)
        .order_by_asc(session::Column::Id);
    let enrolled = not_attended
        .clone()
        .filter(session::Column::Id.in_subquery(enrolled_in(caller.person)))
        .one(db)
        .await?;
    let next = match enrolled {
        Some(session) => Some(session),
        None => {
            not_attended
                .filter(Expr::col(session::Column::Taken).lt(Expr::col(session::Column::Seats)))
                .filter(session::Column::Id.not_in_subquery(enrolled_in(caller.person)))
                .one(db)
                .await?
        }
    };
    match next {
        Some(session) => Ok(Some(card(db, session, caller.person, now).await?)),
        None => Ok(None),
    }
}

/// A session of which its people are to be reminded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartingSoon {
    pub id: TrainingSessionId,
    pub title: String,
    pub place: String,
    pub starts_at: DateTime<Utc>,
    /// Everyone enrolled.
    pub people: Vec<PersonId>,
}

/// The sessions that start at `from` or later but before `until`, with those enrolled.
pub async fn starting_soon(
    db: &Connection,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<StartingSoon>> {
    let sessions = session::Entity::find()
        .filter(session::Column::CancelledAt.is_null())
        .filter(session::Column::StartsAt.gte(from))
        .filter(session::Column::StartsAt.lt(until))
        .order_by_asc(session::Column::StartsAt)
        .all(db)
        .await?;
    let mut people = HashMap::<_, Vec<_>>::new();
    let ids: Vec<_> = sessions.iter().map(|it| it.id).collect();
    for some in ids.chunks(500) {
        let enrolled = enrollment::Entity::find()
            .filter(enrollment::Column::SessionId.is_in(some.iter().copied()));
        for row in enrolled.all(db).await? {
            people.entry(row.session_id).or_default().push(row.person_id);
        }
    }
    let soon = |session: session::Model| StartingSoon {
        people: people.remove(&session.id).unwrap_or_default(),
        id: session.id,
        title: session.title,
        place: session.place,
        starts_at: session.starts_at,
    };
    Ok(sessions.into_iter().map(soon).collect())
}
