//! Drafts in the browser's storage, each officer's apart from another's on the same computer.

use leptos::{prelude::*, web_sys::Storage};
use serde::{Serialize, de::DeserializeOwned};

/// Whose drafts these are; in the context of every page behind the sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftOwner(pub String);

pub fn read<T: DeserializeOwned>(key: &str) -> Option<T> {
    let text = storage()?.get_item(key).ok()??;
    // A draft of an older program that no longer fits is as good as none.
    serde_json::from_str(&text).ok()
}

/// Does nothing where the storage is full or forbidden: the text is still on the screen.
pub fn write(key: &str, value: &impl Serialize) {
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(value)) {
        let _ = storage.set_item(key, &text);
    }
}

pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// The key of a draft, with its owner's name in it.
pub fn key_of(what: &str) -> String {
    let owner = use_context::<DraftOwner>().map(|owner| owner.0).unwrap_or_default();
    format!("console/{owner}/{what}")
}

fn storage() -> Option<Storage> {
    window().local_storage().ok()?
}
