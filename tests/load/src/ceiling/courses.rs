//! The list of courses with the person's progress: seven or eight statements, as the own post's courses
//! fill a page or not.

use std::collections::{HashMap, HashSet};

use actix_web::web::{self, Data, Json, Query, ServiceConfig};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::{AssertSqlSafe, types::Json as Column};
use uuid::Uuid;

use super::Db;
use crate::{failure::Failure, store::Store};

pub fn routes(config: &mut ServiceConfig) {
    config.route("/courses", web::get().to(list));
}

#[derive(Deserialize)]
struct Learner {
    person: Uuid,
    post: Uuid,
}

#[derive(Serialize)]
struct Page {
    items: Vec<Card>,
}

#[derive(Serialize)]
struct Card {
    id: Uuid,
    title: String,
    summary: String,
    level: String,
    category: String,
    posts: Vec<Post>,
    cover: Option<Column<Value>>,
    progress: Progress,
    due_on: Option<NaiveDate>,
}

#[derive(Serialize)]
struct Post {
    id: Uuid,
    name: String,
}

#[derive(Serialize)]
struct Progress {
    lessons: i32,
    finished: i64,
    minutes_left: i64,
    quiz_passed: Option<bool>,
}

/// The columns of [`CARDS`].
type Row = (
    Uuid,
    Uuid,
    String,
    String,
    String,
    String,
    Option<Column<Value>>,
    i32,
    i32,
    Option<i64>,
    Option<i64>,
    Option<NaiveDate>,
);

/// The columns of [`POSTS`].
type Named = (Uuid, String, String, Option<String>, i32, i32, DateTime<Utc>, Option<DateTime<Utc>>);

const FIND: &str = r#"SELECT "courses"."published_at", "courses"."id" FROM "courses" LEFT JOIN "course_pins" ON "course_pins"."course_id" = "courses"."id" AND "course_pins"."person_id" = $1 INNER JOIN "course_revisions" ON "course_revisions"."id" = COALESCE("course_pins"."revision_id", "courses"."live_revision_id") WHERE "courses"."status" = $2 AND "#;

const OWN: &str = r#"EXISTS(SELECT $3 FROM "revision_posts" WHERE "revision_posts"."revision_id" = "courses"."live_revision_id" AND "revision_posts"."post_id" = $4)"#;

const NEWEST: &str = r#" ORDER BY "courses"."published_at" DESC, "courses"."id" DESC LIMIT $5"#;

const CARDS: &str = r#"SELECT "courses"."id", "course_revisions"."id" AS "revision", "course_revisions"."title", "course_revisions"."summary", "course_revisions"."level", "course_revisions"."category", "course_revisions"."cover", "course_revisions"."lessons", "course_revisions"."minutes", "mine"."finished" AS "finished", "mine"."minutes" AS "finished_minutes", "due"."due_on" AS "due_on" FROM "courses" LEFT JOIN "course_pins" ON "course_pins"."course_id" = "courses"."id" AND "course_pins"."person_id" = $1 INNER JOIN "course_revisions" ON "course_revisions"."id" = COALESCE("course_pins"."revision_id", "courses"."live_revision_id") LEFT JOIN (SELECT "revision_lessons"."revision_id", COUNT("revision_lessons"."lesson_id") AS "finished", SUM("revision_lessons"."minutes") AS "minutes" FROM (SELECT "lesson_progress"."lesson_id" FROM "lesson_progress" WHERE "lesson_progress"."person_id" = $2 AND "lesson_progress"."finished_at" IS NOT NULL) AS "done" INNER JOIN "revision_lessons" ON "revision_lessons"."lesson_id" = "done"."lesson_id" GROUP BY "revision_lessons"."revision_id") AS "mine" ON "mine"."revision_id" = "course_revisions"."id" LEFT JOIN (SELECT "assignments"."course_id", MIN("assignments"."due_on") AS "due_on" FROM "assignments" WHERE "assignments"."id" IN (SELECT "assignment_people"."assignment_id" FROM "assignment_people" WHERE "assignment_people"."person_id" = $3) GROUP BY "assignments"."course_id") AS "due" ON "due"."course_id" = "courses"."id" WHERE "courses"."status" = $4 AND "courses"."id" IN ("#;

const LEARNED: &str = r#"SELECT "courses"."id", "course_revisions"."id" AS "revision", "course_revisions"."title", "course_revisions"."lessons" FROM "courses" LEFT JOIN "course_pins" ON "course_pins"."course_id" = "courses"."id" AND "course_pins"."person_id" = $1 INNER JOIN "course_revisions" ON "course_revisions"."id" = COALESCE("course_pins"."revision_id", "courses"."live_revision_id") WHERE "courses"."id" IN ("#;

const PASSED: &str = r#"SELECT DISTINCT "quizzes"."course_id" FROM "results" INNER JOIN "attempts" ON "attempts"."id" = "results"."attempt_id" INNER JOIN "quizzes" ON "quizzes"."id" = "attempts"."quiz_id" WHERE "results"."grading_version" = $1 AND "attempts"."person_id" = $2 AND "results"."passed" = $3"#;

const ASKING: &str = r#"SELECT "quiz_revision_questions"."revision_id", COUNT("quiz_revision_questions"."position") AS "questions" FROM "quiz_revision_questions" WHERE "quiz_revision_questions"."revision_id" IN ("#;

const OF_POSTS: &str = r#"SELECT "revision_posts"."revision_id", "revision_posts"."post_id" FROM "revision_posts" WHERE "revision_posts"."revision_id" IN ("#;

const POSTS: &str = r#"SELECT "posts"."id", "posts"."code", "posts"."name", "posts"."level", "posts"."position", "posts"."version", "posts"."created_at", "posts"."retired_at" FROM "posts""#;

/// As many as a page has, and one more.
const MOST: usize = 21;

async fn list(store: Data<Store<Db>>, learner: Query<Learner>) -> Result<Json<Page>, Failure> {
    let mut places = find(&store, &learner, OWN.to_owned(), MOST).await?;
    if places.len() < MOST {
        let others = format!("NOT {OWN}");
        places.extend(find(&store, &learner, others, MOST - places.len()).await?);
    }
    places.truncate(MOST - 1);
    let ids: Vec<Uuid> = places.into_iter().map(|place| place.1).collect();
    let mut rows: Vec<Row> = cards(&store, learner.person, &ids).await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.0));
    let revisions: Vec<Uuid> = rows.iter().map(|row| row.1).collect();
    learned(&store, learner.person, &ids).await?;
    let asking = asking(&store, &revisions).await?;
    let passed: Vec<(Uuid,)> = sqlx::query_as(PASSED)
        .bind(1_i32)
        .bind(learner.person)
        .bind(true)
        .fetch_all(&store.read)
        .await?;
    let passed: HashSet<Uuid> = passed.into_iter().map(|row| row.0).collect();
    let mut posts = posts(&store, &revisions).await?;
    let card = |row: Row| {
        let posts = posts.remove(&row.1).unwrap_or_default();
        let quiz_passed = asking.contains(&row.1).then(|| passed.contains(&row.0));
        card(row, posts, quiz_passed)
    };
    Ok(Json(Page { items: rows.into_iter().map(card).collect() }))
}

async fn find(
    store: &Store<Db>,
    learner: &Learner,
    condition: String,
    most: usize,
) -> sqlx::Result<Vec<(DateTime<Utc>, Uuid)>> {
    sqlx::query_as(AssertSqlSafe(format!("{FIND}{condition}{NEWEST}")))
        .bind(learner.person)
        .bind("published")
        .bind(1_i32)
        .bind(learner.post)
        .bind(i64::try_from(most).unwrap_or_default())
        .fetch_all(&store.read)
        .await
}

async fn cards(store: &Store<Db>, person: Uuid, courses: &[Uuid]) -> sqlx::Result<Vec<Row>> {
    let sql = format!("{CARDS}{})", places(5, courses.len()));
    let mut ask = sqlx::query_as(AssertSqlSafe(sql));
    ask = ask.bind(person).bind(person).bind(person).bind("published");
    courses.iter().fold(ask, |ask, id| ask.bind(*id)).fetch_all(&store.read).await
}

async fn learned(store: &Store<Db>, person: Uuid, courses: &[Uuid]) -> sqlx::Result<()> {
    let sql = format!("{LEARNED}{})", places(2, courses.len()));
    let ask = sqlx::query_as(AssertSqlSafe(sql)).bind(person);
    let ask = courses.iter().fold(ask, |ask, id| ask.bind(*id));
    let _: Vec<(Uuid, Uuid, String, i32)> = ask.fetch_all(&store.read).await?;
    Ok(())
}

/// `$2, $3, $4`: the places of so many values.
fn places(from: usize, count: usize) -> String {
    let places = (from..from + count).map(|number| format!("${number}"));
    places.collect::<Vec<_>>().join(", ")
}

/// The revisions whose quiz has questions.
async fn asking(store: &Store<Db>, revisions: &[Uuid]) -> sqlx::Result<HashSet<Uuid>> {
    let sql = format!(
        r#"{ASKING}{}) GROUP BY "quiz_revision_questions"."revision_id""#,
        places(1, revisions.len())
    );
    let ask = sqlx::query_as(AssertSqlSafe(sql));
    let ask = revisions.iter().fold(ask, |ask, id| ask.bind(*id));
    let rows: Vec<(Uuid, i64)> = ask.fetch_all(&store.read).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

async fn posts(store: &Store<Db>, revisions: &[Uuid]) -> sqlx::Result<HashMap<Uuid, Vec<Post>>> {
    let sql = format!("{OF_POSTS}{})", places(1, revisions.len()));
    let ask = sqlx::query_as(AssertSqlSafe(sql));
    let ask = revisions.iter().fold(ask, |ask, id| ask.bind(*id));
    let links: Vec<(Uuid, Uuid)> = ask.fetch_all(&store.read).await?;
    let names: Vec<Named> = sqlx::query_as(POSTS).fetch_all(&store.read).await?;
    let names: HashMap<Uuid, String> = names.into_iter().map(|row| (row.0, row.2)).collect();
    let mut found = HashMap::<_, Vec<Post>>::new();
    for (revision, id) in links {
        let name = names.get(&id).cloned().unwrap_or_default();
        found.entry(revision).or_default().push(Post { id, name });
    }
    Ok(found)
}

fn card(row: Row, posts: Vec<Post>, quiz_passed: Option<bool>) -> Card {
    let (
        id,
        _,
        title,
        summary,
        level,
        category,
        cover,
        lessons,
        minutes,
        done,
        done_minutes,
        due_on,
    ) = row;
    let progress = Progress {
        lessons,
        finished: done.unwrap_or_default(),
        minutes_left: i64::from(minutes) - done_minutes.unwrap_or_default(),
        quiz_passed,
    };
    Card { id, title, summary, level, category, posts, cover, progress, due_on }
}
