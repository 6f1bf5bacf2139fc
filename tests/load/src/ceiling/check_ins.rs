//! Checking in, in the two steps of `fingertip`.

use actix_web::web::{self, Data, Json, ServiceConfig};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Executor};
use uuid::Uuid;

use super::{Db, LOCKED, begin, now};
use crate::{failure::Failure, store::Store};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/check-ins/begin", web::post().to(start))
        .route("/check-ins/complete", web::post().to(complete));
}

#[derive(Deserialize)]
struct Scan {
    person: Uuid,
    session: Uuid,
}

#[derive(Serialize)]
struct Begun {
    ticket: String,
    expires_at: DateTime<Utc>,
    session: Uuid,
    title: String,
    place: String,
}

/// The columns of [`SESSION`].
type Session = (
    Uuid,
    String,
    Option<Uuid>,
    String,
    String,
    DateTime<Utc>,
    DateTime<Utc>,
    Uuid,
    i32,
    i32,
    Option<Uuid>,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
);

/// The columns of [`CHECK_IN`].
type CheckIn = (Uuid, Uuid, DateTime<Utc>, String, Option<Uuid>, Option<String>);

/// The columns of [`ENROLLMENT`].
type Enrollment = (Uuid, Uuid, DateTime<Utc>);

/// The columns of [`TICKET`].
type Issued =
    (Vec<u8>, Uuid, Option<Uuid>, String, DateTime<Utc>, DateTime<Utc>, Option<DateTime<Utc>>);

const SESSION: &str = r#"SELECT "training_sessions"."id", "training_sessions"."title", "training_sessions"."course_id", "training_sessions"."place", "training_sessions"."notes", "training_sessions"."starts_at", "training_sessions"."ends_at", "training_sessions"."instructor_id", "training_sessions"."seats", "training_sessions"."taken", "training_sessions"."created_by", "training_sessions"."created_at", "training_sessions"."cancelled_at" FROM "training_sessions" WHERE "training_sessions"."id" = $1 LIMIT $2"#;

const CHECK_IN: &str = r#"SELECT "check_ins"."session_id", "check_ins"."person_id", "check_ins"."checked_in_at", "check_ins"."method", "check_ins"."by_person_id", "check_ins"."reason" FROM "check_ins" WHERE "check_ins"."session_id" = $1 AND "check_ins"."person_id" = $2 LIMIT $3"#;

const ENROLLMENT: &str = r#"SELECT "enrollments"."session_id", "enrollments"."person_id", "enrollments"."enrolled_at" FROM "enrollments" WHERE "enrollments"."session_id" = $1 AND "enrollments"."person_id" = $2 LIMIT $3"#;

const ISSUE: &str = r#"INSERT INTO "check_in_tickets" ("hash", "session_id", "person_id", "method", "scanned_at", "expires_at", "used_at") VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING "hash", "session_id", "person_id", "method", "scanned_at", "expires_at", "used_at""#;

async fn start(store: Data<Store<Db>>, scan: Json<Scan>) -> Result<Json<Begun>, Failure> {
    let now = now(&store.read).await?;
    let session = session(&store.read, scan.session).await?;
    let Scan { session: id, person } = *scan;
    check_in(&store.read, id, person).await?;
    enrollment(&store.read, id, person, "").await?;
    let ticket = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>());
    let expires_at = now + TimeDelta::seconds(60);
    let mut tx = begin(&store.write).await?;
    let _: Issued = sqlx::query_as(ISSUE)
        .bind(Sha256::digest(&ticket).to_vec())
        .bind(id)
        .bind(person)
        .bind("scan")
        .bind(now)
        .bind(expires_at)
        .bind(None::<DateTime<Utc>>)
        .fetch_one(&mut *tx)
        .await?;
    tx.commit().await?;
    let (session, title, _, place, ..) = session;
    Ok(Json(Begun { ticket, expires_at, session, title, place }))
}

#[derive(Deserialize)]
struct Completion {
    person: Uuid,
    ticket: String,
}

#[derive(Serialize)]
struct Completed {
    session: Uuid,
    title: String,
    place: String,
    name: &'static str,
    checked_in_at: Option<DateTime<Utc>>,
    repeated: bool,
}

const SPEND: &str = r#"UPDATE "check_in_tickets" SET "used_at" = $1 WHERE "check_in_tickets"."hash" = $2 AND "check_in_tickets"."person_id" = $3 AND "check_in_tickets"."used_at" IS NULL AND "check_in_tickets"."expires_at" >= $4"#;

const TICKET: &str = r#"SELECT "check_in_tickets"."hash", "check_in_tickets"."session_id", "check_in_tickets"."person_id", "check_in_tickets"."method", "check_in_tickets"."scanned_at", "check_in_tickets"."expires_at", "check_in_tickets"."used_at" FROM "check_in_tickets" WHERE "check_in_tickets"."hash" = $1 LIMIT $2"#;

const INSERT: &str = r#"INSERT INTO "check_ins" ("session_id", "person_id", "checked_in_at", "method", "by_person_id", "reason") VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT ("session_id", "person_id") DO NOTHING"#;

async fn complete(
    store: Data<Store<Db>>,
    completion: Json<Completion>,
) -> Result<Json<Completed>, Failure> {
    let Completion { person, ticket } = completion.into_inner();
    let hash = Sha256::digest(&ticket).to_vec();
    let mut tx = begin(&store.write).await?;
    let now = now(&mut *tx).await?;
    sqlx::query(SPEND).bind(now).bind(&hash).bind(person).bind(now).execute(&mut *tx).await?;
    let ticket: Issued = sqlx::query_as(TICKET).bind(hash).bind(1_i64).fetch_one(&mut *tx).await?;
    let (session, title, _, place, ..) = session(&mut *tx, ticket.1).await?;
    enrollment(&mut *tx, session, person, LOCKED).await?;
    check_in(&mut *tx, session, person).await?;
    enrollment(&mut *tx, session, person, "").await?;
    sqlx::query(INSERT)
        .bind(session)
        .bind(person)
        .bind(ticket.4)
        .bind("scan")
        .bind(None::<Uuid>)
        .bind(None::<String>)
        .execute(&mut *tx)
        .await?;
    let inserted = check_in(&mut *tx, session, person).await?;
    tx.commit().await?;
    let checked_in_at = inserted.map(|row| row.2);
    Ok(Json(Completed { session, title, place, name: "王秀英", checked_in_at, repeated: false }))
}

async fn session(db: impl Executor<'_, Database = Db>, id: Uuid) -> sqlx::Result<Session> {
    sqlx::query_as(SESSION).bind(id).bind(1_i64).fetch_one(db).await
}

async fn check_in(
    db: impl Executor<'_, Database = Db>,
    session: Uuid,
    person: Uuid,
) -> sqlx::Result<Option<CheckIn>> {
    sqlx::query_as(CHECK_IN).bind(session).bind(person).bind(1_i64).fetch_optional(db).await
}

async fn enrollment(
    db: impl Executor<'_, Database = Db>,
    session: Uuid,
    person: Uuid,
    lock: &'static str,
) -> sqlx::Result<Enrollment> {
    let select = AssertSqlSafe(format!("{ENROLLMENT}{lock}"));
    sqlx::query_as(select).bind(session).bind(person).bind(1_i64).fetch_one(db).await
}
