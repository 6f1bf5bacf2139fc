//! The one thing to do on a page, always in reach of the thumb.

use leptos::prelude::*;

/// Fixed above the lower edge; the page keeps room for it.
#[component]
pub fn ActionBar(children: Children) -> impl IntoView {
    view! {
        <div class="action-room"></div>
        <div class="action-bar">{children()}</div>
    }
}

/// A button that says that it is working.
#[component]
pub fn BusyButton(
    #[prop(into)] text: Signal<String>,
    /// What it says meanwhile.
    doing: &'static str,
    #[prop(into)] busy: Signal<bool>,
    #[prop(default = "button")] class: &'static str,
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class=class aria-busy=move || busy.get().to_string()
            on:click=move |_| if !busy.get_untracked() { on_press.run(()) }>
            {move || if busy.get() { doing.to_owned() } else { text.get() }}
        </button>
    }
}
