//! The list of courses with the person's progress: five statements.

use std::collections::{HashMap, HashSet};

use actix_web::web::{self, Data, Json, Query, ServiceConfig};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::{QueryBuilder, types::Json as Column};
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
    String,
    String,
    String,
    String,
    Option<Column<Value>>,
    Option<DateTime<Utc>>,
    i32,
    i32,
    i32,
    Option<i64>,
    Option<i64>,
    Option<NaiveDate>,
);

const CARDS: &str = r#"SELECT "courses"."id", "courses"."title", "courses"."summary", "courses"."level", "courses"."category", "courses"."cover", "courses"."published_at", "courses"."lessons", "courses"."minutes", (CASE WHEN ("own"."post_id" IS NULL) THEN $1 ELSE $2 END) AS "own", "mine"."finished" AS "finished", "mine"."minutes" AS "finished_minutes", "due"."due_on" AS "due_on" FROM "courses" LEFT JOIN "course_posts" AS "own" ON "own"."course_id" = "courses"."id" AND "own"."post_id" = $3 LEFT JOIN (SELECT "lessons"."course_id", COUNT("lessons"."id") AS "finished", SUM("lessons"."minutes") AS "minutes" FROM (SELECT "lesson_progress"."lesson_id" FROM "lesson_progress" WHERE "lesson_progress"."person_id" = $4 AND "lesson_progress"."finished_at" IS NOT NULL) AS "done" INNER JOIN "lessons" ON "lessons"."id" = "done"."lesson_id" WHERE "lessons"."ready" = $5 GROUP BY "lessons"."course_id") AS "mine" ON "mine"."course_id" = "courses"."id" LEFT JOIN (SELECT "assignments"."course_id", MIN("assignments"."due_on") AS "due_on" FROM "assignments" WHERE "assignments"."id" IN (SELECT "assignment_people"."assignment_id" FROM "assignment_people" WHERE "assignment_people"."person_id" = $6) GROUP BY "assignments"."course_id") AS "due" ON "due"."course_id" = "courses"."id" WHERE "courses"."status" = $7 ORDER BY (CASE WHEN ("own"."post_id" IS NULL) THEN $8 ELSE $9 END) DESC, "courses"."published_at" DESC, "courses"."id" DESC LIMIT $10"#;

const PASSED: &str = r#"SELECT DISTINCT "quizzes"."course_id" FROM "results" INNER JOIN "attempts" ON "attempts"."id" = "results"."attempt_id" INNER JOIN "quizzes" ON "quizzes"."id" = "attempts"."quiz_id" WHERE "results"."grading_version" = $1 AND "attempts"."person_id" = $2 AND "results"."passed" = $3"#;

const POSTS: &str =
    r#"SELECT "posts"."id", "posts"."code", "posts"."name", "posts"."created_at" FROM "posts""#;

async fn list(store: Data<Store<Db>>, learner: Query<Learner>) -> Result<Json<Page>, Failure> {
    let rows: Vec<Row> = sqlx::query_as(CARDS)
        .bind(0_i32)
        .bind(1_i32)
        .bind(learner.post)
        .bind(learner.person)
        .bind(true)
        .bind(learner.person)
        .bind("published")
        .bind(0_i32)
        .bind(1_i32)
        .bind(21_i64)
        .fetch_all(&store.read)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.0).collect();
    let asking = asking(&store, &ids).await?;
    let passed: Vec<(Uuid,)> = sqlx::query_as(PASSED)
        .bind(1_i32)
        .bind(learner.person)
        .bind(true)
        .fetch_all(&store.read)
        .await?;
    let passed: HashSet<Uuid> = passed.into_iter().map(|row| row.0).collect();
    let mut posts = posts(&store, &ids).await?;
    let card = |row: Row| {
        let posts = posts.remove(&row.0).unwrap_or_default();
        let quiz_passed = asking.contains(&row.0).then(|| passed.contains(&row.0));
        card(row, posts, quiz_passed)
    };
    Ok(Json(Page { items: rows.into_iter().map(card).collect() }))
}

/// The courses whose quiz has questions.
async fn asking(store: &Store<Db>, courses: &[Uuid]) -> sqlx::Result<HashSet<Uuid>> {
    let mut select = QueryBuilder::<Db>::new(
        r#"SELECT "quizzes"."course_id", COUNT("questions"."id") FROM "questions" INNER JOIN "quizzes" ON "quizzes"."id" = "questions"."quiz_id" WHERE "questions"."removed_at" IS NULL AND "quizzes"."course_id" IN ("#,
    );
    let mut list = select.separated(", ");
    for course in courses {
        list.push_bind(*course);
    }
    select.push(r#") GROUP BY "quizzes"."course_id""#);
    let rows: Vec<(Uuid, i64)> = select.build_query_as().fetch_all(&store.read).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

async fn posts(store: &Store<Db>, courses: &[Uuid]) -> sqlx::Result<HashMap<Uuid, Vec<Post>>> {
    let mut select = QueryBuilder::<Db>::new(
        r#"SELECT "course_posts"."course_id", "course_posts"."post_id" FROM "course_posts" WHERE "course_posts"."course_id" IN ("#,
    );
    let mut list = select.separated(", ");
    for course in courses {
        list.push_bind(*course);
    }
    select.push(")");
    let links: Vec<(Uuid, Uuid)> = select.build_query_as().fetch_all(&store.read).await?;
    let posts: Vec<(Uuid, String, String, DateTime<Utc>)> =
        sqlx::query_as(POSTS).fetch_all(&store.read).await?;
    let names: HashMap<Uuid, String> = posts.into_iter().map(|row| (row.0, row.2)).collect();
    let mut found = HashMap::<_, Vec<Post>>::new();
    for (course, id) in links {
        let name = names.get(&id).cloned().unwrap_or_default();
        found.entry(course).or_default().push(Post { id, name });
    }
    Ok(found)
}

fn card(row: Row, posts: Vec<Post>, quiz_passed: Option<bool>) -> Card {
    let (
        id,
        title,
        summary,
        level,
        category,
        cover,
        _,
        lessons,
        minutes,
        _,
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
