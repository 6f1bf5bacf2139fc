//! The rows of a checklist and of what a session needs: as many as there may be, one added at the end.

use leptos::prelude::*;

use crate::admin::kit::{FieldErrors, Items};

#[component]
pub fn Rows<T, F, V>(
    rows: Items<T>,
    /// Their path in the request, where something is wrong with all of them.
    list: &'static str,
    errors: FieldErrors,
    most: usize,
    /// The words on the button that adds one.
    add: &'static str,
    make: fn() -> T,
    /// One of them, by its key.
    row: F,
) -> impl IntoView
where
    T: Copy + Send + Sync + 'static,
    F: Fn(u32, T) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let itself = move || errors.exactly(list);
    view! {
        {move || itself().map(|error| view! { <p class="c-field__error" role="alert">{error}</p> })}
        <ol class="c-items">
            <For each=move || rows.get() key=|item| item.key children=move |item| row(item.key, item.value)/>
        </ol>
        <div class="c-kinds">
            <button
                type="button"
                class="c-button"
                disabled={move || rows.len() >= most}
                on:click=move |_| rows.add(make)
            >
                {add}
            </button>
        </div>
    }
}
