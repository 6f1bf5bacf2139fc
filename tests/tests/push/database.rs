//! What can be seen only behind the API.

use anyhow::{Context, Result};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use serde_json::Value;
use uuid::Uuid;

/// The database of an installation.
pub struct Rows(DatabaseConnection);

/// How many messages through WeChat stand where.
#[derive(Debug, Default)]
pub struct Jobs {
    pub pending: u64,
    pub done: u64,
    pub skipped: u64,
    pub dead: u64,
}

impl Rows {
    pub async fn open(url: &str) -> Result<Self> {
        let mut options = ConnectOptions::new(url);
        options.max_connections(1).sqlx_logging(false);
        Ok(Self(Database::connect(options).await?))
    }

    /// Messages about courses in all inboxes together.
    pub async fn inbox(&self) -> Result<u64> {
        let count = Query::select()
            .expr(Expr::cust("COUNT(*)"))
            .from("inbox_messages")
            .and_where(Expr::col("kind").eq("course_assigned"))
            .to_owned();
        self.number(count).await
    }

    /// Forgets what the demo world was about to send.
    pub async fn forget_jobs(&self) -> Result<()> {
        self.0.execute(&Query::delete().from_table("jobs").to_owned()).await?;
        Ok(())
    }

    pub async fn jobs(&self) -> Result<Jobs> {
        let query = Query::select()
            .column("state")
            .expr(Expr::cust("COUNT(*) AS number"))
            .from("jobs")
            .and_where(Expr::col("kind").eq("push_course_assigned"))
            .group_by_col("state")
            .to_owned();
        let mut jobs = Jobs::default();
        for row in self.0.query_all(&query).await? {
            let number = u64::try_from(row.try_get::<i64>("", "number")?)?;
            match row.try_get::<String>("", "state")?.as_str() {
                "pending" => jobs.pending = number,
                "done" => jobs.done = number,
                "skipped" => jobs.skipped = number,
                _ => jobs.dead = number,
            }
        }
        Ok(jobs)
    }

    /// Everybody allows so many messages of a template.
    pub async fn allow(&self, template: &str, times: u32) -> Result<()> {
        let clear = Query::delete().from_table("subscribe_credits").to_owned();
        self.0.execute(&clear).await?;
        let rows = Query::select()
            .column("id")
            .expr(Expr::val(template))
            .expr(Expr::val(times))
            .column("created_at")
            .from("people")
            .to_owned();
        let insert = Query::insert()
            .into_table("subscribe_credits")
            .columns(["person_id", "template", "remaining", "updated_at"])
            .select_from(rows)?
            .to_owned();
        self.0.execute(&insert).await?;
        Ok(())
    }

    /// Messages that all together still allow.
    pub async fn allowed(&self, template: &str) -> Result<u64> {
        let sum = Query::select()
            .expr(Expr::cust("CAST(SUM(remaining) AS bigint)"))
            .from("subscribe_credits")
            .and_where(Expr::col("template").eq(template))
            .to_owned();
        self.number(sum).await
    }

    /// Midnight for those that wait for it because the day's quota is used up. How many they were.
    pub async fn let_midnight_pass(&self) -> Result<u64> {
        let update = Query::update()
            .table("jobs")
            .value("run_at", Expr::col("created_at"))
            .and_where(Expr::col("state").eq("pending"))
            .and_where(Expr::col("last_error").like("%quota%"))
            .and_where(Expr::col("run_at").gt(Expr::col("created_at")))
            .and_where(Expr::col("lease_owner").is_null())
            .to_owned();
        Ok(self.0.execute(&update).await?.rows_affected())
    }

    /// Messages that a worker had begun to send under one of these leases, and of which it has not said how that went.
    pub async fn on_their_way(&self, takings: &[Uuid]) -> Result<u64> {
        let query = Query::select()
            .column("payload")
            .from("jobs")
            .and_where(Expr::col("state").eq("pending"))
            .and_where(Expr::col("lease_owner").is_in(takings.iter().copied()))
            .to_owned();
        let mut count = 0;
        for row in self.0.query_all(&query).await? {
            let payload: Value = row.try_get("", "payload")?;
            count += u64::from(payload["sending"]["credit"].as_str().is_some());
        }
        Ok(count)
    }

    /// How often the token was renewed.
    pub async fn renewals(&self) -> Result<u64> {
        let sum = Query::select()
            .expr(Expr::cust("CAST(SUM(version) AS bigint)"))
            .from("wechat_tokens")
            .to_owned();
        self.number(sum).await
    }

    async fn number(&self, query: SelectStatement) -> Result<u64> {
        let row = self.0.query_one(&query).await?.context("a count has a row")?;
        Ok(u64::try_from(row.try_get_by_index::<i64>(0)?)?)
    }
}
