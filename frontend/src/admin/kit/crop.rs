//! Cropping a picture before it is uploaded, by `crop.js`.

use leptos::{
    html,
    prelude::*,
    task::spawn_local,
    wasm_bindgen::{JsCast, JsValue, prelude::Closure},
};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::{Panel, Script};

/// What a picture may be cropped to, and the width for a height of 1.
const SHAPES: [(&str, f64); 4] =
    [("原图", 0.0), ("1:1", 1.0), ("4:3", 4.0 / 3.0), ("16:9", 16.0 / 9.0)];
const HOW: &str = "裁剪框，方向键移动，按住 Shift 再按方向键改大小";

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Loading,
    /// The size of what is chosen, in pixels.
    Open(String),
    NotLoaded,
    NoPicture,
}

/// A picture being cropped.
struct Opened {
    cropping: Script,
    _told: Closure<dyn Fn(String)>,
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.cropping.call("close", &[]);
    }
}

type Crop = StoredValue<Option<Opened>, LocalStorage>;

#[component]
pub fn CropPanel(file: File, on_done: Callback<File>, on_close: Callback<()>) -> impl IntoView {
    let host = NodeRef::<html::Div>::new();
    let state = RwSignal::new(State::Loading);
    let shape = RwSignal::new(0.0);
    let opened: Crop = StoredValue::new_local(None);
    spawn_local(async move {
        let script = Script::load("crop", "cropping").await;
        let Some(Some(host)) = host.try_get_untracked() else { return };
        match script.and_then(|it| open(&it, &host, &file, state)) {
            Some(crop) => opened.set_value(Some(crop)),
            None => state.set(State::NotLoaded),
        }
    });
    let choose = move |ratio: f64| {
        shape.set(ratio);
        opened
            .with_value(|it| it.as_ref().and_then(|it| it.cropping.call("shape", &[ratio.into()])));
    };
    let shapes = SHAPES.map(|(name, ratio)| {
        view! {
            <button type="button" class="c-button c-button--small"
                aria-pressed=move || (shape.get() - ratio).abs().lt(&f64::EPSILON).to_string()
                on:click=move |_| choose(ratio)>{name}</button>
        }
    });
    let words = move || match state.get() {
        State::Loading => "正在打开图片…".to_owned(),
        State::Open(size) => format!("裁出来 {size} 像素"),
        State::NotLoaded => {
            "网络没连上，没能打开裁剪。请关掉再试一次，或者直接上传原图。".to_owned()
        }
        State::NoPicture => "这张图片打不开，请换一张 JPG、PNG 或 WebP 图片。".to_owned(),
    };
    let ready = move || state.with(|it| matches!(it, State::Open(_)));
    view! {
        <Panel title="裁剪图片" text="拖动框、边和角，选出要留下的部分；也可以用方向键移动，按住 Shift 再按方向键改大小。" on_close>
            <div class="c-crop" node_ref=host></div>
            <div class="c-kinds" role="group" aria-label="比例">{shapes}</div>
            <p class="c-field__hint" role="status">{words}</p>
            <footer class="c-question__foot">
                <button type="button" class="c-button" on:click=move |_| on_close.run(())>"取消"</button>
                <button type="button" class="c-button c-button--primary" disabled=move || !ready()
                    on:click=move |_| finish(opened, on_done)>"裁好，上传"</button>
            </footer>
        </Panel>
    }
}

fn open(script: &Script, host: &JsValue, file: &File, state: RwSignal<State>) -> Option<Opened> {
    let told = Closure::<dyn Fn(String)>::new(move |size: String| {
        let told = if size.is_empty() { State::NoPicture } else { State::Open(size) };
        let _ = state.try_set(told);
    });
    let arguments = [host.clone(), file.into(), HOW.into(), told.as_ref().clone()];
    Some(Opened { cropping: script.make("open", &arguments)?, _told: told })
}

/// Hands on what was chosen.
fn finish(opened: Crop, on_done: Callback<File>) {
    let cut = opened.with_value(|it| it.as_ref().and_then(|it| it.cropping.call("file", &[])));
    let Some(cut) = cut.and_then(|it| it.dyn_into::<js_sys::Promise>().ok()) else { return };
    spawn_local(async move {
        let file = JsFuture::from(cut).await.ok().and_then(|it| it.dyn_into().ok());
        if let Some(file) = file {
            on_done.try_run(file);
        }
    });
}
