//! What surrounds a page below the first level: its name and the way back.

use leptos::prelude::*;

use super::{Icon, Navigation, Shape};

/// Names the page in WeChat's title bar and the browser's history.
pub fn name_page(title: &str) {
    document().set_title(title);
}

#[component]
pub fn PageFrame(
    #[prop(into)] title: String,
    /// Where 返回 leads when the app began here.
    #[prop(into)]
    parent: Signal<String>,
    children: Children,
) -> impl IntoView {
    name_page(&title);
    let navigation = Navigation::expect();
    view! {
        <header class="page-head">
            <button type="button" class="page-back" on:click=move |_| navigation.back(&parent.get_untracked())>
                <Icon shape=Shape::Back/>"返回"
            </button>
            <h1 class="page-title">{title}</h1>
        </header>
        <main class="page">{children()}</main>
    }
}
