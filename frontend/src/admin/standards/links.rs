//! Links between clauses and courses: who has to do what about them.

use leptos::prelude::*;
use shared::standards::console::{ClauseLink, LinkState, ListClauseLinks};

use super::link_table::LinkTable;
use crate::admin::{
    address::{choice_of, name_of, query},
    kit::{FilterSelect, Load, Shown, name_page},
};

#[component]
pub fn LinksPage() -> impl IntoView {
    name_page("条款链接");
    let state = query("state");
    let load = Load::of(move || ListClauseLinks {
        state: state.0.get().and_then(|it| choice_of(&it)),
        ..ListClauseLinks::default()
    });
    let choices: Vec<_> =
        LinkState::ALL.iter().map(|it| (name_of(it), it.label().to_owned())).collect();
    view! {
        <nav class="c-trail" aria-label="位置"><a href="/admin/standards">"标准仓"</a></nav>
        <header class="c-head"><h1 class="c-head__title">"条款链接"</h1></header>
        <p class="c-quiet">"一个人写，另一个人复核，才算有效。标准换了版本，条款改了的要重新看一遍，删了的要先解除。"</p>
        <div class="c-filters" role="search">
            <FilterSelect label="状态" all="没有失效的" query=state choices/>
        </div>
        <Shown load children=move |links| view! { <Links links load/> }.into_any()/>
    }
}

#[component]
fn Links(links: Vec<ClauseLink>, load: Load<Vec<ClauseLink>>) -> impl IntoView {
    if links.is_empty() {
        return view! {
            <div class="c-empty">
                <h2 class="c-empty__title">"这里还没有链接"</h2>
                <p>"打开一个标准的版本，在条款旁边点“链接到课程”；或者在课时、测验的编辑页点“加依据”。"</p>
            </div>
        }
        .into_any();
    }
    view! { <LinkTable links load/> }.into_any()
}
