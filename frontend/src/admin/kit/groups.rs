//! Tick boxes, groups of them, and radio buttons.

use leptos::prelude::*;

use super::fresh_id;

/// Any number of choices.
#[component]
pub fn CheckGroup<T: Copy + PartialEq + Send + Sync + 'static>(
    label: &'static str,
    chosen: RwSignal<Vec<T>>,
    #[prop(into)] choices: Signal<Vec<(T, String)>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] hint: &'static str,
) -> impl IntoView {
    let set = move |this: T, on: bool| {
        chosen.update(|list| {
            list.retain(|it| *it != this);
            if on {
                list.push(this);
            }
        });
    };
    let boxes = move || {
        let boxes = choices.get().into_iter().map(|(this, label)| {
            view! {
                <label class="c-chip">
                    <input
                        type="checkbox"
                        prop:checked=move || chosen.with(|list| list.contains(&this))
                        on:change:target=move |event| set(this, event.target().checked())
                    />
                    <span>{label}</span>
                </label>
            }
        });
        boxes.collect_view()
    };
    view! {
        <fieldset class="c-field" class:c-field--bad=move || error.with(Option::is_some)>
            <legend class="c-field__label">{label}</legend>
            <div class="c-chips">{boxes}</div>
            <GroupNote hint error/>
        </fieldset>
    }
}

/// Exactly one choice, all of them in sight.
#[component]
pub fn RadioGroup<T: Copy + PartialEq + Send + Sync + 'static>(
    label: &'static str,
    chosen: RwSignal<T>,
    choices: Vec<(T, &'static str)>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] hint: &'static str,
) -> impl IntoView {
    let name = fresh_id();
    let buttons = choices.into_iter().map(|(this, label)| {
        view! {
            <label class="c-chip">
                <input
                    type="radio"
                    name=name.clone()
                    prop:checked=move || chosen.get() == this
                    on:change=move |_| chosen.set(this)
                />
                <span>{label}</span>
            </label>
        }
    });
    view! {
        <fieldset class="c-field" class:c-field--bad=move || error.with(Option::is_some)>
            <legend class="c-field__label">{label}</legend>
            <div class="c-chips">{buttons.collect_view()}</div>
            <GroupNote hint error/>
        </fieldset>
    }
}

/// Yes or no.
#[component]
pub fn Tick(words: &'static str, chosen: RwSignal<bool>) -> impl IntoView {
    view! {
        <label class="c-chip">
            <input
                type="checkbox"
                prop:checked=chosen
                on:change:target=move |event| chosen.set(event.target().checked())
            />
            <span>{words}</span>
        </label>
    }
}

#[component]
fn GroupNote(hint: &'static str, error: Signal<Option<String>>) -> impl IntoView {
    view! {
        <div aria-live="polite">
            {move || match error.get() {
                Some(error) => view! { <p class="c-field__error">{error}</p> }.into_any(),
                None if hint.is_empty() => ().into_any(),
                None => view! { <p class="c-field__hint">{hint}</p> }.into_any(),
            }}
        </div>
    }
}
