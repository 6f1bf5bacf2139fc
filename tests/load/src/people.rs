//! Learners enough for a busy morning, put into the seeded database beside its forty people.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, QueryResult,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;
use wechat_sandbox::{SandboxConfig, SandboxPerson};

/// Rows in one statement; SQLite limits what one statement may bind.
const AT_ONCE: usize = 100;

/// Somebody who was added.
pub struct Added {
    pub id: Uuid,
    pub post: Uuid,
    /// Of their phone in the local WeChat, and their user name.
    pub key: String,
}

/// Who is copied: the organisation, the post, and the time of arrival.
struct Model {
    organization: Uuid,
    post: Uuid,
    arrived: DateTime<Utc>,
}

/// Adds so many learners, each with a phone in the local WeChat, a user name, the password of
/// `password_of`, and some lessons behind them.
pub async fn add(
    url: &str,
    wechat: &mut SandboxConfig,
    count: usize,
    password_of: &str,
) -> Result<Vec<Added>> {
    let database = Database::connect(url).await.context("the seeded database")?;
    let models = models(&database).await?;
    let password = password_hash(&database, password_of).await?;
    let mut added = Vec::with_capacity(count);
    for (number, model) in (0..count).zip(models.iter().cycle()) {
        let key = format!("load{number:04}");
        added.push((Added { id: Uuid::now_v7(), post: model.post, key }, model));
    }
    for some in added.chunks(AT_ONCE) {
        insert_people(&database, some, &password).await?;
        bind_phones(&database, some, wechat).await?;
    }
    finish_first_lessons(&database).await?;
    database.close().await?;
    Ok(added.into_iter().map(|(added, _)| added).collect())
}

async fn models(database: &DatabaseConnection) -> Result<Vec<Model>> {
    let query = Query::select()
        .columns(["organization_id", "post_id", "created_at"])
        .from("people")
        .and_where(Expr::col("post_id").is_not_null())
        .order_by("staff_number", sea_orm::Order::Asc)
        .to_owned();
    let model = |row: QueryResult| {
        anyhow::Ok(Model {
            organization: row.try_get_by_index(0)?,
            post: row.try_get_by_index(1)?,
            arrived: row.try_get_by_index(2)?,
        })
    };
    database.query_all(&query).await?.into_iter().map(model).collect()
}

async fn password_hash(database: &DatabaseConnection, username: &str) -> Result<String> {
    let query = Query::select()
        .column("password_hash")
        .from("people")
        .and_where(Expr::col("username").eq(username))
        .to_owned();
    let row = database.query_one(&query).await?;
    Ok(row.with_context(|| format!("nobody is called {username}"))?.try_get_by_index(0)?)
}

async fn insert_people(
    database: &DatabaseConnection,
    some: &[(Added, &Model)],
    password: &str,
) -> Result<()> {
    let mut people = Query::insert();
    people.into_table("people").columns([
        "id",
        "organization_id",
        "post_id",
        "name",
        "staff_number",
        "username",
        "password_hash",
        "active",
        "created_at",
    ]);
    for (added, model) in some {
        people.values([
            Expr::val(added.id),
            Expr::val(model.organization),
            Expr::val(model.post),
            Expr::val("王秀英"),
            Expr::val(added.key.to_uppercase()),
            Expr::val(added.key.as_str()),
            Expr::val(password),
            Expr::val(true),
            Expr::val(model.arrived),
        ])?;
    }
    database.execute(&people).await?;
    Ok(())
}

async fn bind_phones(
    database: &DatabaseConnection,
    some: &[(Added, &Model)],
    wechat: &mut SandboxConfig,
) -> Result<()> {
    let columns = ["id", "person_id", "app_id", "openid", "unionid", "bound_at"];
    let mut identities = Query::insert();
    identities.into_table("wechat_identities").columns(columns);
    for (added, model) in some {
        let phone = SandboxPerson::new(&added.key, "王秀英", "", "13700000000");
        identities.values([
            Expr::val(Uuid::now_v7()),
            Expr::val(added.id),
            Expr::val(wechat.mini_program.app_id.as_str()),
            Expr::val(phone.mini_openid.as_str()),
            Expr::val(phone.unionid.as_str()),
            Expr::val(model.arrived),
        ])?;
        wechat.people.push(phone);
    }
    database.execute(&identities).await?;
    Ok(())
}

/// Everybody has finished the first lesson of each chapter: a list of courses without any progress
/// would be too easy.
async fn finish_first_lessons(database: &DatabaseConnection) -> Result<()> {
    let insert = "
        INSERT INTO lesson_progress (person_id, lesson_id, course_id, position, percent, watched,
            started_at, updated_at, finished_at)
        SELECT people.id, lessons.id, lessons.course_id, 0, 100, '[]',
            people.created_at, people.created_at, people.created_at
        FROM people CROSS JOIN lessons
        WHERE people.username LIKE 'load%' AND lessons.position = 1";
    let begun = database.execute_unprepared(insert).await?.rows_affected();
    anyhow::ensure!(begun > 0, "no lesson is the first of its chapter");
    Ok(())
}
