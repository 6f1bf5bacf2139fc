//! The options of a question and which of them are right.

use leptos::prelude::*;
use shared::quizzes::QuestionKind;

use super::fields::{OptionFields, QuestionFields};
use crate::admin::kit::{Item, ItemTools, RadioGroup, fresh_id};

/// The options of 单选题 and 多选题.
#[component]
pub fn Options(question: QuestionFields, error: Signal<Option<String>>) -> impl IntoView {
    let options = question.options;
    let group = StoredValue::new(fresh_id());
    let hint = move || match question.kind.get() {
        QuestionKind::Multiple => "在所有正确的选项前面打勾，至少两个",
        _ => "在正确的选项前面点一下，只有一个",
    };
    view! {
        <fieldset class="c-field" class:c-field--bad=move || error.with(Option::is_some)>
            <legend class="c-field__label">"选项"</legend>
            <p class="c-field__hint">{hint}</p>
            <ul class="c-options">
                <For each=move || options.get() key=|item| item.key let:item>
                    <OptionLine question item group/>
                </For>
            </ul>
            <div aria-live="polite">
                {move || error.get().map(|error| view! { <p class="c-field__error">{error}</p> })}
            </div>
            <button
                type="button"
                class="c-button c-button--small"
                disabled={move || options.len() >= 8}
                on:click=move |_| options.add(OptionFields::empty)
            >
                "＋ 加一个选项"
            </button>
        </fieldset>
    }
}

#[component]
fn OptionLine(
    question: QuestionFields,
    item: Item<OptionFields>,
    /// The name the radio buttons of one question share.
    group: StoredValue<String>,
) -> impl IntoView {
    let Item { key, value: option } = item;
    let options = question.options;
    let letter = move || letter_of(options.place(key));
    let kind = move || match question.kind.get() {
        QuestionKind::Multiple => "checkbox",
        _ => "radio",
    };
    view! {
        <li class="c-option" class:c-option--right=option.correct>
            <label class="c-option__mark">
                <input
                    type=kind
                    name=group.get_value()
                    aria-label=move || format!("{} 是正确答案", letter())
                    prop:checked=option.correct
                    on:change:target=move |event| question.mark(key, event.target().checked())
                />
                <span>{letter}</span>
            </label>
            <input
                class="c-input"
                aria-label=move || format!("选项 {}", letter())
                prop:value=option.text
                on:input:target=move |event| option.text.set(event.target().value())
            />
            <ItemTools items=options key what="个选项" filled=false/>
        </li>
    }
}

/// `A` for the first option.
fn letter_of(place: usize) -> char {
    char::from(b'A' + u8::try_from(place % 26).unwrap_or_default())
}

/// Whether the statement of a 判断题 is right.
#[component]
pub fn Truth(question: QuestionFields, error: Signal<Option<String>>) -> impl IntoView {
    view! {
        <RadioGroup
            label="正确答案"
            chosen=question.truth
            choices=vec![(Some(true), "题干说得对（正确）"), (Some(false), "题干说错了（错误）")]
            error
        />
    }
}
