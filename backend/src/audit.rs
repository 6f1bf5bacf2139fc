//! 审计日志: what people and the system did, in an order that nobody can change unnoticed.
//!
//! A domain calls [`record`] in the transaction that did something: no audit row, no commit. What
//! has no such transaction (a failed sign-in, a denial) is written by [`refused`], which is bounded.
//! A record holds ids, numbers and codes only: [`Fact`] takes no free text, so no name, phone number,
//! token or answer can get into it.
//!
//! [`sealing`] moves records into the chain, [`checkpoints`] signs where it ends, [`verification`]
//! finds what was changed by whoever owns the database.

mod act;
pub mod anchor;
mod calls;
pub mod chain;
pub mod checkpoints;
pub mod command;
mod console;
mod download;
pub mod entity;
pub mod export;
mod facts;
mod pending;
mod reading;
mod record;
mod refusals;
pub mod rights;
pub mod sealing;
pub mod verdict;
pub mod verification;
pub mod verify;
mod words;
mod writing;

use std::time::Duration;

pub use act::{Act, Actor, Object};
pub use console::routes;
pub use download::plain;
pub use facts::Fact;
pub use pending::{record, record_all, record_alone};
pub use record::Record;
pub use refusals::{refused, watched};
pub use shared::audit::{
    AuditEvent as Event, AuditObjectKind as ObjectKind, AuditOutcome as Outcome,
};
pub(crate) use writing::write;

use crate::{App, Result};

/// Records that this server was started.
pub async fn record_start(app: &App) -> Result<()> {
    record_alone(app, Actor::SYSTEM.did(Event::ServerStarted, Object::INSTALLATION)).await
}

/// Seals and checks until the process ends.
pub fn work(app: &App) {
    actix_web::rt::spawn(sealing::seal_forever(app.clone()));
    let app = app.clone();
    actix_web::rt::spawn(async move {
        let mut minute = tokio::time::interval(Duration::from_mins(1));
        loop {
            minute.tick().await;
            if let Err(error) = verification::check_if_due(&app).await {
                tracing::error!(error = format!("{error:#}"), "the audit log cannot be checked");
            }
        }
    });
}
