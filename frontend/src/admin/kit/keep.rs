//! Drafts in the browser's storage, each officer's apart from another's on the same computer.

use leptos::prelude::use_context;

use crate::storage;

/// Whose drafts these are; in the context of every page behind the sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftOwner(pub String);

/// The key of a draft, with its owner's name in it.
pub fn key_of(what: &str) -> String {
    let owner = use_context::<DraftOwner>().map(|owner| owner.0).unwrap_or_default();
    format!("console/{owner}/{what}")
}

/// Whether this computer has a draft of it that the server has not.
pub fn is_kept(what: &str) -> bool {
    storage::read(&key_of(what)).is_some()
}
