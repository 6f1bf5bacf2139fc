//! The words that narrow a list.

use leptos::{ev, html, prelude::*, wasm_bindgen::JsCast, web_sys};

use crate::admin::address::Query;

#[component]
pub fn SearchField(
    words: Query,
    /// What can be searched for.
    placeholder: &'static str,
) -> impl IntoView {
    let search = NodeRef::<html::Input>::new();
    focus_on_slash(search);
    let (words, set_words) = words;
    view! {
        <label class="c-filters__item">
            <span class="c-filters__label">"搜索"</span>
            <input
                class="c-input"
                type="search"
                placeholder=placeholder
                node_ref=search
                prop:value=move || words.get().unwrap_or_default()
                on:input:target=move |event| {
                    let text = event.target().value();
                    set_words.set((!text.is_empty()).then_some(text));
                }
            />
        </label>
    }
}

/// `/` leads to the search field, unless the officer is typing.
fn focus_on_slash(search: NodeRef<html::Input>) {
    let keys = window_event_listener(ev::keydown, move |event| {
        let typing = event
            .target()
            .and_then(|it| it.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|it| matches!(it.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"));
        if event.key() == "/"
            && !typing
            && let Some(search) = search.get_untracked()
        {
            event.prevent_default();
            let _ = search.focus();
        }
    });
    on_cleanup(move || keys.remove());
}
