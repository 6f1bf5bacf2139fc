//! SQLite has one writer: a task that runs every write, and lets those that wait share one commit
//! and so one flush to disk.

use std::panic::AssertUnwindSafe;

use futures_util::{FutureExt, future::BoxFuture};
use sea_orm::{
    DatabaseConnection, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use tokio::sync::{mpsc, oneshot};

use super::{Transaction, gone};
use crate::Result;

/// What a write does with its transaction.
pub type Work<'tx, T> = BoxFuture<'tx, Result<T>>;

/// Writes that share one commit at most.
const GROUP: usize = 64;

#[derive(Clone)]
pub(super) struct Writer(mpsc::Sender<Box<dyn Write>>);

impl Writer {
    /// Starts the task; it ends when the last handle is dropped.
    pub(super) fn start(connection: DatabaseConnection) -> Self {
        let (sender, receiver) = mpsc::channel(1024);
        tokio::spawn(serve(connection, receiver));
        Self(sender)
    }

    pub(super) async fn run<T, W>(&self, work: W) -> Result<T>
    where
        T: Send + 'static,
        W: for<'tx> FnOnce(&'tx Transaction) -> Work<'tx, T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let pending = Pending { work: Some(work), outcome: None, reply };
        self.0.send(Box::new(pending)).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

/// A write whose result type is forgotten.
trait Write: Send {
    /// Does the work; says whether to keep it.
    fn run<'tx>(&'tx mut self, tx: &'tx Transaction) -> BoxFuture<'tx, bool>;

    /// Answers the caller once the commit is on disk or has failed.
    fn settle(self: Box<Self>, committed: Result<(), DbErr>);
}

struct Pending<T, W> {
    work: Option<W>,
    outcome: Option<Result<T>>,
    reply: oneshot::Sender<Result<T>>,
}

impl<T, W> Write for Pending<T, W>
where
    T: Send + 'static,
    W: for<'tx> FnOnce(&'tx Transaction) -> Work<'tx, T> + Send + 'static,
{
    fn run<'tx>(&'tx mut self, tx: &'tx Transaction) -> BoxFuture<'tx, bool> {
        Box::pin(async move {
            let Some(work) = self.work.take() else { return false };
            let outcome = AssertUnwindSafe(work(tx)).catch_unwind().await;
            let outcome = outcome.unwrap_or_else(|_| {
                Err(anyhow::anyhow!("a write to the database panicked").into())
            });
            let keep = outcome.is_ok();
            self.outcome = Some(outcome);
            keep
        })
    }

    fn settle(self: Box<Self>, committed: Result<(), DbErr>) {
        let answer = match (self.outcome, committed) {
            (Some(Ok(_)) | None, Err(error)) => Err(error.into()),
            (Some(outcome), _) => outcome,
            (None, Ok(())) => Err(gone()),
        };
        // The caller may have hung up; what was committed stays.
        drop(self.reply.send(answer));
    }
}

async fn serve(connection: DatabaseConnection, mut receiver: mpsc::Receiver<Box<dyn Write>>) {
    let mut group = Vec::with_capacity(GROUP);
    while receiver.recv_many(&mut group, GROUP).await > 0 {
        let committed = commit_together(&connection, &mut group).await;
        for write in group.drain(..) {
            write.settle(committed.clone());
        }
    }
}

async fn commit_together(
    connection: &DatabaseConnection,
    group: &mut [Box<dyn Write>],
) -> Result<(), DbErr> {
    let tx = connection
        .begin_with_options(TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        })
        .await?;
    for write in group {
        let savepoint = Transaction::new(tx.begin().await?);
        let keep = write.run(&savepoint).await;
        savepoint.end(keep).await?;
    }
    tx.commit().await
}
