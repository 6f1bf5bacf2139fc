//! 审计日志: what people and the system did, in an order that nobody can change unnoticed.
//!
//! A domain calls [`record`] in the transaction that did something: no audit row, no commit. What
//! has no such transaction (a failed sign-in, a denial) is written by [`refused`], which is bounded.
//! A record holds ids, numbers and codes only: [`Fact`] takes no free text, so no name, phone number,
//! token or answer can get into it.

mod act;
mod calls;
pub mod entity;
mod facts;
mod pending;
mod record;
mod refusals;

pub use act::{Act, Actor, Object};
pub use facts::Fact;
pub use pending::record;
pub use refusals::refused;
pub use shared::audit::{
    AuditEvent as Event, AuditObjectKind as ObjectKind, AuditOutcome as Outcome,
};
