//! What the projector shows.

use chrono::{DateTime, TimeDelta, Utc};
use shared::training::{CheckInCode, TimedCode};

use super::{
    code::{PERIOD, SessionCodes, begins, step_at},
    entity::session,
    managed::present,
};
use crate::{Result, db::Connection, keys::Keys};

/// Periods handed out at once: three minutes, so that a short network loss does not stop the queue.
const PERIODS: u32 = 18;

/// The codes from now on, for as long as check-in is open; none before it opens or after it closes.
pub(super) async fn show(
    db: &Connection,
    keys: &Keys,
    public_base: &str,
    session: session::Model,
    now: DateTime<Utc>,
) -> Result<CheckInCode> {
    let present = present(db, &[session.id]).await?.into_values().sum();
    Ok(CheckInCode {
        session: session.id,
        now,
        opens_at: session.opens_at(),
        closes_at: session.ends_at,
        codes: codes(keys, public_base, &session, now),
        enrolled: u32::try_from(session.taken).unwrap_or_default(),
        present,
        title: session.title,
        place: session.place,
    })
}

fn codes(
    keys: &Keys,
    public_base: &str,
    session: &session::Model,
    now: DateTime<Utc>,
) -> Vec<TimedCode> {
    if session.is_over(now) {
        return Vec::new();
    }
    let codes = SessionCodes::of(keys, session.id);
    let first = step_at(now);
    let code = |step| TimedCode {
        from: begins(step),
        until: begins(step) + TimeDelta::seconds(PERIOD),
        url: format!("{public_base}/c/{}", codes.token(step)),
        digits: codes.digits(step),
    };
    (first..first + PERIODS)
        .map(code)
        .filter(|it| it.until > session.opens_at() && it.from < session.ends_at)
        .collect()
}
