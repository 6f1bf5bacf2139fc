//! A QR code on the screen, drawn by the program that is loaded by those who need it.

use js_sys::{Array, Function, Promise, Reflect};
use leptos::{
    prelude::*,
    task::spawn_local,
    wasm_bindgen::{JsCast, JsValue},
};
use wasm_bindgen_futures::JsFuture;

/// Stays empty where it cannot be drawn: what stands beside it must do without.
#[component]
pub fn QrDrawing(
    text: String,
    /// What it is, for those who hear it.
    label: &'static str,
) -> impl IntoView {
    let drawing = RwSignal::new(None::<(String, String)>);
    spawn_local(async move {
        let drawn = draw(&text).await;
        let _ = drawing.try_set(drawn);
    });
    move || {
        drawing.get().map(|(side, path)| {
            view! {
                <svg class="c-qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=label shape-rendering="crispEdges">
                    <path d=path></path>
                </svg>
            }
        })
    }
}

/// The side of the drawing of a code, and its path.
async fn draw(text: &str) -> Option<(String, String)> {
    let get = |object: &JsValue, name: &str| {
        Reflect::get(object, &name.into()).ok()?.dyn_into::<Function>().ok()
    };
    let window = JsValue::from(window());
    let loading = get(&window, "loadQr")?.apply(&window, &Array::new()).ok()?;
    let qr = JsFuture::from(loading.dyn_into::<Promise>().ok()?).await.ok()?;
    let drawn = get(&qr, "draw")?.call1(&JsValue::NULL, &text.into()).ok()?.as_string()?;
    let (side, path) = drawn.split_once(' ')?;
    Some((side.to_owned(), path.to_owned()))
}
