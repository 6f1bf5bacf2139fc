//! Checking oneself in, in two steps: the code is judged when it is scanned, the rest may be slow.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait, TryInsertResult};
use shared::{
    accounts::PersonId,
    problem::{Code, Problem},
    training::{CheckInMethod, CheckInTicket, CheckedIn, TrainingSessionId},
};

use super::{
    code, enrollment,
    entity::{check_in, session},
    presented::{self, Presented},
    ticket::{self, Scan, Ticket},
    typed_code, visible,
};
use crate::{
    App, Result,
    accounts::people,
    audit::{self, Actor, Event},
    db::Connection,
};

/// Judges a code and answers with a ticket for its completion.
///
/// # Errors
/// `check_in_code_stale` for whatever is wrong with a token; what [`typed_code`] and [`admit`] refuse.
pub(super) async fn begin(app: &App, person: PersonId, code: &str) -> Result<CheckInTicket> {
    let presented = presented::parse(code)?;
    let db = app.db.read();
    let now = app.clock.now(db).await?;
    let (session, method) = match presented {
        Presented::Token(token) => (shown_by(app, &token, now).await?, CheckInMethod::Scan),
        Presented::Digits(digits) => {
            let session = typed_code::session_showing(app, person, &digits, now).await?;
            (session, CheckInMethod::TypedCode)
        }
    };
    let checked_in_at = admit(db, &session, person, now).await?;
    let scan = Scan { session: session.id, method, at: now };
    let ticket = give_ticket(app, scan, Some(person)).await?;
    Ok(CheckInTicket {
        ticket: ticket.secret,
        expires_at: ticket.expires_at,
        session: session.id,
        title: session.title,
        place: session.place,
        checked_in_at,
    })
}

/// The session whose wall shows this token now. Whatever is wrong with it is answered alike.
async fn shown_by(app: &App, token: &str, now: DateTime<Utc>) -> Result<session::Model> {
    let genuine = code::read(&app.keys, token).filter(|it| it.is_fresh(now));
    let genuine = genuine.ok_or(Code::CheckInCodeStale)?;
    visible::by_id(app.db.read(), genuine.session).await
}

pub(super) async fn give_ticket(app: &App, scan: Scan, person: Option<PersonId>) -> Result<Ticket> {
    app.db
        .write_statement(move |db| Box::pin(async move { ticket::issue(db, scan, person).await }))
        .await
}

/// Whether a person may check in at the time of their scan; since when they are in, if they are.
///
/// # Errors
/// `session_over`, `not_enrolled` saying whom to ask, `check_in_not_open` saying when.
pub(super) async fn admit(
    db: &Connection,
    session: &session::Model,
    person: PersonId,
    scanned_at: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    let enrolled = enrollment::find(db, session.id, person).await?.is_some();
    admit_if(db, session, person, scanned_at, enrolled).await
}

/// The same, where it is known already whether they are enrolled.
async fn admit_if(
    db: &Connection,
    session: &session::Model,
    person: PersonId,
    scanned_at: DateTime<Utc>,
    enrolled: bool,
) -> Result<Option<DateTime<Utc>>> {
    if let Some(already) = find(db, session.id, person).await? {
        return Ok(Some(already.checked_in_at));
    }
    session.refuse_over(scanned_at)?;
    if !enrolled {
        let instructor = people::name(db, session.instructor_id).await?;
        let ask = format!("可以在“首页 → 实训安排”报名；来不及的，请讲师{instructor}补签。");
        return Err(Problem::from(Code::NotEnrolled).detail(ask).into());
    }
    session.refuse_early(scanned_at)?;
    Ok(None)
}

/// Completes a check-in. It counts from the moment of the scan: a slow network makes nobody late.
///
/// Guarantees: one check-in for each session and person, whatever is repeated or comes at once.
///
/// # Errors
/// `ticket_spent` for a ticket that is somebody else's, unknown or out of time; `session_over` or
/// `not_enrolled` where the session was cancelled or the enrolment ended since the scan.
pub(super) async fn complete(
    app: &App,
    actor: Actor,
    person: PersonId,
    name: String,
    secret: String,
) -> Result<CheckedIn> {
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let done = complete_in(tx, person, name, &secret, now).await?;
                if !done.repeated {
                    let act = actor.did(Event::CheckedIn, done.session);
                    audit::record(tx, &act, now).await?;
                }
                Ok(done)
            })
        })
        .await
}

async fn complete_in(
    tx: &Connection,
    person: PersonId,
    name: String,
    secret: &str,
    now: DateTime<Utc>,
) -> Result<CheckedIn> {
    if let Some(ticket) = ticket::spend(tx, secret, person, now).await? {
        let session = visible::by_id(tx, ticket.session_id).await?;
        // Locked, so that the enrolment cannot end between this look at it and the check-in.
        let enrolled = enrollment::locked(tx, session.id, person).await?.is_some();
        let at = ticket.scanned_at;
        if admit_if(tx, &session, person, at, enrolled).await?.is_none()
            && insert(tx, scanned(session.id, person, ticket.method, at)).await?
        {
            return Ok(checked_in(session, name, at, false));
        }
        return already_in(tx, session, person, name).await;
    }
    let ticket = ticket::find(tx, secret).await?.filter(|it| it.person_id == Some(person));
    let ticket = ticket.ok_or(Code::TicketSpent)?;
    already_in(tx, visible::by_id(tx, ticket.session_id).await?, person, name).await
}

/// Completing what is complete changes nothing.
async fn already_in(
    tx: &Connection,
    session: session::Model,
    person: PersonId,
    name: String,
) -> Result<CheckedIn> {
    let since = find(tx, session.id, person).await?.ok_or(Code::TicketSpent)?.checked_in_at;
    Ok(checked_in(session, name, since, true))
}

fn checked_in(
    session: session::Model,
    name: String,
    since: DateTime<Utc>,
    repeated: bool,
) -> CheckedIn {
    CheckedIn {
        session: session.id,
        title: session.title,
        place: session.place,
        name,
        checked_in_at: since,
        repeated,
    }
}

fn scanned(
    session: TrainingSessionId,
    person: PersonId,
    method: CheckInMethod,
    at: DateTime<Utc>,
) -> check_in::Model {
    check_in::Model {
        session_id: session,
        person_id: person,
        checked_in_at: at,
        method,
        by_person_id: None,
        reason: None,
    }
}

/// Checks somebody in; false if they were in already, which changes nothing.
pub(super) async fn insert(tx: &Connection, row: check_in::Model) -> Result<bool> {
    let row = check_in::ActiveModel {
        session_id: Set(row.session_id),
        person_id: Set(row.person_id),
        checked_in_at: Set(row.checked_in_at),
        method: Set(row.method),
        by_person_id: Set(row.by_person_id),
        reason: Set(row.reason),
    };
    let outcome =
        check_in::Entity::insert(row).on_conflict_do_nothing().exec_without_returning(tx).await?;
    Ok(matches!(outcome, TryInsertResult::Inserted(1)))
}

/// A person's check-in.
pub(super) async fn find(
    db: &Connection,
    session: TrainingSessionId,
    person: PersonId,
) -> Result<Option<check_in::Model>> {
    Ok(check_in::Entity::find_by_id((session, person)).one(db).await?)
}
