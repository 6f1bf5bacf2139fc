//! What opens over the page: a question, and a half-screen sheet of choices.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::{
    Overlay, button,
    html::{self, Html, div, h2, listen, live, none, p},
};

const FOCUSABLE: &str = "button:not([disabled]), a[href], input:not([disabled]), textarea";

/// A question with the verb on its button.
pub struct Dialog {
    pub title: &'static str,
    /// What the person agrees to: a verb.
    pub yes: &'static str,
    pub no: &'static str,
}

impl Dialog {
    /// `text` says what follows from it.
    pub fn html(
        self,
        overlay: Overlay,
        text: impl Fn() -> String + Clone + 'static,
        on_yes: impl Fn() + Clone + 'static,
    ) -> Html {
        let Self { title, yes, no } = self;
        cover(overlay, "dialog", title.into(), move || {
            let on_yes = on_yes.clone();
            let agree = move || {
                overlay.hide();
                on_yes();
            };
            html::many([
                h2("dialog-title").text(title),
                div("dialog-text").with(p("").live_text(text.clone())),
                div("dialog-buttons")
                    .with(button("button button-plain", no, move || overlay.hide()))
                    .with(button("button", yes, agree)),
            ])
        })
    }
}

/// A panel over the lower half of the screen.
pub fn sheet(overlay: Overlay, title: String, content: impl Fn() -> Html + 'static) -> Html {
    cover(overlay, "sheet", title.clone(), move || {
        let head = div("sheet-head").with(h2("sheet-title").text(&title)).with(button(
            "button-link",
            "关闭",
            move || overlay.hide(),
        ));
        html::many([head, div("sheet-body").with(content())])
    })
}

fn cover(
    overlay: Overlay,
    class: &'static str,
    label: String,
    inside: impl Fn() -> Html + 'static,
) -> Html {
    live(move || {
        if !overlay.is_open() {
            return none();
        }
        let panel = div(class)
            .attr("role", "dialog")
            .attr("aria-modal", "true")
            .attr("aria-label", &label)
            .attr("tabindex", "-1")
            .with(untrack(&inside));
        keep_focus_inside(panel.cast(), overlay);
        div("cover").with(div("cover-ground").press(move || overlay.hide())).with(panel)
    })
}

/// Moves the focus into the panel, keeps Tab inside, and gives the focus back at the end.
fn keep_focus_inside(panel: HtmlElement, overlay: Overlay) {
    let opener = document().active_element().and_then(|it| it.dyn_into::<HtmlElement>().ok());
    let opener = StoredValue::new_local(opener);
    let entered = panel.clone();
    // Once it is on the page.
    request_animation_frame(move || focus(&entered));
    listen(window().into(), "keydown", move |event| {
        let event = event.unchecked_into::<KeyboardEvent>();
        match event.key().as_str() {
            "Escape" => overlay.hide(),
            "Tab" => go_round(&event, &panel),
            _ => {}
        }
    });
    on_cleanup(move || {
        if let Some(Some(opener)) = opener.try_get_value() {
            focus(&opener);
        }
    });
}

fn go_round(event: &KeyboardEvent, panel: &HtmlElement) {
    let Ok(stops) = panel.query_selector_all(FOCUSABLE) else { return };
    let stop = |index| stops.get(index).and_then(|it| it.dyn_into::<HtmlElement>().ok());
    let (Some(first), Some(last)) = (stop(0), stop(stops.length().saturating_sub(1))) else {
        return;
    };
    let active = document().active_element();
    let at = |stop: &HtmlElement| active.as_ref().is_some_and(|it| **stop == *it);
    if event.shift_key() && (at(&first) || at(panel)) {
        event.prevent_default();
        focus(&last);
    } else if !event.shift_key() && at(&last) {
        event.prevent_default();
        focus(&first);
    }
}

fn focus(element: &HtmlElement) {
    // What cannot take the focus leaves it where it is.
    let _ = element.focus();
}
