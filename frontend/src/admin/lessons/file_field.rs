//! A file of a lesson: what was uploaded, and the button for another.

use leptos::prelude::*;
use shared::authoring::MediaFile;

use crate::admin::kit::{UploadButton, UploadKind};

#[component]
pub fn FileField(
    label: String,
    kind: UploadKind,
    /// What there is, in a sentence; empty where nothing need be.
    #[prop(into)]
    state: Signal<String>,
    #[prop(into)] button: Signal<String>,
    on_done: Callback<MediaFile>,
    /// Where it can be taken away again.
    #[prop(optional, into)]
    on_remove: Option<Callback<()>>,
    error: Signal<Option<String>>,
    /// What may be uploaded.
    rule: String,
) -> impl IntoView {
    view! {
        <div class="c-field" class:c-field--bad=move || error.with(Option::is_some)>
            <span class="c-field__label">{label}</span>
            <p class="c-quiet" role="status">{state}</p>
            <UploadButton kind label=button on_done/>
            {move || on_remove.filter(|_| state.with(|it| !it.is_empty())).map(|it| view! {
                <button type="button" class="c-button c-button--quiet" on:click=move |_| it.run(())>"去掉"</button>
            })}
            {move || error.get().map(|error| view! { <p class="c-field__error" role="alert">{error}</p> })}
            <p class="c-field__hint">{rule}</p>
        </div>
    }
}
