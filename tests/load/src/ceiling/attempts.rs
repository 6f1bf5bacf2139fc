//! Starting an attempt, and saving one answer.

use actix_web::web::{self, Data, Json, Path, Query, ServiceConfig};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, QueryBuilder, types::Json as Column};
use uuid::Uuid;

use super::{Db, LOCKED_ATTEMPT, begin, now};
use crate::{failure::Failure, store::Store};

pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/quizzes/{quiz}/attempts", web::post().to(start))
        .route("/attempts/{attempt}/answers", web::put().to(save));
}

#[derive(Deserialize)]
struct Learner {
    person: Uuid,
}

#[derive(Serialize)]
struct Attempt {
    id: Uuid,
    quiz: Uuid,
    course: Uuid,
    title: String,
    state: &'static str,
    started_at: DateTime<Utc>,
    deadline_at: DateTime<Utc>,
    now: DateTime<Utc>,
    writer_epoch: i32,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    position: i32,
    kind: String,
    stem: String,
    options: Vec<Choice>,
    chosen: [String; 0],
    client_seq: i64,
}

#[derive(Serialize)]
struct Choice {
    /// As long as a real one.
    handle: &'static str,
    text: String,
}

/// The columns of [`QUIZ`].
type Quiz = (
    Uuid,
    Uuid,
    String,
    i32,
    i32,
    i32,
    String,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
    i32,
    DateTime<Utc>,
);

/// The columns of [`QUESTIONS`].
type Question = (Uuid, Uuid, String, String, Column<Vec<String>>, DateTime<Utc>);

/// The columns of [`ATTEMPTS`].
type Started = (
    Uuid,
    Uuid,
    Uuid,
    i32,
    String,
    DateTime<Utc>,
    DateTime<Utc>,
    i32,
    Option<Uuid>,
    Vec<u8>,
    i32,
    Option<DateTime<Utc>>,
    Option<String>,
);

const QUIZ: &str = r#"SELECT "quizzes"."id", "quizzes"."course_id", "quizzes"."title", "quizzes"."pass_mark", "quizzes"."minutes", "quizzes"."attempts", "quizzes"."release_policy", "quizzes"."opens_at", "quizzes"."closes_at", "quizzes"."version", "quizzes"."updated_at" FROM "quizzes" WHERE "quizzes"."id" = $1 LIMIT $2"#;

const STATUS: &str =
    r#"SELECT "courses"."status" FROM "courses" WHERE "courses"."id" = $1 LIMIT $2"#;

const QUESTIONS: &str = r#"SELECT "question_versions"."id", "question_versions"."question_id", "question_versions"."kind", "question_versions"."stem", "question_versions"."options", "question_versions"."created_at" FROM "question_versions" INNER JOIN "questions" ON "questions"."current_version_id" = "question_versions"."id" WHERE "questions"."quiz_id" = $1 AND "questions"."removed_at" IS NULL ORDER BY "questions"."position" ASC"#;

const ATTEMPTS: &str = r#"SELECT "attempts"."id", "attempts"."quiz_id", "attempts"."person_id", "attempts"."number", "attempts"."state", "attempts"."started_at", "attempts"."deadline_at", "attempts"."writer_epoch", "attempts"."writer", "attempts"."secret", "attempts"."pass_mark", "attempts"."submitted_at", "attempts"."submit_reason" FROM "attempts" WHERE "attempts"."quiz_id" = $1 AND "attempts"."person_id" = $2"#;

const INSERT_ATTEMPT: &str = r#"INSERT INTO "attempts" ("id", "quiz_id", "person_id", "number", "state", "started_at", "deadline_at", "writer_epoch", "writer", "secret", "pass_mark", "submitted_at", "submit_reason") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT  DO NOTHING"#;

const INSERT_ITEMS: &str = r#"INSERT INTO "attempt_items" ("attempt_id", "position", "question_version_id", "kind", "option_order") "#;

async fn start(
    store: Data<Store<Db>>,
    quiz: Path<Uuid>,
    learner: Query<Learner>,
) -> Result<Json<Attempt>, Failure> {
    let quiz: Quiz = sqlx::query_as(QUIZ).bind(*quiz).bind(1_i64).fetch_one(&store.read).await?;
    let _: (String,) =
        sqlx::query_as(STATUS).bind(quiz.1).bind(1_i64).fetch_one(&store.read).await?;
    let questions: Vec<Question> =
        sqlx::query_as(QUESTIONS).bind(quiz.0).fetch_all(&store.read).await?;
    let id = Uuid::now_v7();
    let (started_at, deadline_at) = insert(&store, id, &quiz, learner.person, &questions).await?;
    let items = (1..).zip(questions).map(|(position, question)| item(position, question));
    Ok(Json(Attempt {
        id,
        quiz: quiz.0,
        course: quiz.1,
        title: quiz.2,
        state: "in_progress",
        started_at,
        deadline_at,
        now: started_at,
        writer_epoch: 1,
        items: items.collect(),
    }))
}

async fn insert(
    store: &Store<Db>,
    id: Uuid,
    quiz: &Quiz,
    person: Uuid,
    questions: &[Question],
) -> sqlx::Result<(DateTime<Utc>, DateTime<Utc>)> {
    let mut tx = begin(&store.write).await?;
    let now = now(&mut *tx).await?;
    let before: Vec<Started> =
        sqlx::query_as(ATTEMPTS).bind(quiz.0).bind(person).fetch_all(&mut *tx).await?;
    let number = before.iter().map(|attempt| attempt.3).max().unwrap_or_default() + 1;
    let deadline_at = now + TimeDelta::minutes(quiz.4.into());
    sqlx::query(INSERT_ATTEMPT)
        .bind(id)
        .bind(quiz.0)
        .bind(person)
        .bind(number)
        .bind("in_progress")
        .bind(now)
        .bind(deadline_at)
        .bind(1_i32)
        .bind(None::<Uuid>)
        .bind(rand::random::<[u8; 32]>().to_vec())
        .bind(quiz.3)
        .bind(None::<DateTime<Utc>>)
        .bind(None::<String>)
        .execute(&mut *tx)
        .await?;
    let mut items = QueryBuilder::<Db>::new(INSERT_ITEMS);
    items.push_values((1_i32..).zip(questions), |mut row, (position, question)| {
        let order: Vec<u8> = (0..).take(question.4.len()).collect();
        row.push_bind(id).push_bind(position).push_bind(question.0);
        row.push_bind(question.2.clone()).push_bind(Column(order));
    });
    items.build().execute(&mut *tx).await?;
    tx.commit().await?;
    Ok((now, deadline_at))
}

fn item(position: i32, question: Question) -> Item {
    let (_, _, kind, stem, options, _) = question;
    let choice = |text| Choice { handle: "ABCDEFGHIJ", text };
    let options = options.0.into_iter().map(choice).collect();
    Item { position, kind, stem, options, chosen: [], client_seq: 0 }
}

#[derive(Deserialize)]
struct Saving {
    position: i32,
    chosen: Vec<u8>,
    client_seq: i64,
}

#[derive(Serialize)]
struct Kept {
    saved: Vec<Held>,
    deadline_at: DateTime<Utc>,
    now: DateTime<Utc>,
}

#[derive(Serialize)]
struct Held {
    position: i32,
    client_seq: i64,
}

/// The columns of [`OPEN`].
type Open = (DateTime<Utc>, i32, Vec<u8>, Option<i32>, Option<String>, Option<Column<Vec<u8>>>);

const OPEN: &str = r#"SELECT "attempts"."deadline_at", "attempts"."writer_epoch", "attempts"."secret", "attempt_items"."position", "attempt_items"."kind", "attempt_items"."option_order" FROM "attempts" LEFT JOIN "attempt_items" ON "attempt_items"."attempt_id" = "attempts"."id" AND "attempt_items"."position" IN ($1) WHERE "attempts"."id" = $2 AND "attempts"."person_id" = $3 AND "attempts"."state" = 'in_progress' AND "attempts"."deadline_at" >= $4"#;

const KEEP: &str = r#"INSERT INTO "answers" ("attempt_id", "position", "chosen", "client_seq", "saved_at") VALUES ($1, $2, $3, $4, $5) ON CONFLICT ("attempt_id", "position") DO UPDATE SET "chosen" = "excluded"."chosen", "client_seq" = "excluded"."client_seq", "saved_at" = "excluded"."saved_at" WHERE "excluded"."client_seq" > "answers"."client_seq" RETURNING "position", "client_seq""#;

async fn save(
    store: Data<Store<Db>>,
    attempt: Path<Uuid>,
    learner: Query<Learner>,
    answer: Json<Saving>,
) -> Result<Json<Kept>, Failure> {
    let mut tx = begin(&store.write).await?;
    let now = now(&mut *tx).await?;
    let open: Open = sqlx::query_as(AssertSqlSafe(format!("{OPEN}{LOCKED_ATTEMPT}")))
        .bind(answer.position)
        .bind(*attempt)
        .bind(learner.person)
        .bind(now - TimeDelta::seconds(5))
        .fetch_one(&mut *tx)
        .await?;
    let rows: Vec<(i32, i64)> = sqlx::query_as(KEEP)
        .bind(*attempt)
        .bind(answer.position)
        .bind(Column(&answer.chosen))
        .bind(answer.client_seq)
        .bind(now)
        .fetch_all(&mut *tx)
        .await?;
    tx.commit().await?;
    let held = |(position, client_seq)| Held { position, client_seq };
    Ok(Json(Kept { saved: rows.into_iter().map(held).collect(), deadline_at: open.0, now }))
}
