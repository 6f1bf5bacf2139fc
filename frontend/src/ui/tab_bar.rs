//! The places of the app, always at the bottom.

use leptos::prelude::*;

use super::{Icon, Shape};

#[derive(Debug, Clone, Copy)]
pub struct Tab {
    pub to: &'static str,
    pub name: &'static str,
    pub shape: Shape,
}

#[component]
pub fn TabBar(
    #[prop(into)] tabs: Signal<Vec<Tab>>,
    /// Where the person is.
    #[prop(into)]
    path: Signal<String>,
) -> impl IntoView {
    let tab = move |tab: Tab| {
        let current = move || path.with(|path| path == tab.to).then_some("page");
        view! {
            <a class="tab" href=tab.to aria-current=current>
                <Icon shape=tab.shape/>
                <span>{tab.name}</span>
            </a>
        }
    };
    view! {
        <nav class="tab-bar" aria-label="主要页面">
            {move || tabs.get().into_iter().map(tab).collect_view()}
        </nav>
    }
}
