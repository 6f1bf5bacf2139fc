//! Who is there, and checking in by hand whose phone is not.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use shared::{
    accounts::PersonId,
    problem::{Code, Problem},
    training::{Attendance, Attendee, CheckInMethod, TrainingSessionId},
};

use super::{
    check_in::insert,
    details::one_line,
    entity::{check_in, enrollment, session},
};
use crate::{
    Result,
    accounts::{Reach, people},
    db::Connection,
};

/// How long after a session those on a paper list can still be entered.
const BY_HAND_AFTER: TimeDelta = TimeDelta::days(7);
/// Characters of a reason.
const SHORTEST_REASON: usize = 2;
const LONGEST_REASON: usize = 100;

/// Everyone enrolled or checked in, by staff number.
pub(super) async fn show(
    db: &Connection,
    session: session::Model,
    now: DateTime<Utc>,
) -> Result<Attendance> {
    let mut present = present(db, session.id).await?;
    let mut ids = enrolled(db, session.id).await?;
    ids.extend(present.keys());
    ids.sort_unstable();
    ids.dedup();
    let mut cards = people::cards_of(db, ids).await?;
    cards.sort_by(|one, other| one.staff_number.cmp(&other.staff_number));
    let people = cards.into_iter().map(|card| {
        let check_in = present.remove(&card.id);
        Attendee {
            person: card.id,
            name: card.name,
            staff_number: card.staff_number,
            organization: card.organization,
            checked_in_at: check_in.as_ref().map(|it| it.checked_in_at),
            method: check_in.as_ref().map(|it| it.method),
            reason: check_in.and_then(|it| it.reason),
        }
    });
    Ok(Attendance { session: session.id, title: session.title, now, people: people.collect() })
}

async fn present(
    db: &Connection,
    session: TrainingSessionId,
) -> Result<HashMap<PersonId, check_in::Model>> {
    let found =
        check_in::Entity::find().filter(check_in::Column::SessionId.eq(session)).all(db).await?;
    Ok(found.into_iter().map(|it| (it.person_id, it)).collect())
}

async fn enrolled(db: &Connection, session: TrainingSessionId) -> Result<Vec<PersonId>> {
    let ids = enrollment::Entity::find()
        .select_only()
        .column(enrollment::Column::PersonId)
        .filter(enrollment::Column::SessionId.eq(session))
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids)
}

/// Lets through those who are enrolled, and those in reach of whoever checks them in.
///
/// # Errors
/// `not_found` for anybody else, as for nobody.
pub(super) async fn refuse_strangers(
    db: &Connection,
    reach: &Reach,
    session: TrainingSessionId,
    person: PersonId,
) -> Result<()> {
    if enrollment::Entity::find_by_id((session, person)).one(db).await?.is_some() {
        return Ok(());
    }
    people::in_reach(db, reach, person).await.map_err(|error| match error.code() {
        Some(_) => unknown().into(),
        None => error,
    })
}

fn unknown() -> Problem {
    Problem::from(Code::NotFound).detail("花名册里没有这个人，或者已经停用")
}

/// Checks a person in by hand, enrolled or not: from when check-in opens to a week after the session.
/// Whoever is in stays in, with the first time.
///
/// # Errors
/// `invalid_request` without a reason; `not_found` where nobody active has this id;
/// `check_in_not_open`, `session_over`.
pub(super) async fn check_in_by_hand(
    tx: &Connection,
    session: &session::Model,
    person: PersonId,
    reason: &str,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let reason = checked(reason)?;
    session.refuse_early(now)?;
    if session.cancelled_at.is_some() {
        return Err(Code::SessionOver.into());
    }
    if now >= session.ends_at + BY_HAND_AFTER {
        let late =
            Problem::from(Code::SessionOver).detail("结束 7 天以后不能再补签，请联系培训办公室");
        return Err(late.into());
    }
    if people::active_name(tx, person).await?.is_none() {
        return Err(unknown().into());
    }
    let row = check_in::Model {
        session_id: session.id,
        person_id: person,
        checked_in_at: now,
        method: CheckInMethod::ByHand,
        by_person_id: Some(by),
        reason: Some(reason),
    };
    insert(tx, row).await?;
    Ok(())
}

fn checked(reason: &str) -> Result<String> {
    let reason = one_line(reason);
    let message = match reason.chars().count() {
        ..SHORTEST_REASON => "请写明原因，至少两个字，比如：手机没电",
        SHORTEST_REASON..=LONGEST_REASON => return Ok(reason),
        _ => "原因太长了，不超过 100 个字",
    };
    Err(Problem::from(Code::InvalidRequest).field("reason", message).into())
}
