//! The authoritative time: the database's on PostgreSQL, on SQLite the process clock, which never
//! goes backwards. Nobody else asks what time it is.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, sea_query::Expr};

use crate::db::Connection;

const NOTICEABLE: TimeDelta = TimeDelta::seconds(2);

/// Microseconds since 1970 that were last given out.
#[derive(Debug, Clone, Default)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// Now, to the microsecond, as the database sees it.
    ///
    /// # Errors
    /// Where the database cannot be asked.
    pub async fn now(&self, db: &Connection) -> Result<DateTime<Utc>, DbErr> {
        match db.get_database_backend() {
            DbBackend::Postgres => {
                let ask = Statement::from_string(DbBackend::Postgres, "SELECT clock_timestamp()");
                let row = db.query_one_raw(ask).await?;
                row.ok_or_else(|| DbErr::RecordNotFound("the time".into()))?.try_get_by_index(0)
            }
            _ => Ok(self.process_now()),
        }
    }

    /// The moment so long before now, for a statement that may have to wait for a lock: on
    /// PostgreSQL the clock is read when the statement gets there. `now` is what it was before.
    pub fn ago(db: &Connection, now: DateTime<Utc>, span: TimeDelta) -> Expr {
        match db.get_database_backend() {
            DbBackend::Postgres => {
                let milliseconds = span.num_milliseconds();
                Expr::cust(format!("clock_timestamp() - interval '{milliseconds} milliseconds'"))
            }
            _ => Expr::val(now - span),
        }
    }

    /// The time once a lock was had, which somebody may have held for long; `now` is what it was before.
    /// `SQLite` has one writer, whose time is taken when it is its turn.
    ///
    /// # Errors
    /// As [`now`](Self::now).
    pub async fn later(db: &Connection, now: DateTime<Utc>) -> Result<DateTime<Utc>, DbErr> {
        match db.get_database_backend() {
            DbBackend::Postgres => Self::default().now(db).await,
            _ => Ok(now),
        }
    }

    /// How far the database's clock is ahead of the process's.
    ///
    /// # Errors
    /// As [`now`](Self::now).
    pub async fn difference(&self, db: &Connection) -> Result<TimeDelta, DbErr> {
        let before = self.process_now();
        let there = self.now(db).await?;
        let here = before + (self.process_now() - before) / 2;
        Ok(there - here)
    }

    /// Tells whoever runs the server where the two clocks differ by more than anybody would notice.
    ///
    /// # Errors
    /// As [`now`](Self::now).
    pub async fn compare(&self, db: &Connection) -> Result<(), DbErr> {
        let difference = self.difference(db).await?;
        if difference.abs() > NOTICEABLE {
            let seconds = difference.num_seconds();
            tracing::warn!(seconds, "the database's clock is ahead of this machine's: set both");
        }
        Ok(())
    }

    /// The process clock, held so that it never goes backwards: for what no database row decides,
    /// such as the age of a token.
    pub fn process_now(&self) -> DateTime<Utc> {
        let read = Utc::now().timestamp_micros();
        let now = self.0.fetch_max(read, Ordering::Relaxed).max(read);
        DateTime::from_timestamp_micros(now).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_process_clock_never_goes_backwards() {
        let clock = Clock::default();
        let ahead = Utc::now().timestamp_micros() + 60_000_000;
        clock.0.store(ahead, Ordering::Relaxed);
        assert_eq!(clock.process_now().timestamp_micros(), ahead);
    }
}
