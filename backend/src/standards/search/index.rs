//! Putting texts into the index and taking them out.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveEnum, ConnectionTrait, DbBackend, Statement, sea_query::Value};
use shared::standards::SearchKind;
use uuid::Uuid;

use super::pairs::{array, fold, pairs, tokens};
use crate::{Result, db::Transaction};

/// Texts of one statement.
const AT_ONCE: usize = 200;

pub struct Text {
    pub kind: SearchKind,
    pub object: Uuid,
    /// What it goes with: a clause's version, a course.
    pub group: Uuid,
    pub title: String,
    pub body: String,
}

/// What marks the kind of a text among its pairs.
pub const fn mark(kind: SearchKind) -> i64 {
    match kind {
        SearchKind::Clause => 1,
        SearchKind::Course => 2,
        SearchKind::Lesson => 3,
    }
}

/// Makes texts findable.
pub async fn add(tx: &Transaction, texts: &[Text], now: DateTime<Utc>) -> Result<()> {
    for some in texts.chunks(AT_ONCE) {
        match tx.get_database_backend() {
            DbBackend::Postgres => add_on_postgres(tx, some, now).await?,
            _ => add_on_sqlite(tx, some, now).await?,
        }
    }
    Ok(())
}

/// The values that both databases keep, and the pairs.
fn values(text: &Text, now: DateTime<Utc>) -> ([Value; 7], Vec<i64>) {
    // The number, the title and the text as one, each apart from the next.
    let folded = fold(&format!("{}\u{2}{}", text.title, text.body));
    let mut found: Vec<i64> = pairs(&folded).into_iter().collect();
    found.push(mark(text.kind));
    let values = [
        text.kind.to_value().into(),
        text.object.into(),
        text.group.into(),
        text.title.clone().into(),
        text.body.clone().into(),
        folded.into(),
        now.into(),
    ];
    (values, found)
}

async fn add_on_postgres(tx: &Transaction, texts: &[Text], now: DateTime<Utc>) -> Result<()> {
    let (mut rows, mut all) = (Vec::new(), Vec::new());
    for text in texts {
        let (values, pairs) = values(text, now);
        let places: Vec<String> =
            (1..=values.len()).map(|it| format!("${}", all.len() + it)).collect();
        // Numbers of our own making, which need no binding.
        rows.push(format!("({}, '{}'::bigint[])", places.join(", "), array(pairs.into_iter())));
        all.extend(values);
    }
    let sql = format!(
        "INSERT INTO search_texts (kind, object_id, group_id, title, body, folded, marked_at, pairs) \
         VALUES {}",
        rows.join(", ")
    );
    tx.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, all)).await?;
    Ok(())
}

async fn add_on_sqlite(tx: &Transaction, texts: &[Text], now: DateTime<Utc>) -> Result<()> {
    let last =
        Statement::from_string(DbBackend::Sqlite, "SELECT COALESCE(MAX(id), 0) FROM search_texts");
    let last = tx.query_one_raw(last).await?;
    let mut id: i64 = last.map_or(Ok(0), |it| it.try_get_by_index(0))?;
    let (mut rows, mut all, mut pairs_of) = (Vec::new(), Vec::new(), Vec::new());
    for text in texts {
        id += 1;
        let (values, pairs) = values(text, now);
        rows.push(format!("({id}, ?, ?, ?, ?, ?, ?, ?)"));
        all.extend(values);
        pairs_of.push(format!("({id}, '{}')", tokens(pairs.into_iter())));
    }
    let sql = format!(
        "INSERT INTO search_texts (id, kind, object_id, group_id, title, body, folded, marked_at) \
         VALUES {}",
        rows.join(", ")
    );
    tx.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, sql, all)).await?;
    let sql = format!("INSERT INTO search_pairs (rowid, pairs) VALUES {}", pairs_of.join(", "));
    tx.execute_unprepared(&sql).await?;
    Ok(())
}

/// Makes everything of a group unfindable.
pub async fn remove_group(tx: &Transaction, group: Uuid) -> Result<()> {
    let backend = tx.get_database_backend();
    let run = |sql: &str| Statement::from_sql_and_values(backend, sql, [group.into()]);
    if backend == DbBackend::Postgres {
        tx.execute_raw(run("DELETE FROM search_texts WHERE group_id = $1")).await?;
        return Ok(());
    }
    tx.execute_raw(run(
        "DELETE FROM search_pairs WHERE rowid IN (SELECT id FROM search_texts WHERE group_id = ?)",
    ))
    .await?;
    tx.execute_raw(run("DELETE FROM search_texts WHERE group_id = ?")).await?;
    Ok(())
}
