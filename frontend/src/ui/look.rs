//! 字号 and 关怀版: how large everything is on this device.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlElement};

use crate::storage;

const SIZE: &str = "text-size";
const CARE: &str = "care";
/// For the server.
const COOKIE: &str = "fingertip_look";

/// The four steps: of 16 px, which the system's own text size may enlarge, 17, 20, 24 and 30 px.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextSize {
    Normal,
    Large,
    Larger,
    Largest,
}

impl TextSize {
    pub const ALL: [Self; 4] = [Self::Normal, Self::Large, Self::Larger, Self::Largest];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Normal => "标准",
            Self::Large => "大",
            Self::Larger => "特大",
            Self::Largest => "超大",
        }
    }

    const fn percent(self) -> &'static str {
        match self {
            Self::Normal => "106.25%",
            Self::Large => "125%",
            Self::Larger => "150%",
            Self::Largest => "187.5%",
        }
    }
}

#[derive(Clone, Copy)]
pub struct Look {
    pub size: RwSignal<TextSize>,
    /// 关怀版: larger targets, wider lines, stronger colours.
    pub care: RwSignal<bool>,
}

impl Look {
    /// Applies what this device was set to, and every change from here on.
    pub fn provide() -> Self {
        let stored = storage::read(SIZE);
        let size = TextSize::ALL.into_iter().find(|size| stored.as_deref() == Some(size.percent()));
        let look = Self {
            size: RwSignal::new(size.unwrap_or(TextSize::Normal)),
            care: RwSignal::new(storage::read(CARE).is_some()),
        };
        apply(look.size.get_untracked(), look.care.get_untracked());
        Effect::new(move || apply(look.size.get(), look.care.get()));
        provide_context(look);
        look
    }

    pub fn expect() -> Self {
        expect_context()
    }

    /// 标准 is too small for 关怀版, which it ends.
    pub fn choose(self, size: TextSize) {
        storage::write(SIZE, size.percent());
        self.size.set(size);
        if size == TextSize::Normal && self.care.get_untracked() {
            self.set_care(false);
        }
    }

    pub fn set_care(self, care: bool) {
        if care {
            storage::write(CARE, "1");
        } else {
            storage::forget(CARE);
        }
        self.care.set(care);
        if care && self.size.get_untracked() == TextSize::Normal {
            self.choose(TextSize::Large);
        }
    }
}

/// Sets what the styles read. A browser that refuses shows the normal look.
fn apply(size: TextSize, care: bool) {
    let root = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok());
    if let Some(root) = root {
        let _ = root.style().set_property("font-size", size.percent());
    }
    // What the server draws, under /study, is as large.
    let care_mark = if care { "c" } else { "" };
    let cookie = format!("{COOKIE}={}{care_mark};path=/;max-age=31536000", size as u8);
    let _ = document().unchecked_into::<HtmlDocument>().set_cookie(&cookie);
    if let Some(body) = document().body() {
        let _ = if care {
            body.set_attribute("data-weui-mode", "care")
        } else {
            body.remove_attribute("data-weui-mode")
        };
    }
}
