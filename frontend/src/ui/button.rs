//! What a thumb can press.

use leptos::prelude::*;

use super::html::{self, Html, a, div, many, p};

pub fn button(class: &str, text: &str, act: impl Fn() + 'static) -> Html {
    html::button(class).attr("type", "button").text(text).press(act)
}

/// A link that looks like a button.
pub fn link_button(class: &str, to: impl Into<String>, text: &str) -> Html {
    a(class).attr("href", to.into()).text(text)
}

/// A button that says that it is working.
pub fn busy_button(
    class: &str,
    text: &'static str,
    doing: &'static str,
    busy: RwSignal<bool>,
    act: impl Fn() + 'static,
) -> Html {
    let press = move || {
        if !busy.get_untracked() {
            act();
        }
    };
    html::button(class)
        .attr("type", "button")
        .live_text(move || if busy.get() { doing } else { text }.into())
        .live_state("aria-busy", move || busy.get())
        .press(press)
}

/// A small choice that is on or off.
pub fn chip(text: &str, on: impl Fn() -> bool + 'static, act: impl Fn() + 'static) -> Html {
    button("chip", text, act).live_state("aria-pressed", on)
}

/// The one thing to do on a page, fixed above the lower edge; the page keeps room for it.
pub fn action_bar(content: Html) -> Html {
    many([div("action-room"), div("action-bar").with(content)])
}

/// Why there is nothing to do.
pub fn action_words(text: &str) -> Html {
    p("action-words").text(text)
}
