//! Scripts of ours that few pages need, loaded by those.

use std::sync::atomic::{AtomicU32, Ordering};

use js_sys::{Array, Function, Promise, Reflect};
use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, JsValue},
};
use wasm_bindgen_futures::JsFuture;

/// What such a script offers, or something that it made.
pub struct Script(JsValue);

impl Script {
    /// Loads the script that the page names in a `<meta>`, unless it is there; it puts what it offers
    /// on the window under `name`. Nothing where it cannot be loaded now.
    pub async fn load(meta: &str, name: &str) -> Option<Self> {
        /// A browser remembers that a script could not be loaded, under its address.
        static FAILURES: AtomicU32 = AtomicU32::new(0);
        let offered = || {
            let found = Reflect::get(&window(), &name.into()).ok()?;
            found.is_object().then_some(Self(found))
        };
        if let Some(offered) = offered() {
            return Some(offered);
        }
        let page = document();
        let named = page.query_selector(&format!("meta[name={meta}]")).ok()??;
        let address = named.get_attribute("content")?;
        let address = match FAILURES.load(Ordering::Relaxed) {
            0 => address,
            failures => format!("{address}?{failures}"),
        };
        let script = page.create_element("script").ok()?;
        script.set_attribute("type", "module").ok()?;
        script.set_attribute("src", &address).ok()?;
        let arrived = Promise::new(&mut |done, failed| {
            let _ = script.add_event_listener_with_callback("load", &done);
            let _ = script.add_event_listener_with_callback("error", &failed);
        });
        page.head()?.append_child(&script).ok()?;
        if JsFuture::from(arrived).await.is_err() {
            FAILURES.fetch_add(1, Ordering::Relaxed);
        }
        script.remove();
        offered()
    }

    /// Calls one of its functions.
    pub fn call(&self, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
        let function = Reflect::get(&self.0, &name.into()).ok()?.dyn_into::<Function>().ok()?;
        function.apply(&self.0, &arguments.iter().collect::<Array>()).ok()
    }

    /// Calls one that makes something.
    pub fn make(&self, name: &str, arguments: &[JsValue]) -> Option<Self> {
        self.call(name, arguments).filter(JsValue::is_object).map(Self)
    }
}
