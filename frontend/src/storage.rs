//! What this device keeps between visits. Everything here can vanish at any time: the server holds
//! the truth, the device only what it has not sent yet and what it has seen before.

use leptos::prelude::window;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;
use web_sys::Storage;

use crate::json;

/// Answers kept for days without a network. The first to go when space runs out.
pub const SEEN: &str = "seen:";

const DEVICE: &str = "device";

fn store() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

pub fn read(key: &str) -> Option<String> {
    store()?.get_item(key).ok().flatten()
}

pub fn read_json<T: DeserializeOwned>(key: &str) -> Option<T> {
    json::read(&read(key)?)
}

/// Whether it is kept now: storage may be full or switched off.
pub fn write(key: &str, text: &str) -> bool {
    let Some(store) = store() else { return false };
    if store.set_item(key, text).is_ok() {
        return true;
    }
    forget_all(SEEN);
    store.set_item(key, text).is_ok()
}

pub fn write_json(key: &str, value: &impl Serialize) -> bool {
    serde_json::to_string(value).is_ok_and(|text| write(key, &text))
}

pub fn forget(key: &str) {
    if let Some(store) = store() {
        // Nothing to do where it cannot be removed: it will be written over.
        let _ = store.remove_item(key);
    }
}

/// The keys that start so.
pub fn keys(prefix: &str) -> Vec<String> {
    let Some(store) = store() else { return Vec::new() };
    let count = store.length().unwrap_or_default();
    (0..count)
        .filter_map(|index| store.key(index).ok().flatten())
        .filter(|key| key.starts_with(prefix))
        .collect()
}

pub fn forget_all(prefix: &str) {
    for key in keys(prefix) {
        forget(&key);
    }
}

/// The random name this device gave itself.
pub fn device() -> Uuid {
    thread_local! {
        static DEVICE_ID: Uuid = read(DEVICE).and_then(|id| id.parse().ok()).unwrap_or_else(|| {
            let id = Uuid::new_v4();
            write(DEVICE, &id.to_string());
            id
        });
    }
    DEVICE_ID.with(|id| *id)
}
