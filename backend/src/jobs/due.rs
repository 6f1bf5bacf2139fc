//! Which jobs are to be run now.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};

use super::entity::job;

/// So many of the jobs that are due and that no worker has, the longest due first.
pub(super) fn due(now: DateTime<Utc>, most: u64) -> Select<job::Entity> {
    let free = Condition::any()
        .add(job::Column::LeaseUntil.is_null())
        .add(job::Column::LeaseUntil.lte(now));
    job::Entity::find()
        .filter(pending())
        .filter(job::Column::RunAt.lte(now))
        .filter(free)
        .order_by_asc(job::Column::RunAt)
        .limit(most)
}

/// The state is written into the SQL: with a parameter in its place a database can use its index over
/// pending jobs only where it plans anew for each value. Jobs that ended are kept for weeks, and
/// workers ask every second.
pub(super) fn pending() -> Expr {
    Expr::col((job::Entity, job::Column::State)).eq(Expr::Constant("pending".into()))
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbBackend, QueryTrait};

    use super::*;
    use crate::db;

    #[actix_web::test]
    async fn sqlite_finds_due_jobs_by_their_index_whatever_has_ended() {
        let steps = db::plan_of(&due(Utc::now(), 8).build(DbBackend::Sqlite).sql).await;
        assert_eq!(steps, ["SEARCH jobs USING INDEX jobs_due (run_at<?)"]);
    }
}
