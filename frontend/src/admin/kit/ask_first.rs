//! A button that asks before it does what cannot be undone.

use leptos::prelude::*;

use super::{Doing, Question};

#[component]
pub fn AskFirst(
    /// What the button says.
    label: &'static str,
    #[prop(default = "c-button")] class: &'static str,
    #[prop(into)] title: String,
    /// What will happen, what is lost.
    text: &'static str,
    yes: &'static str,
    /// Whether the question is open, for those who stay on the page.
    #[prop(default = RwSignal::new(false))]
    asking: RwSignal<bool>,
    doing: Doing,
    on_yes: Callback<()>,
) -> impl IntoView {
    let on_no = Callback::new(move |()| asking.set(false));
    let ask = move |_| {
        // What went wrong the last time is no answer to this one.
        if !doing.busy.get_untracked() {
            doing.clear();
        }
        asking.set(true);
    };
    view! {
        <button type="button" class=class on:click=ask>{label}</button>
        {move || asking.get().then(|| view! {
            <Question title=title.clone() text yes danger=true busy=doing.busy on_yes on_no>
                {doing.note()}
            </Question>
        })}
    }
}
