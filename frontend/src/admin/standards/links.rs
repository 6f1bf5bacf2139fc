//! Links between clauses and courses: who has to do what about them.

use leptos::prelude::*;
use shared::standards::console::{LinkState, ListClauseLinks, ListStandards};

use super::link_table::{LinkList, Links};
use crate::admin::{
    address::{choice_of, name_of, query},
    kit::{FilterSelect, Load, name_page},
};

#[component]
pub fn LinksPage() -> impl IntoView {
    name_page("条款链接");
    let (state, standard, whose) = (query("state"), query("standard"), query("whose"));
    let links = Links::of(move || ListClauseLinks {
        state: state.0.get().and_then(|it| choice_of(&it)),
        standard: standard.0.get().and_then(|it| it.parse().ok()),
        editable: whose.0.get().map(|it| it == "own"),
        ..ListClauseLinks::default()
    });
    let states: Vec<_> =
        LinkState::ALL.iter().map(|it| (name_of(it), it.label().to_owned())).collect();
    let known = Load::of(ListStandards::default);
    let standards = Signal::derive(move || {
        let known = known.value.get().unwrap_or_default().into_iter();
        known
            .map(|it| (it.id.to_string(), format!("{} {}", it.details.number, it.details.title)))
            .collect::<Vec<_>>()
    });
    let own =
        vec![("own".to_owned(), "归您改的".to_owned()), ("others".to_owned(), "别人的".to_owned())];
    view! {
        <nav class="c-trail" aria-label="位置"><a href="/admin/standards">"标准仓"</a></nav>
        <header class="c-head"><h1 class="c-head__title">"条款链接"</h1></header>
        <p class="c-quiet">"一个人写，另一个人复核，才算有效。标准换了版本，条款改了的要重新看一遍，删了的要先解除。"</p>
        <div class="c-filters" role="search">
            <FilterSelect label="标准" all="全部标准" query=standard choices=standards/>
            <FilterSelect label="状态" all="没有失效的" query=state choices=states/>
            <FilterSelect label="课程" all="看得到的" query=whose choices=own/>
        </div>
        <LinkList links>
            <div class="c-empty">
                <h2 class="c-empty__title">"这里还没有链接"</h2>
                <p>"打开一个标准的版本，在条款旁边点“链接到课程”；或者在课时、测验的编辑页点“加依据”。"</p>
            </div>
        </LinkList>
    }
}
