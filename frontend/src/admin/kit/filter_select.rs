//! One filter of a list, kept in the address.

use leptos::prelude::*;
use shared::organizations::{ListOrganizations, ListPosts};

use super::Load;

type Query = (Memo<Option<String>>, SignalSetter<Option<String>>);

/// Every organisation, as `(id, name)`.
pub fn organization_choices() -> Signal<Vec<(String, String)>> {
    let load = Load::of(|| ListOrganizations {});
    Signal::derive(move || {
        let list = load.value.get().unwrap_or_default();
        list.into_iter().map(|it| (it.id.to_string(), it.name)).collect()
    })
}

/// Every post, as `(id, name)`.
pub fn post_choices() -> Signal<Vec<(String, String)>> {
    let load = Load::of(|| ListPosts {});
    Signal::derive(move || {
        let list = load.value.get().unwrap_or_default();
        list.into_iter().map(|it| (it.id.to_string(), it.name)).collect()
    })
}

#[component]
pub fn FilterSelect(
    label: &'static str,
    all: &'static str,
    query: Query,
    #[prop(into)] choices: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let (chosen, choose) = query;
    let options = move || {
        let options = choices.get().into_iter().map(|(value, label)| {
            let this = value.clone();
            view! {
                <option value=value prop:selected=move || chosen.with(|it| it.as_ref() == Some(&this))>{label}</option>
            }
        });
        options.collect_view()
    };
    view! {
        <label class="c-filters__item">
            <span class="c-filters__label">{label}</span>
            <select
                class="c-input"
                on:change:target=move |event| {
                    let value = event.target().value();
                    choose.set((!value.is_empty()).then_some(value));
                }
            >
                <option value="" prop:selected=move || chosen.with(Option::is_none)>{all}</option>
                {options}
            </select>
        </label>
    }
}
