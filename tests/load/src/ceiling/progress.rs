//! One report of progress: what is known is read, and written back on one condition.

use actix_web::web::{self, Data, Json, Path, Query, ServiceConfig};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::types::Json as Column;
use uuid::Uuid;

use super::{Db, begin, now};
use crate::{failure::Failure, store::Store};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/lessons/{lesson}/progress", web::put().to(report));
}

#[derive(Deserialize)]
struct Learner {
    person: Uuid,
}

#[derive(Deserialize)]
struct Report {
    position: i32,
}

#[derive(Serialize)]
struct Reported {
    position: i32,
    percent: i32,
}

/// The columns of [`LESSON`].
type Lesson = (
    Uuid,
    Uuid,
    Uuid,
    i32,
    Uuid,
    String,
    String,
    String,
    i32,
    Option<Column<Value>>,
    Option<Column<Value>>,
);

/// The columns of [`LAST`] and of [`HERE`].
type Row = (
    Uuid,
    Uuid,
    Uuid,
    i32,
    i32,
    Column<Value>,
    DateTime<Utc>,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
    i64,
    i32,
    Option<Uuid>,
);

/// What is written back as it was.
struct Last {
    lesson: Uuid,
    percent: i32,
    watched: Column<Value>,
    finished_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    turn: i64,
    credit_ms: i32,
}

impl From<Row> for Last {
    fn from(row: Row) -> Self {
        let (_, lesson, _, _, percent, watched, _, _, finished_at, ended_at, _, turn, credit_ms, _) =
            row;
        Self { lesson, percent, watched, finished_at, ended_at, turn, credit_ms }
    }
}

const LESSON: &str = r#"SELECT "revision_lessons"."revision_id", "revision_lessons"."lesson_id", "revision_lessons"."course_id", "revision_lessons"."place", "revision_lessons"."chapter_id", "revision_lessons"."chapter_title", "revision_lessons"."title", "revision_lessons"."kind", "revision_lessons"."minutes", "revision_lessons"."content", "revision_lessons"."checks" FROM "revision_lessons" INNER JOIN "courses" ON "revision_lessons"."course_id" = "courses"."id" LEFT JOIN "course_pins" ON "course_pins"."course_id" = "courses"."id" AND "course_pins"."person_id" = $1 INNER JOIN "course_revisions" ON "course_revisions"."id" = COALESCE("course_pins"."revision_id", "courses"."live_revision_id") WHERE "courses"."status" = $2 AND "revision_lessons"."revision_id" = "course_revisions"."id" AND "revision_lessons"."lesson_id" = $3 LIMIT $4"#;

const LAST: &str = r#"SELECT "lesson_progress"."person_id", "lesson_progress"."lesson_id", "lesson_progress"."course_id", "lesson_progress"."position", "lesson_progress"."percent", "lesson_progress"."watched", "lesson_progress"."started_at", "lesson_progress"."updated_at", "lesson_progress"."finished_at", "lesson_progress"."ended_at", "lesson_progress"."positioned_at", "lesson_progress"."turn", "lesson_progress"."credit_ms", "lesson_progress"."revision_id" FROM "lesson_progress" WHERE "lesson_progress"."person_id" = $1 ORDER BY "lesson_progress"."turn" DESC LIMIT $2"#;

const HERE: &str = r#"SELECT "lesson_progress"."person_id", "lesson_progress"."lesson_id", "lesson_progress"."course_id", "lesson_progress"."position", "lesson_progress"."percent", "lesson_progress"."watched", "lesson_progress"."started_at", "lesson_progress"."updated_at", "lesson_progress"."finished_at", "lesson_progress"."ended_at", "lesson_progress"."positioned_at", "lesson_progress"."turn", "lesson_progress"."credit_ms", "lesson_progress"."revision_id" FROM "lesson_progress" WHERE "lesson_progress"."person_id" = $1 AND "lesson_progress"."lesson_id" = $2 LIMIT $3"#;

const BEGIN: &str = r#"INSERT INTO "lesson_progress" ("position", "percent", "watched", "updated_at", "finished_at", "ended_at", "positioned_at", "turn", "credit_ms", "revision_id", "person_id", "lesson_id", "course_id", "started_at") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT ("person_id", "lesson_id") DO NOTHING"#;

const GO_ON: &str = r#"UPDATE "lesson_progress" SET "position" = $1, "percent" = $2, "watched" = $3, "updated_at" = $4, "finished_at" = $5, "ended_at" = $6, "positioned_at" = $7, "turn" = $8, "credit_ms" = $9, "revision_id" = $10 WHERE "lesson_progress"."person_id" = $11 AND "lesson_progress"."lesson_id" = $12 AND "lesson_progress"."turn" = $13"#;

async fn report(
    store: Data<Store<Db>>,
    lesson: Path<Uuid>,
    learner: Query<Learner>,
    report: Json<Report>,
) -> Result<Json<Reported>, Failure> {
    let (lesson, person) = (*lesson, learner.person);
    let found: Lesson = sqlx::query_as(LESSON)
        .bind(person)
        .bind("published")
        .bind(lesson)
        .bind(1_i64)
        .fetch_one(&store.read)
        .await?;
    let now = now(&store.read).await?;
    let last: Option<Row> =
        sqlx::query_as(LAST).bind(person).bind(1_i64).fetch_optional(&store.read).await?;
    let last = last.map(Last::from);
    let turn = last.as_ref().map_or(0, |last| last.turn) + 1;
    let here = match last {
        Some(last) if last.lesson == lesson => Some(last),
        Some(_) => {
            let ask = sqlx::query_as(HERE).bind(person).bind(lesson).bind(1_i64);
            let here: Option<Row> = ask.fetch_optional(&store.read).await?;
            here.map(Last::from)
        }
        None => None,
    };
    let percent = here.as_ref().map_or(0, |here| here.percent).max(report.position);
    let empty = Column(Value::Array(Vec::new()));
    let mut tx = begin(&store.write).await?;
    let write = sqlx::query(if here.is_some() { GO_ON } else { BEGIN })
        .bind(report.position)
        .bind(percent)
        .bind(here.as_ref().map_or(empty, |here| here.watched.clone()))
        .bind(now)
        .bind(here.as_ref().and_then(|here| here.finished_at))
        .bind(here.as_ref().and_then(|here| here.ended_at))
        .bind(now)
        .bind(turn)
        .bind(here.as_ref().map_or(0, |here| here.credit_ms))
        .bind(found.0)
        .bind(person)
        .bind(lesson);
    match here {
        Some(here) => write.bind(here.turn).execute(&mut *tx).await?,
        None => write.bind(found.2).bind(now).execute(&mut *tx).await?,
    };
    tx.commit().await?;
    Ok(Json(Reported { position: report.position, percent }))
}
