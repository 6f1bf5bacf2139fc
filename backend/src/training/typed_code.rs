//! Six digits name no session: it is looked for among those where the caller could check in.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use shared::{
    accounts::PersonId,
    problem::{Code, Problem},
    time,
};

use super::{
    code::SessionCodes,
    entity::session,
    visible::{enrolled_in, to_come},
};
use crate::{App, Result, cache::Cache, db::Connection};

/// Tries a person has in [`PERSON_WINDOW`]. The right code counts too: whether a try is one too many
/// must be known before it is looked at, or many at once would all be looked at.
const PERSON_TRIES: u64 = 5;
const PERSON_WINDOW: Duration = Duration::from_mins(10);
/// Tries that one session takes in [`SESSION_WINDOW`], whoever makes them: those who guess together
/// do not keep other sessions from working.
const SESSION_TRIES: u64 = 200;
const SESSION_WINDOW: Duration = Duration::from_mins(1);

/// The session that shows these digits.
///
/// # Errors
/// `check_in_code_wrong`, `too_many_tries`; where the person could not check in with any code,
/// `check_in_not_open` or `not_enrolled`.
pub(super) async fn session_showing(
    app: &App,
    person: PersonId,
    digits: &str,
    now: DateTime<Utc>,
) -> Result<session::Model> {
    count(&app.cache, &format!("typed:{person}"), PERSON_TRIES, PERSON_WINDOW).await?;
    let (open, later) = sessions(app.db.read(), person, now).await?;
    if open.is_empty() {
        return Err(nowhere(later.first(), now));
    }
    for session in open {
        count(&app.cache, &format!("typed:{}", session.id), SESSION_TRIES, SESSION_WINDOW).await?;
        if SessionCodes::of(&app.keys, session.id).showed(digits, now) {
            return Ok(session);
        }
    }
    Err(Code::CheckInCodeWrong.into())
}

async fn count(cache: &Cache, key: &str, tries: u64, window: Duration) -> Result<()> {
    if cache.count(key, window).await <= tries {
        return Ok(());
    }
    Err(Problem::from(Code::TooManyTries).detail("请扫大屏幕上的码，或者请讲师给您补签").into())
}

/// The person's sessions that are not over: those where check-in is open, and those where it is not.
async fn sessions(
    db: &Connection,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<(Vec<session::Model>, Vec<session::Model>)> {
    let enrolled = session::Entity::find()
        .filter(session::Column::Id.in_subquery(enrolled_in(person)))
        .filter(to_come(now))
        .order_by_asc(session::Column::StartsAt)
        .all(db)
        .await?;
    Ok(enrolled.into_iter().partition(|it| it.opens_at() <= now))
}

/// Why no code would be right for this person now.
fn nowhere(next: Option<&session::Model>, now: DateTime<Utc>) -> crate::Error {
    let today = next.filter(|it| time::local_date(it.starts_at) == time::local_date(now));
    match today.map(|it| it.refuse_early(now)) {
        Some(Err(early)) => early,
        _ => Problem::from(Code::NotEnrolled)
            .detail("可以在“首页 → 实训安排”报名；来不及的，请讲师补签。")
            .into(),
    }
}
