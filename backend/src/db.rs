//! The database: one way to read, one way to write.

mod connection;
pub mod cursor;
pub mod like;
mod writer;

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use migrations::Migrator;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, EntityTrait,
    TransactionTrait,
};
use sea_orm_migration::{MigratorTrait, seaql_migrations};

use crate::{Result, error::Error};
pub use connection::{Connection, Transaction};
pub use writer::Work;
use writer::Writer;

/// Ends an entity's module: related rows are found through their ids.
macro_rules! no_relations {
    () => {
        #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
        pub enum Relation {}

        impl ActiveModelBehavior for ActiveModel {}
    };
}
pub(crate) use no_relations;

/// Connections to one database, cheap to clone.
#[derive(Clone)]
pub struct Db {
    read: Arc<Connection>,
    write: DatabaseConnection,
    /// Present on SQLite, where one connection writes.
    writer: Option<Writer>,
}

impl Db {
    /// Connects. On SQLite writes go through one connection that groups commits.
    pub async fn connect(url: &str) -> Result<Self> {
        if !url.starts_with("sqlite:") {
            let pool = Database::connect(options(url, 16)).await.context("DATABASE_URL")?;
            let read = Arc::new(Connection::Pool(pool.clone()));
            return Ok(Self { read, write: pool, writer: None });
        }
        let write = Database::connect(sqlite(url, 1)).await.context("the SQLite file")?;
        let read = Database::connect(sqlite(url, 4)).await.context("the SQLite file")?;
        let read = Arc::new(Connection::Pool(read));
        let writer = Some(Writer::start(write.clone()));
        Ok(Self { read, write, writer })
    }

    /// For reading outside a transaction.
    pub fn read(&self) -> &Connection {
        &self.read
    }

    pub fn backend(&self) -> DbBackend {
        self.read.get_database_backend()
    }

    /// Runs `work` in a transaction and answers after the commit is on disk; if `work` fails,
    /// nothing of it remains.
    ///
    /// On SQLite several callers may share one commit, each in a savepoint of its own, so `work`
    /// must await nothing but the transaction.
    pub async fn write<T, W>(&self, work: W) -> Result<T>
    where
        T: Send + 'static,
        W: for<'tx> FnOnce(&'tx Transaction) -> Work<'tx, T> + Send + 'static,
    {
        if let Some(writer) = &self.writer {
            return writer.run(work).await;
        }
        let tx = Transaction::new(self.write.begin().await?);
        let outcome = work(&tx).await;
        tx.end(outcome.is_ok()).await?;
        outcome
    }

    /// Runs `work`, which is a single statement: a transaction by itself on PostgreSQL, where no
    /// other has to be begun and ended.
    pub async fn write_statement<T, W>(&self, work: W) -> Result<T>
    where
        T: Send + 'static,
        W: for<'db> FnOnce(&'db Connection) -> Work<'db, T> + Send + 'static,
    {
        if self.writer.is_some() {
            return self.write(move |tx| work(tx)).await;
        }
        work(&self.read).await
    }

    /// Brings the schema up to date; where it is, that takes no right to change it.
    pub async fn migrate(&self) -> Result<()> {
        if self.is_current().await {
            return Ok(());
        }
        // Two servers that start together take turns.
        let lock = match self.backend() {
            DbBackend::Postgres => {
                let tx = self.write.begin().await?;
                tx.execute_unprepared("SELECT pg_advisory_xact_lock(4711)").await?;
                Some(tx)
            }
            _ => None,
        };
        Migrator::up(&self.write, None).await.context("migrations")?;
        if let Some(tx) = lock {
            tx.commit().await?;
        }
        Ok(())
    }

    /// Whether the schema has all that this program knows of.
    async fn is_current(&self) -> bool {
        // An empty database has not even the table that is asked here.
        let Ok(done) = seaql_migrations::Entity::find().all(self.read()).await else {
            return false;
        };
        let is_done = |name: &str| done.iter().any(|it| it.version == name);
        Migrator::migrations().iter().all(|it| is_done(it.name()))
    }

    /// Whether a transaction can be committed now.
    pub async fn ready(&self) -> Result<()> {
        self.write(|tx| {
            Box::pin(async move {
                tx.execute_unprepared("SELECT 1").await?;
                Ok(())
            })
        })
        .await
    }
}

fn options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(5))
        .test_before_acquire(false)
        .sqlx_logging(false);
    options
}

fn sqlite(url: &str, connections: u32) -> ConnectOptions {
    let mut options = options(url, connections);
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("foreign_keys", "ON")
            .pragma("cache_size", "-4000")
            .busy_timeout(Duration::from_secs(5))
    });
    options
}

/// How SQLite goes about a statement that is given without its values, as it plans for all of them.
#[cfg(test)]
pub async fn plan_of(sql: &str) -> Vec<String> {
    use sea_orm::Statement;

    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("plan.sqlite");
    let db = Db::connect(&format!("sqlite://{}?mode=rwc", file.display())).await.unwrap();
    db.migrate().await.unwrap();
    let explain = Statement::from_string(DbBackend::Sqlite, format!("EXPLAIN QUERY PLAN {sql}"));
    let plan = db.read().query_all_raw(explain).await.unwrap();
    plan.iter().map(|step| step.try_get("", "detail").unwrap()).collect()
}

/// What a write answers when its transaction never ended.
fn gone() -> Error {
    anyhow::anyhow!("the database writer is gone").into()
}
