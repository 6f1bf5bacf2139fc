//! Every standard with what is in force of it.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use shared::standards::{
    StandardLevel,
    console::{ListStandards, Standard, StandardCard},
};

use super::details::DetailsDrawer;
use crate::admin::{
    address::{choice_of, name_of, query},
    kit::{FilterSelect, Load, SearchField, Shown, Table, name_page},
};

#[component]
pub fn StandardsPage() -> impl IntoView {
    name_page("标准仓");
    let (words, level) = (query("search"), query("level"));
    let load = Load::of(move || ListStandards {
        search: words.0.get(),
        level: level.0.get().and_then(|it| choice_of(&it)),
    });
    let adding = RwSignal::new(false);
    let navigate = use_navigate();
    let added = Callback::new(move |standard: Standard| {
        let page = format!("/admin/standards/{}", standard.id);
        navigate(&page, leptos_router::NavigateOptions::default());
    });
    let choices: Vec<_> =
        StandardLevel::ALL.iter().map(|it| (name_of(it), it.label().to_owned())).collect();
    view! {
        <header class="c-head">
            <h1 class="c-head__title">"标准仓"</h1>
            <a class="c-button" href="/admin/standards/coverage">"覆盖情况"</a>
            <a class="c-button" href="/admin/standards/links">"条款链接"</a>
            <button type="button" class="c-button c-button--primary" on:click=move |_| adding.set(true)>"登记标准"</button>
        </header>
        <div class="c-filters" role="search">
            <SearchField words placeholder="标准号、名称或归口单位"/>
            <FilterSelect label="层级" all="全部层级" query=level choices/>
        </div>
        <Shown load children=|list| view! { <Cards list/> }.into_any()/>
        {move || adding.get().then(|| view! {
            <DetailsDrawer standard=None on_close=Callback::new(move |()| adding.set(false)) on_done=added/>
        })}
    }
}

const COLUMNS: &[&str] = &["标准", "层级", "现行版本", "#条款", "#应做到的", "要处理的"];

#[component]
fn Cards(list: Vec<StandardCard>) -> impl IntoView {
    if list.is_empty() {
        return view! {
            <div class="c-empty">
                <h2 class="c-empty__title">"还没有标准"</h2>
                <p>"点右上角的“登记标准”，再上传它的 Word、PDF 或文本，系统会把条款拆好给你核对。"</p>
            </div>
        }
        .into_any();
    }
    let rows = list.into_iter().map(|card| view! { <Card card/> }).collect_view();
    view! { <Table columns=COLUMNS>{rows}</Table> }.into_any()
}

#[component]
fn Card(card: StandardCard) -> impl IntoView {
    let (clauses, musts) = card.version.as_ref().map_or((0, 0), |it| (it.clauses, it.musts));
    let stale = format!("/admin/standards/links?standard={}&state=stale&whose=own", card.id);
    let version = card.version.map(|it| format!("{}（{}）", it.details.label, it.stage.label()));
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/admin/standards/{}", card.id)>{card.details.number}" "{card.details.title}</a>
            </th>
            <td>{card.details.level.label()}</td>
            <td>{version.unwrap_or_else(|| "还没有".into())}</td>
            <td class="c-number">{clauses}</td>
            <td class="c-number">{musts}</td>
            <td>
                {card.proposal.then(|| view! { <span class="c-word c-word--waiting">"有版本待确认"</span> })}
                {(card.stale > 0).then(|| view! {
                    <a class="c-word c-word--bad" href=stale.clone()>{format!("{} 个链接待复审", card.stale)}</a>
                })}
            </td>
        </tr>
    }
}
