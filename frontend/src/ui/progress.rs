//! How far somebody got, as a bar and in words.

use leptos::prelude::*;

#[component]
pub fn Progress(
    /// Per cent.
    percent: u32,
    #[prop(into)] text: String,
) -> impl IntoView {
    let percent = percent.min(100);
    view! {
        <div class="progress">
            <div class="progress-bar" class:progress-full={percent == 100} aria-hidden="true">
                <div class="progress-done" style:width=format!("{percent}%")></div>
            </div>
            <p class="progress-text">{text}</p>
        </div>
    }
}
