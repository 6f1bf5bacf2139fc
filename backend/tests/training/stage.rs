//! Sessions and codes for the scenes.

use backend::{
    keys::mac,
    training::{
        create,
        entity::{session, ticket},
    },
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use shared::{
    accounts::PersonId,
    authoring::SessionDetails,
    problem::{Code, Problem},
    training::*,
};

use crate::scene::{Person, World};

pub async fn now(world: &World) -> DateTime<Utc> {
    world.app.clock.now(world.app.db.read()).await.unwrap()
}

/// Two hours of practice with 吴芳 and 20 seats, which began ten minutes ago.
pub async fn details(world: &World) -> SessionDetails {
    let starts_at = now(world).await - TimeDelta::minutes(10);
    SessionDetails {
        title: "会议室保洁实训".into(),
        course: None,
        base: None,
        place: "3 号楼 B2".into(),
        starts_at,
        ends_at: starts_at + TimeDelta::hours(2),
        instructor: world.cast.id("wufang"),
        seats: 20,
        notes: "带工牌".into(),
    }
}

/// The same, beginning so many minutes from now.
pub async fn details_in(world: &World, minutes: i64) -> SessionDetails {
    let details = details(world).await;
    let starts_at = now(world).await + TimeDelta::minutes(minutes);
    SessionDetails { starts_at, ends_at: starts_at + TimeDelta::hours(2), ..details }
}

/// A session that was planned the day before it begins.
pub async fn planned(world: &World, details: SessionDetails) -> TrainingSessionId {
    let (day_before, by) = (details.starts_at - TimeDelta::days(1), world.cast.id("zhengming"));
    let work = world.app.db.write(move |tx| {
        Box::pin(async move { create(tx, details, Some(by), None, day_before).await })
    });
    work.await.unwrap()
}

/// A session under way.
pub async fn open_session(world: &World) -> TrainingSessionId {
    planned(world, details(world).await).await
}

/// A session under way that 王秀英 is enrolled in.
pub async fn enrolled_session(world: &World) -> TrainingSessionId {
    let session = open_session(world).await;
    world.person("wangxiuying").await.call(Enroll { session }).await.unwrap();
    session
}

/// Moves a session in time, as if that time had passed.
pub async fn move_by(world: &World, session: TrainingSessionId, minutes: i64) {
    let found = session::Entity::find_by_id(session).one(world.app.db.read()).await;
    let found = found.unwrap().unwrap();
    let by = TimeDelta::minutes(minutes);
    let work = world.app.db.write(move |tx| {
        Box::pin(async move {
            session::Entity::update_many()
                .col_expr(session::Column::StartsAt, Expr::value(found.starts_at + by))
                .col_expr(session::Column::EndsAt, Expr::value(found.ends_at + by))
                .filter(session::Column::Id.eq(session))
                .exec(tx)
                .await?;
            Ok(())
        })
    });
    work.await.unwrap();
}

/// Lets a session end at another time.
pub async fn end_at(world: &World, session: TrainingSessionId, at: DateTime<Utc>) {
    let work = world.app.db.write(move |tx| {
        Box::pin(async move {
            session::Entity::update_many()
                .col_expr(session::Column::EndsAt, Expr::value(at))
                .filter(session::Column::Id.eq(session))
                .exec(tx)
                .await?;
            Ok(())
        })
    });
    work.await.unwrap();
}

/// Lets the time of every ticket run out.
pub async fn expire_tickets(world: &World) {
    let past = now(world).await - TimeDelta::seconds(1);
    let work = world.app.db.write(move |tx| {
        Box::pin(async move {
            ticket::Entity::update_many()
                .col_expr(ticket::Column::ExpiresAt, Expr::value(past))
                .exec(tx)
                .await?;
            Ok(())
        })
    });
    work.await.unwrap();
}

/// The token on a session's wall at a time, made as its format is specified.
pub fn token_at(world: &World, session: TrainingSessionId, at: DateTime<Utc>) -> String {
    let key = world.app.keys.derive(&format!("qr-v1/1/{session}"));
    let step = u32::try_from(at.timestamp().div_euclid(10)).unwrap();
    let body = [&[1, 1, 1], session.0.as_bytes().as_slice(), &step.to_be_bytes()].concat();
    BASE64_URL_SAFE_NO_PAD.encode([&body, &mac(&key, &[&body])[..16]].concat())
}

/// The token on a session's wall now.
pub async fn token(world: &World, session: TrainingSessionId) -> String {
    token_at(world, session, now(world).await)
}

/// What is on the wall now.
pub async fn wall(world: &World, session: TrainingSessionId) -> TimedCode {
    let screen = world.person("wufang").await.call(ShowCheckInCode { session }).await.unwrap();
    screen.codes.into_iter().next().unwrap()
}

/// Scans the code on the wall.
pub async fn begin(
    world: &World,
    person: &Person<'_>,
    session: TrainingSessionId,
) -> Result<CheckInTicket, Problem> {
    person.call(BeginCheckIn { code: token(world, session).await }).await
}

pub fn complete(ticket: &CheckInTicket) -> CompleteCheckIn {
    CompleteCheckIn { ticket: ticket.ticket.clone() }
}

/// Scans and completes.
pub async fn check_in(world: &World, person: &Person<'_>, session: TrainingSessionId) -> CheckedIn {
    let ticket = begin(world, person, session).await.unwrap();
    person.call(complete(&ticket)).await.unwrap()
}

/// 陈梅, who has become an instructor too.
pub async fn another_instructor(world: &World) -> Person<'_> {
    let grant = "INSERT INTO role_grants (id, person_id, role, scope, granted_at)
                 SELECT id, id, 'instructor', 'bureau', created_at FROM people WHERE staff_number = 'D0003'";
    world.sql(grant).await;
    world.person("chenmei").await
}

/// What the instructor sees of one person.
pub async fn attendee(
    world: &World,
    session: TrainingSessionId,
    person: PersonId,
) -> Option<Attendee> {
    let attendance = world.person("wufang").await.call(ShowAttendance { session }).await.unwrap();
    attendance.people.into_iter().find(|it| it.person == person)
}

/// The names of the fields a refusal is about.
pub fn fields(refused: &Problem) -> Vec<&str> {
    assert_eq!(refused.code, Code::InvalidRequest, "{refused:?}");
    refused.fields.iter().map(|it| it.field.as_str()).collect()
}

/// An id that nothing has.
pub fn unknown() -> TrainingSessionId {
    TrainingSessionId(uuid::Uuid::now_v7())
}
