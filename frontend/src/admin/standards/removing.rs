//! Removing a standard of which there is no version.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use shared::standards::{StandardId, console};

use crate::admin::kit::{AskFirst, Doing};

#[component]
pub fn RemoveStandard(
    id: StandardId,
    /// Which one, as a question.
    title: String,
) -> impl IntoView {
    let doing = Doing::new();
    let navigate = use_navigate();
    let remove = Callback::new(move |()| {
        let navigate = navigate.clone();
        doing.call(console::RemoveStandard { standard: id }, move |()| {
            navigate("/admin/standards", NavigateOptions::default());
        });
    });
    view! {
        <AskFirst
            label="删除"
            title
            text="这个标准还没有版本，删了不影响别的；以后要用，再登记一次。"
            yes="删除标准"
            doing
            on_yes=remove
        />
    }
}
