//! What this device keeps between visits. Everything here can vanish at any time: the server holds
//! the truth, the device only what it has not sent yet and what it has seen before.

use leptos::prelude::{document, window};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, Storage};

use crate::json;

/// Answers kept for days without a network. The first to go when space runs out.
pub const SEEN: &str = "seen:";
/// Is there where somebody signed out, until `static/study/packs.js` has let go of what was downloaded.
pub const LEFT: &str = "left";

/// Answers of a downloaded course. `study.js` puts them here, and takes them away when the course is
/// deleted.
const PACK: &str = "pack:";

/// The cookie in which the server tells whose sign-in the browser holds; with https its name has
/// `__Host-` before it.
const PERSON: &str = "fingertip_person";

const DEVICE: &str = "device";

fn store() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Whose sign-in this browser holds. What is kept for one person is filed under them, so that two
/// who share a phone never see or send each other's.
pub fn owner() -> Option<String> {
    let cookies = document().unchecked_into::<HtmlDocument>().cookie().ok()?;
    owner_in(&cookies).map(str::to_owned)
}

fn owner_in(cookies: &str) -> Option<&str> {
    let mut pairs = cookies.split("; ").filter_map(|pair| pair.split_once('='));
    let named = |name: &str| name.trim_start_matches("__Host-") == PERSON;
    pairs.find_map(|(name, value)| (named(name) && !value.is_empty()).then_some(value))
}

/// The key of something that belongs to the person who is signed in.
pub fn of_owner(kind: &str, name: &str) -> String {
    format!("{kind}{}:{name}", owner().as_deref().unwrap_or("-"))
}

/// Where the answer from an address is kept. What belongs to a downloaded course stays in it.
pub fn answer_key(target: &str) -> String {
    let packed = of_owner(PACK, target);
    if read(&packed).is_some() { packed } else { of_owner(SEEN, target) }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owner_is_whom_the_servers_cookie_names() {
        assert_eq!(owner_in("a=1; fingertip_person=0190; b=2"), Some("0190"));
        assert_eq!(owner_in("__Host-fingertip_person=0190"), Some("0190"));
        for nobody in ["", "fingertip_person=", "other_fingertip_person=1", "fingertip_personal=1"]
        {
            assert_eq!(owner_in(nobody), None, "{nobody}");
        }
    }
}
