//! Calls that wait for what somebody else has locked, on PostgreSQL.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement, TransactionTrait};
use shared::problem::Problem;

use super::World;

/// Returns once a call waits for a lock.
async fn somebody_waits(db: &DatabaseConnection) {
    let waiting = "SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'";
    loop {
        let ask = Statement::from_string(db.get_database_backend(), waiting);
        let count: i64 = db.query_one_raw(ask).await.unwrap().unwrap().try_get_by_index(0).unwrap();
        if count > 0 {
            return;
        }
    }
}

impl World {
    /// What a call answers that begins now and gets the rows of a table an hour later. The world has a
    /// clock of its own.
    pub async fn after_an_hour<T>(
        &self,
        table: &str,
        call: impl Future<Output = Result<T, Problem>>,
    ) -> Result<T, Problem> {
        self.set_clock_ahead(0).await;
        let outside = Database::connect(self.app.config.database_url()).await.unwrap();
        let holding = outside.begin().await.unwrap();
        holding.execute_unprepared(&format!("SELECT 1 FROM {table} FOR UPDATE")).await.unwrap();
        let an_hour_passes = async {
            somebody_waits(&outside).await;
            self.set_clock_ahead(3600).await;
            holding.commit().await.unwrap();
        };
        futures_util::join!(call, an_hour_passes).0
    }
}
