//! A title that turns into a field when it is to be changed.

use leptos::{ev, html, prelude::*, web_sys};

/// Edits a title in its place. Enter saves, Esc leaves it as it was; what is typed stays until the
/// caller closes it.
#[component]
pub fn TitleEdit(
    label: &'static str,
    start: String,
    #[prop(into)] busy: Signal<bool>,
    on_save: Callback<String>,
    on_close: Callback<()>,
) -> impl IntoView {
    let title = RwSignal::new(start);
    let node = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(input) = node.get() {
            // Once the title stands in it.
            request_animation_frame(move || {
                let _ = input.focus();
                input.select();
            });
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let written = title.get_untracked().trim().to_owned();
        if !written.is_empty() {
            on_save.run(written);
        }
    };
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            on_close.run(());
        }
    };
    view! {
        <form class="c-add" on:submit=submit on:keydown=escape>
            <input
                class="c-input"
                aria-label=label
                node_ref=node
                prop:value=title
                on:input:target=move |event| title.set(event.target().value())
            />
            <button
                type="submit"
                class="c-button c-button--small"
                disabled=move || busy.get() || title.with(|it| it.trim().is_empty())
            >
                "改好了"
            </button>
            <button type="button" class="c-button c-button--small c-button--quiet" on:click=move |_| on_close.run(())>
                "不改了"
            </button>
        </form>
    }
}
