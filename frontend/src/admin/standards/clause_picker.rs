//! Choosing a clause of what is in force, or will be: by its number, or by words of it.

use leptos::prelude::*;
use shared::standards::{
    ClauseId, StandardId,
    console::{ClauseChoice, PickClauses},
};

use crate::admin::kit::{Load, TextField, TroubleNote};

/// A clause as somebody chose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenClause {
    pub id: ClauseId,
    /// Its standard, number and what it says, as one line.
    pub name: String,
}

impl From<ClauseChoice> for ChosenClause {
    fn from(it: ClauseChoice) -> Self {
        let says = if it.title.is_empty() { it.text } else { it.title };
        Self { id: it.id, name: format!("{} {} {}", it.standard, it.number, short(&says)) }
    }
}

/// Clauses that the server answers at most.
const MOST: usize = 30;

/// As much of a clause's text as shows which it is.
fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

#[component]
pub fn ClausePicker(
    chosen: RwSignal<Option<ChosenClause>>,
    /// Where only clauses of one standard fit.
    #[prop(optional_no_strip)]
    standard: Option<StandardId>,
    /// What is looked for at first.
    #[prop(optional)]
    begin: String,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let words = RwSignal::new(begin);
    let enough = Memo::new(move |_| words.with(|it| is_enough(it.trim())));
    view! {
        {move || chosen.get().map(|it| view! {
            <p class="c-field"><span class="c-field__label">"选中的条款"</span><strong>{it.name}</strong></p>
        })}
        <TextField label="找条款" hint="写条款号，例如 6.2.3，或者条款里的词，每个词至少两个字" value=words error/>
        {move || enough.get().then(|| view! { <Found words standard chosen/> })}
    }
}

/// Whether the server looks for it: a number, or words of two characters at least.
fn is_enough(words: &str) -> bool {
    let number = !words.is_empty()
        && words.chars().all(|it| it.is_ascii_digit() || it == '.' || it.is_ascii_uppercase());
    let long = |word: &str| word.chars().count() >= 2;
    number || (!words.is_empty() && words.split_whitespace().all(long))
}

#[component]
fn Found(
    words: RwSignal<String>,
    standard: Option<StandardId>,
    chosen: RwSignal<Option<ChosenClause>>,
) -> impl IntoView {
    let load = Load::of(move || PickClauses { words: words.get(), standard });
    let rows = move || {
        let found = load.value.get()?;
        if found.is_empty() {
            let nothing = "没有找到。这里只找现行和待实施的标准；标准还没登记的，先到标准仓登记。";
            return Some(view! { <p class="c-quiet">{nothing}</p> }.into_any());
        }
        let more = (found.len() >= MOST).then(
            || view! { <p class="c-quiet">{format!("只列出前 {MOST} 条，再多写几个字来找。")}</p> },
        );
        let rows = found.into_iter().map(|it| view! { <Choice it chosen/> }).collect_view();
        Some(view! { {rows}{more} }.into_any())
    };
    view! {
        {move || load.trouble().map(|trouble| view! { <TroubleNote trouble/> })}
        <div class="c-found" role="group" aria-label="找到的条款" aria-live="polite">{rows}</div>
    }
}

#[component]
fn Choice(it: ClauseChoice, chosen: RwSignal<Option<ChosenClause>>) -> impl IntoView {
    let (id, text, modality) = (it.id, it.text.clone(), it.modality.label());
    let head = format!("{} {} {}", it.standard, it.number, it.title);
    let choice = ChosenClause::from(it);
    view! {
        <button
            type="button"
            class="c-found__choice"
            aria-pressed=move || chosen.with(|it| it.as_ref().is_some_and(|it| it.id == id)).to_string()
            on:click=move |_| chosen.set(Some(choice.clone()))
        >
            <strong>{head}</strong>" "<span class="c-quiet">{modality}</span>
            <span class="c-found__text">{text}</span>
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_server_looks_for_is_asked() {
        for enough in ["6", "6.2.3", "A.1", "附录", "湿布 擦拭", "表1"] {
            assert!(is_enough(enough), "{enough}");
        }
        for short in ["", "布", "湿布 擦"] {
            assert!(!is_enough(short), "{short}");
        }
    }
}
