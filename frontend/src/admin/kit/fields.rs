//! Form fields: a label above, a hint or an error in words below.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;

/// An id no other element of the page has.
pub fn fresh_id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("c{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The label, hint and error around one control whose id is `id`; the control names
/// `{id}-note` in its `aria-describedby`.
#[component]
pub fn FieldFrame(
    id: String,
    label: String,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] optional: bool,
    error: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let note = format!("{id}-note");
    view! {
        <div class="c-field" class:c-field--bad=move || error.with(Option::is_some)>
            <label class="c-field__label" for=id>
                {label}
                {optional.then_some(view! { <span class="c-field__optional">"可不填"</span> })}
            </label>
            {children()}
            <div id=note aria-live="polite">
                {move || match error.get() {
                    Some(error) => view! { <p class="c-field__error">{error}</p> }.into_any(),
                    None if hint.is_empty() => ().into_any(),
                    None => view! { <p class="c-field__hint">{hint}</p> }.into_any(),
                }}
            </div>
        </div>
    }
}

/// One line of text, a number, a date or a time, as `kind` says.
#[component]
pub fn TextField(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] optional: bool,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] autofocus: bool,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] min: &'static str,
    #[prop(optional)] max: &'static str,
) -> impl IntoView {
    let id = fresh_id();
    let bounds = move |text: &'static str| (!text.is_empty()).then_some(text);
    view! {
        <FieldFrame id=id.clone() label hint optional error>
            <input
                class="c-input"
                id=id.clone()
                type=kind
                autocomplete=autocomplete
                autofocus=autofocus
                min=bounds(min)
                max=bounds(max)
                aria-describedby=format!("{id}-note")
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            />
        </FieldFrame>
    }
}

/// Several lines of text; grows with what is written.
#[component]
pub fn AreaField(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] optional: bool,
    #[prop(default = 2)] rows: usize,
    #[prop(optional)] node: NodeRef<leptos::html::Textarea>,
) -> impl IntoView {
    let id = fresh_id();
    let height = move || value.with(|text| rows_of(text)).max(rows).min(16).to_string();
    view! {
        <FieldFrame id=id.clone() label hint optional error>
            <textarea
                class="c-input c-input--area"
                id=id.clone()
                rows=height
                node_ref=node
                aria-describedby=format!("{id}-note")
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            ></textarea>
        </FieldFrame>
    }
}

/// Lines a text takes, at about 36 Chinese characters a line.
fn rows_of(text: &str) -> usize {
    text.split('\n').map(|line| line.chars().count() / 36 + 1).sum()
}

/// One of several choices, as `(value, label)`.
#[component]
pub fn SelectField(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(into)] choices: Signal<Vec<(String, String)>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] optional: bool,
    /// Where it must stay as it is for now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let id = fresh_id();
    let options = move || {
        let options = choices.get().into_iter().map(|(this, label)| {
            let chosen = this.clone();
            view! {
                <option value=this prop:selected=move || value.with(|it| *it == chosen)>{label}</option>
            }
        });
        options.collect_view()
    };
    view! {
        <FieldFrame id=id.clone() label hint optional error>
            <select
                class="c-input"
                id=id.clone()
                aria-describedby=format!("{id}-note")
                disabled=disabled
                on:change:target=move |event| value.set(event.target().value())
            >
                {options}
            </select>
        </FieldFrame>
    }
}
