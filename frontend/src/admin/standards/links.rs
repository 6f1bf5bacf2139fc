//! Links between clauses and courses: who has to do what about them.

use leptos::prelude::*;
use shared::standards::console::{
    ClauseLink, EndClauseLink, LinkState, ListClauseLinks, ReviewClauseLink, SubmitClauseLink,
};

use crate::admin::{
    address::{choice_of, name_of, query},
    kit::{Doing, FilterSelect, Load, Question, Shown, Table, name_page},
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

const COLUMNS: &[&str] = &["条款", "课程里的一处", "用途", "状态", "谁写的", "-操作"];

#[component]
fn Links(links: Vec<ClauseLink>, load: Load<Vec<ClauseLink>>) -> impl IntoView {
    if links.is_empty() {
        return view! {
            <div class="c-empty">
                <h2 class="c-empty__title">"这里还没有链接"</h2>
                <p>"打开一个标准的版本，在条款旁边点“链接到课程”。"</p>
            </div>
        }
        .into_any();
    }
    let doing = Doing::new();
    let ending = RwSignal::new(None::<ClauseLink>);
    let rows = links.into_iter().map(move |link| view! { <Row link doing ending load/> });
    let end = Callback::new(move |()| {
        if let Some(link) = ending.get_untracked() {
            doing.call(EndClauseLink { link: link.id }, move |()| {
                ending.set(None);
                load.reload();
            });
        }
    });
    view! {
        {doing.note()}
        <Table columns=COLUMNS>{rows.collect_view()}</Table>
        {move || ending.get().map(|link| view! {
            <Question
                title="解除这个链接？"
                text=format!("{} 第 {} 条和“{}”不再关联。", link.standard_name, link.number, link.target_title)
                yes="解除" danger=true busy=doing.busy
                on_yes=end on_no=Callback::new(move |()| ending.set(None))
            />
        })}
    }
    .into_any()
}

#[component]
fn Row(
    link: ClauseLink,
    doing: Doing,
    ending: RwSignal<Option<ClauseLink>>,
    load: Load<Vec<ClauseLink>>,
) -> impl IntoView {
    let id = link.id;
    let reload = move |_: ClauseLink| load.reload();
    let review = move |approve| doing.call(ReviewClauseLink { link: id, approve }, reload);
    let dated = if link.dated { "注日期" } else { "不注日期" };
    let uses = format!("{} · {} · {dated}", link.kind.label(), link.coverage.label());
    let state = match link.reason {
        Some(reason) => format!("{}：{}", link.state.label(), reason.label()),
        None => link.state.label().to_owned(),
    };
    let tone = match link.state {
        LinkState::Valid => "c-word c-word--good",
        LinkState::Stale => "c-word c-word--bad",
        _ => "c-word c-word--waiting",
    };
    let version = format!("/admin/standards/versions/{}", link.version);
    let (editable, draft) = (link.editable, link.state == LinkState::Draft);
    let (reviewable, ended) = (link.reviewable, link.state == LinkState::Ended);
    let shown = link.clone();
    view! {
        <tr>
            <th scope="row"><a href=version>{link.standard_name}" "{link.number}</a><br/><span class="c-quiet">{link.clause_title}</span></th>
            <td>{link.course_title}<br/><span class="c-quiet">{link.target_title}</span></td>
            <td>{uses}</td>
            <td><span class=tone>{state}</span></td>
            <td>{link.author}{link.reviewer.map(|name| format!("，{name} 复核"))}</td>
            <td>
                <div class="c-actions">
                    {(editable && draft).then(|| view! {
                        <button type="button" class="c-button c-button--small" disabled=doing.busy on:click=move |_| doing.call(SubmitClauseLink { link: id }, reload)>"提交复核"</button>
                    })}
                    {reviewable.then(|| view! {
                        <button type="button" class="c-button c-button--small c-button--primary" disabled=doing.busy on:click=move |_| review(true)>"复核通过"</button>
                        <button type="button" class="c-button c-button--small" disabled=doing.busy on:click=move |_| review(false)>"退回"</button>
                    })}
                    {(editable && !ended).then(|| view! {
                        <button type="button" class="c-button c-button--small" on:click=move |_| ending.set(Some(shown.clone()))>"解除"</button>
                    })}
                </div>
            </td>
        </tr>
    }
}
