//! Reading a QR code with the phone's camera: by WeChat's scanner inside WeChat, by the browser itself
//! where it can, else by a module of ours that is loaded for it.

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Object, Reflect};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlVideoElement, MediaStream, MediaStreamConstraints, MediaStreamTrack};

use super::super::{
    qr::{Qr, call, get},
    sign_in::inside_wechat,
};
use crate::ui::{
    button,
    html::{Html, div, live, many, none, p, video},
};

/// Milliseconds between two looks.
const LOOK: u32 = 250;

/// What reads codes.
#[derive(Clone)]
enum Reader {
    /// The browser's `BarcodeDetector`.
    Browser(JsValue),
    Ours(Qr),
}

impl Reader {
    async fn find() -> Option<Self> {
        match Self::of_browser().await {
            Some(reader) => Some(reader),
            None => Qr::load().await.map(Self::Ours),
        }
    }

    /// None where the browser has none, or one that reads no QR codes: some web views show the
    /// class with an empty list of formats.
    async fn of_browser() -> Option<Self> {
        let class = get(&window(), "BarcodeDetector")?.dyn_into::<Function>().ok()?;
        let formats = call(&class, "getSupportedFormats", &Array::new()).await?;
        if !formats.dyn_into::<Array>().ok()?.includes(&"qr_code".into(), 0) {
            return None;
        }
        let options = Object::new();
        Reflect::set(&options, &"formats".into(), &Array::of1(&"qr_code".into())).ok()?;
        Reflect::construct(&class, &Array::of1(&options)).ok().map(Self::Browser)
    }

    /// What the code in the picture says.
    async fn read(&self, video: &HtmlVideoElement) -> Option<String> {
        match self {
            Self::Browser(detector) => {
                let found = call(detector, "detect", &Array::of1(video)).await?;
                get(&found.dyn_into::<Array>().ok()?.get(0), "rawValue")?.as_string()
            }
            Self::Ours(qr) => qr.read(video),
        }
    }
}

async fn camera() -> Result<MediaStream, JsValue> {
    let wanted = Object::new();
    Reflect::set(&wanted, &"facingMode".into(), &"environment".into())?;
    let constraints = MediaStreamConstraints::new();
    constraints.set_video(&wanted);
    let devices = window().navigator().media_devices()?;
    if devices.is_undefined() {
        return Err(JsValue::UNDEFINED);
    }
    let stream = JsFuture::from(devices.get_user_media_with_constraints(&constraints)?).await?;
    stream.dyn_into()
}

fn stop(stream: &MediaStream) {
    for track in stream.get_tracks() {
        if let Ok(track) = track.dyn_into::<MediaStreamTrack>() {
            track.stop();
        }
    }
}

/// Buttons that open WeChat's scanner and the camera, where there are such.
pub fn scanner(on_code: impl Fn(String) + Copy + 'static) -> Html {
    if inside_wechat() {
        many([of_wechat(on_code), camera_button("button button-plain", on_code)])
    } else {
        camera_button("button", on_code)
    }
}

/// WeChat's own scanner; in the mini-program it is a page of its own, which goes on from there.
fn of_wechat(on_code: impl Fn(String) + Copy + 'static) -> Html {
    let refused = RwSignal::new(false);
    let scan = move || {
        refused.set(false);
        spawn_local(async move {
            match call(&window(), "scanInWechat", &Array::new()).await {
                Some(read) => {
                    if let Some(code) = read.as_string().filter(|it| !it.is_empty()) {
                        on_code(code);
                    }
                }
                None => _ = refused.try_set(true),
            }
        });
    };
    let trouble = live(move || {
        if refused.get() {
            p("field-error")
                .attr("role", "alert")
                .text("现在打不开微信的扫一扫。请用别的办法，或在下面输入签到码。")
        } else {
            none()
        }
    });
    many([button("button", "扫码签到", scan), trouble])
}

fn camera_button(class: &'static str, on_code: impl Fn(String) + Copy + 'static) -> Html {
    let (scanning, refused) = (RwSignal::new(false), RwSignal::new(false));
    if window().navigator().media_devices().is_ok_and(|it| it.is_undefined()) {
        return none();
    }
    live(move || {
        if scanning.get() {
            return many([
                viewfinder(scanning, refused, on_code),
                button("button button-plain", "关掉摄像头", move || scanning.set(false)),
            ]);
        }
        let trouble = if refused.get() {
            p("field-error")
                .attr("role", "alert")
                .text("打不开摄像头。请用微信“扫一扫”，或在下面输入签到码。")
        } else {
            none()
        };
        many([button(class, "用摄像头扫码", move || scanning.set(true)), trouble])
    })
}

fn viewfinder(
    scanning: RwSignal<bool>,
    refused: RwSignal<bool>,
    on_code: impl Fn(String) + Copy + 'static,
) -> Html {
    let picture =
        video("").attr("playsinline", "").attr("muted", "").attr("aria-label", "摄像头画面");
    let screen = picture.cast::<HtmlVideoElement>();
    let open = StoredValue::new_local(None::<MediaStream>);
    on_cleanup(move || {
        if let Some(Some(stream)) = open.try_get_value() {
            stop(&stream);
        }
    });
    spawn_local(async move {
        let (reader, stream) = (Reader::find().await, camera().await);
        let (Some(reader), Ok(stream)) = (reader, stream) else {
            scanning.try_set(false);
            refused.try_set(true);
            return;
        };
        // Closed while the person was asked for the permission.
        if open.try_get_value().is_none() {
            return stop(&stream);
        }
        open.set_value(Some(stream.clone()));
        screen.set_src_object(Some(&stream));
        if let Ok(playing) = screen.play() {
            let _ = JsFuture::from(playing).await;
        }
        while open.try_get_value().is_some() {
            if let Some(code) = reader.read(&screen).await {
                scanning.try_set(false);
                return on_code(code);
            }
            TimeoutFuture::new(LOOK).await;
        }
    });
    div("viewfinder").with(picture).with(p("").text("对准大屏幕上的码"))
}
