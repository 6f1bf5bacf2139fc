//! `bin/qr.rs`, loaded by those who draw or read QR codes.

use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlVideoElement;

use crate::ui::html::{Html, drawing};

#[derive(Clone)]
pub struct Qr(JsValue);

impl Qr {
    /// Nothing where the network is missing.
    pub async fn load() -> Option<Self> {
        call(&window(), "loadQr", &Array::new()).await.map(Self)
    }

    /// What the code in the present picture says.
    pub fn read(&self, video: &HtmlVideoElement) -> Option<String> {
        self.ask("read", video)
    }

    /// The code of a text as a picture that is sharp at any size.
    pub fn draw(&self, text: &str) -> Option<Html> {
        let drawn = self.ask("draw", &text.into())?;
        let (side, path) = drawn.split_once(' ')?;
        let picture = drawing("qr", &format!("0 0 {side} {side}"), path)
            .attr("role", "img")
            .attr("aria-label", "签到码")
            .attr("shape-rendering", "crispEdges");
        Some(picture)
    }

    fn ask(&self, what: &str, about: &JsValue) -> Option<String> {
        let function = get(&self.0, what)?.dyn_into::<Function>().ok()?;
        function.call1(&JsValue::NULL, about).ok()?.as_string()
    }
}

pub fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|it| !it.is_undefined())
}

/// Calls a method and waits for its answer.
pub async fn call(object: &JsValue, method: &str, arguments: &Array) -> Option<JsValue> {
    let method = get(object, method)?.dyn_into::<Function>().ok()?;
    let promise = method.apply(object, arguments).ok()?.dyn_into::<Promise>().ok()?;
    JsFuture::from(promise).await.ok()
}
