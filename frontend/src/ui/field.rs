//! A field of a form.

use leptos::prelude::*;

/// One line of text: the label above, what is wrong below in words.
#[component]
pub fn TextField(
    /// Unique on the page.
    id: &'static str,
    label: &'static str,
    value: RwSignal<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "text")] inputmode: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(default = 200)] max_length: u32,
    #[prop(optional)] placeholder: &'static str,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let wrong = format!("{id}-wrong");
    let described = wrong.clone();
    view! {
        <div class="field" class:field-bad=move || error.with(Option::is_some)>
            <label class="field-label" for=id>{label}</label>
            <input class="input" id=id type=kind inputmode=inputmode autocomplete=autocomplete
                maxlength=max_length placeholder=placeholder
                aria-invalid=move || error.with(Option::is_some).to_string()
                aria-describedby=move || error.with(Option::is_some).then(|| described.clone())
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())/>
            {move || error.get().map(|error| view! {
                <p class="field-error" id=wrong.clone() role="alert">{error}</p>
            })}
        </div>
    }
}
