//! Where the person is, and the way back.
//!
//! Every entry of the browser's history carries its depth, so that 返回 knows whether there is a
//! page of ours to go back to. An open overlay is an entry too: Android's back key closes it first.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, History, HtmlAnchorElement, MouseEvent, ScrollRestoration};

use super::{Overlay, html::listen};

type Ours = Box<dyn Fn(&str) -> bool + Send + Sync>;

#[derive(Clone, Copy)]
pub struct Navigation {
    /// Tells the app's own addresses from others.
    ours: StoredValue<Ours>,
    /// Path and query of the page on the screen.
    address: RwSignal<String>,
    /// What lies over the page, the topmost last.
    overlays: StoredValue<Vec<Overlay>>,
    /// How far each page was scrolled, by depth.
    scrolled: StoredValue<Vec<f64>>,
    /// The entry of an overlay that was closed by code is about to be left.
    leaving: StoredValue<bool>,
    /// Where to go once it is left, and whether in place of the page.
    next: StoredValue<Option<(String, bool)>>,
}

impl Navigation {
    /// Starts to follow links and the back key. `ours` tells the app's own addresses from others, which
    /// the browser loads.
    pub fn provide(ours: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        let navigation = Self {
            ours: StoredValue::new(Box::new(ours)),
            address: RwSignal::new(current_address()),
            overlays: StoredValue::default(),
            scrolled: StoredValue::default(),
            leaving: StoredValue::new(false),
            next: StoredValue::default(),
        };
        let _ = history().set_scroll_restoration(ScrollRestoration::Manual);
        listen(window().into(), "popstate", move |_| navigation.arrive());
        listen(window().into(), "click", move |event| {
            if let Some(to) = followed_link(&event).filter(|to| navigation.is_ours(to)) {
                event.prevent_default();
                navigation.go(&to);
            }
        });
        provide_context(navigation);
        navigation
    }

    pub fn expect() -> Self {
        expect_context()
    }

    /// The path, tracked.
    pub fn path(self) -> String {
        self.address.with(|it| it.split('?').next().unwrap_or_default().to_owned())
    }

    /// Path and query, untracked.
    pub fn address(self) -> String {
        self.address.get_untracked()
    }

    /// Opens a page.
    pub fn go(self, to: &str) {
        self.open(to, false);
    }

    /// Opens a page in place of this one: 返回 does not lead here again.
    pub fn replace(self, to: &str) {
        self.open(to, true);
    }

    /// Goes back, or to `parent` where the app began on this page.
    pub fn back(self, parent: &str) {
        if depth() == 0 {
            self.replace(parent);
        } else {
            let _ = history().back();
        }
    }

    fn is_ours(self, address: &str) -> bool {
        self.ours.with_value(|ours| ours(address))
    }

    fn open(self, to: &str, in_place: bool) {
        if !self.is_ours(to) {
            let location = window().location();
            let _ = if in_place { location.replace(to) } else { location.assign(to) };
            return;
        }
        if self.leaving.get_value() {
            self.next.set_value(Some((to.to_owned(), in_place)));
            return;
        }
        // The entry of an open overlay becomes the new page's.
        let covered = self.close_overlays();
        if in_place || covered {
            let _ = history().replace_state_with_url(&state(depth()), "", Some(to));
        } else {
            self.note_scroll();
            let _ = history().push_state_with_url(&state(depth() + 1), "", Some(to));
        }
        self.address.set(current_address());
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }

    pub(super) fn cover(self, overlay: Overlay) {
        self.note_scroll();
        self.overlays.update_value(|it| it.push(overlay));
        let _ = history().push_state(&state(depth() + 1), "");
    }

    pub(super) fn uncover(self, overlay: Overlay) {
        self.overlays.update_value(|it| it.retain(|other| *other != overlay));
        self.leaving.set_value(true);
        let _ = history().back();
    }

    /// The browser moved in its history.
    fn arrive(self) {
        if self.leaving.get_value() {
            self.leaving.set_value(false);
            if let Some((to, in_place)) = self.next.try_update_value(Option::take).flatten() {
                self.open(&to, in_place);
            }
            return;
        }
        let address = current_address();
        let top = self.overlays.try_update_value(Vec::pop).flatten();
        if let Some(top) = top {
            top.closed();
            if address == self.address.get_untracked() {
                return;
            }
        }
        self.close_overlays();
        self.address.set(address);
        let down = self.scrolled.with_value(|it| it.get(depth()).copied()).unwrap_or_default();
        request_animation_frame(move || window().scroll_to_with_x_and_y(0.0, down));
    }

    /// Whether there were any.
    fn close_overlays(self) -> bool {
        let open = self.overlays.try_update_value(std::mem::take).unwrap_or_default();
        for overlay in &open {
            overlay.closed();
        }
        !open.is_empty()
    }

    fn note_scroll(self) {
        let down = window().scroll_y().unwrap_or_default();
        self.scrolled.update_value(|it| {
            it.resize(depth(), 0.0);
            it.push(down);
        });
    }
}

fn history() -> History {
    window().history().expect("a window has a history")
}

fn current_address() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

fn state(depth: usize) -> JsValue {
    #[expect(clippy::cast_precision_loss, reason = "nobody goes 2^52 pages deep")]
    JsValue::from_f64(depth as f64)
}

/// How many entries of ours lie behind this one.
fn depth() -> usize {
    let state = history().state().ok().and_then(|state| state.as_f64()).unwrap_or_default();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "made by `state`")]
    let depth = state as usize;
    depth
}

/// Where a click leads, if it is a plain click on a link of this site.
fn followed_link(event: &Event) -> Option<String> {
    let event = event.unchecked_ref::<MouseEvent>();
    let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || modified {
        return None;
    }
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = element.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    let elsewhere = !link.target().is_empty() || link.has_attribute("download");
    let same_site = window().location().host().ok()? == link.host();
    (same_site && !elsewhere).then(|| link.pathname() + &link.search())
}
