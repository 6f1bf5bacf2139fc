//! Connections as `fingertip` has them.

use sqlx::{Database, Pool};

pub struct Store<DB: Database> {
    pub read: Pool<DB>,
    /// On SQLite one connection, on PostgreSQL the pool that reads too.
    pub write: Pool<DB>,
}
