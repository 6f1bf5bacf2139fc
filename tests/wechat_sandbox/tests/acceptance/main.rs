//! What a client may rely on when it is tested against this sandbox: over HTTP, one sentence a test.

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of tests fail a test by panicking, as tests do"
)]

mod callback;
mod codes;
mod control;
mod faults;
mod links;
mod login;
mod messages;
mod page_tickets;
mod phone;
mod replies;
mod support;
mod tokens;
mod web_authorisation;
mod web_identity;
mod wecom;
