//! What stands where there is nothing to show yet, nothing at all, or trouble.

use leptos::prelude::*;

use super::{Icon, Shape};
use crate::client::Trouble;

/// What is on its way.
#[component]
pub fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="unseen">"正在打开…"</span>
            <div class="skeleton-card"></div>
            <div class="skeleton-line"></div>
            <div class="skeleton-line"></div>
            <div class="skeleton-line"></div>
        </div>
    }
}

/// Why something did not work, and what to do. It stays until that is done.
#[component]
pub fn TroubleNote(
    trouble: Trouble,
    /// Whether what was seen last time stands below.
    #[prop(optional)]
    seen: bool,
    /// Tries the same again.
    #[prop(optional)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    let offline = trouble == Trouble::Offline;
    let text = match (&trouble, seen) {
        (Trouble::Offline, true) => "没有网络，下面是上次看到的内容".into(),
        (trouble, _) => trouble.sentence(),
    };
    let class = if offline { "note note-wait" } else { "note note-bad" };
    let number = match &trouble {
        Trouble::Refused(problem) => problem.request_id.clone(),
        Trouble::Offline => None,
    };
    view! {
        <div class=class role="alert">
            <Icon shape={if offline { Shape::Cloud } else { Shape::Warning }}/>
            <div class="note-text">
                <p>{text}</p>
                {number.map(|number| view! { <p class="note-number">"编号 " {number}</p> })}
            </div>
            {retry.map(|retry| view! {
                <button type="button" class="button button-small" on:click=move |_| retry.run(())>"重试"</button>
            })}
        </div>
    }
}

/// Nothing here, and what to do about it.
#[component]
pub fn Empty(
    #[prop(default = Shape::Page)] shape: Shape,
    title: &'static str,
    text: &'static str,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon shape/>
            <p class="empty-title">{title}</p>
            <p class="empty-text">{text}</p>
        </div>
    }
}
