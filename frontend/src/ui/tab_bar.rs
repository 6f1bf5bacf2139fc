//! The places of the app, always at the bottom.

use super::{
    Navigation, Shape,
    html::{Html, a, live, many, nav, span},
    icon,
};

#[derive(Debug, Clone, Copy)]
pub struct Tab {
    pub to: &'static str,
    pub name: &'static str,
    pub shape: Shape,
}

pub fn tab_bar(tabs: impl Fn() -> Vec<Tab> + 'static) -> Html {
    let navigation = Navigation::expect();
    let tab = move |tab: Tab| {
        a("tab")
            .attr("href", tab.to)
            .with(icon(tab.shape))
            .with(span("").text(tab.name))
            .live_attr("aria-current", move || {
                (navigation.path() == tab.to).then(|| "page".to_owned())
            })
    };
    nav("tab-bar")
        .attr("aria-label", "主要页面")
        .with(live(move || many(tabs().into_iter().map(tab))))
}
