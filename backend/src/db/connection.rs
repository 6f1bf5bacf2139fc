//! Where statements run. Two concrete types instead of `impl ConnectionTrait`: a function that
//! reads is compiled once, whether its caller has begun a transaction or not.

use std::ops::Deref;

use async_trait::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, Statement,
};

/// The pool of connections, or a transaction: enough to read.
pub enum Connection {
    /// Each statement sees what was committed before it.
    Pool(DatabaseConnection),
    /// Statements see what the transaction has written so far.
    Begun(DatabaseTransaction),
}

/// A transaction, which whatever writes asks for. Only [`Db::write`](super::Db::write) has any.
pub struct Transaction(Connection);

impl Transaction {
    pub(super) const fn new(begun: DatabaseTransaction) -> Self {
        Self(Connection::Begun(begun))
    }

    /// Keeps what was written if `keep`, else undoes it.
    ///
    /// # Errors
    /// Where the database did not do so; nothing of it remains then.
    pub(super) async fn end(self, keep: bool) -> Result<(), DbErr> {
        match self.0 {
            Connection::Begun(begun) if keep => begun.commit().await,
            Connection::Begun(begun) => begun.rollback().await,
            Connection::Pool(_) => Ok(()),
        }
    }
}

impl Deref for Transaction {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.0
    }
}

#[async_trait]
impl ConnectionTrait for Connection {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Pool(pool) => pool.get_database_backend(),
            Self::Begun(begun) => begun.get_database_backend(),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self {
            Self::Pool(pool) => pool.execute_raw(statement).await,
            Self::Begun(begun) => begun.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            Self::Pool(pool) => pool.execute_unprepared(sql).await,
            Self::Begun(begun) => begun.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Pool(pool) => pool.query_one_raw(statement).await,
            Self::Begun(begun) => begun.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Pool(pool) => pool.query_all_raw(statement).await,
            Self::Begun(begun) => begun.query_all_raw(statement).await,
        }
    }
}

#[async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        self.0.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.0.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.0.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.0.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.0.query_all_raw(statement).await
    }
}
