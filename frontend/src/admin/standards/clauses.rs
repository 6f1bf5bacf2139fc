//! The clauses of a confirmed version: for whom each is, and what cites it.

use leptos::prelude::*;
use shared::{
    organizations::PostId,
    standards::{
        ClauseId, StandardVersionId,
        console::{ClauseRow, Clauses as Page, ListClauses, SetClausePosts},
    },
};

use super::{basis::LinksOfClause, linking::LinkDrawer, pictures::figures};
use crate::admin::{
    address::query,
    kit::{CheckGroup, Doing, Drawer, Load, Shown, post_choices},
};

const AT_ONCE: u32 = 500;

#[component]
pub fn Clauses(
    id: StandardVersionId,
    /// Whether one may say for whom they are.
    editable: bool,
) -> impl IntoView {
    let wanted = query("clause").0;
    let skip = RwSignal::new(0_u32);
    let load = Load::of(move || ListClauses { version: id, skip: Some(skip.get()) });
    let (posting, linking) = (RwSignal::new(None::<ClauseRow>), RwSignal::new(None::<ClauseRow>));
    // Whose links are shown below it; it outlives the rows, which are drawn anew after a change.
    let (open, again) = (RwSignal::new(None::<ClauseId>), RwSignal::new(0_u32));
    let done = Callback::new(move |()| {
        posting.set(None);
        if let Some(row) = linking.get_untracked() {
            linking.set(None);
            open.set(Some(row.id));
        }
    });
    let total = move || load.value.with(|it| it.as_ref().map_or(0, |it| it.total));
    let (many, last) = (move || total() > AT_ONCE, move || skip.get() + AT_ONCE >= total());
    view! {
        <h2 class="c-subtitle">"条款"</h2>
        <Shown load children=move |page: Page| {
            if let Some(clause) = wanted.get_untracked().filter(|_| open.with_untracked(Option::is_none)) {
                request_animation_frame(move || show_clause(&clause));
            }
            let rows = page.items.into_iter().map(|row| view! { <Clause row editable posting linking open again/> });
            view! { <div class="c-card">{rows.collect_view()}</div> }.into_any()
        }/>
        <Show when=many>
            <nav class="c-actions" aria-label="翻页">
                <button type="button" class="c-button c-button--small" disabled=move || skip.get() == 0 on:click=move |_| skip.update(|it| *it = it.saturating_sub(AT_ONCE))>"前 500 条"</button>
                <button type="button" class="c-button c-button--small" disabled=last on:click=move |_| skip.update(|it| *it += AT_ONCE)>"后 500 条"</button>
            </nav>
        </Show>
        {move || posting.get().map(|row| view! {
            <PostsDrawer row load on_close=Callback::new(move |()| posting.set(None)) on_done=done/>
        })}
        {move || linking.get().map(|row| view! {
            <LinkDrawer row load again on_close=Callback::new(move |()| linking.set(None)) on_done=done/>
        })}
    }
}

/// The clause to which a link led.
fn show_clause(id: &str) {
    if let Some(clause) = document().get_element_by_id(&format!("clause-{id}")) {
        clause.scroll_into_view();
    }
}

#[component]
fn Clause(
    row: ClauseRow,
    editable: bool,
    posting: RwSignal<Option<ClauseRow>>,
    linking: RwSignal<Option<ClauseRow>>,
    open: RwSignal<Option<ClauseId>>,
    again: RwSignal<u32>,
) -> impl IntoView {
    let (id, links) = (row.id, row.links);
    let is_open = Memo::new(move |_| open.get() == Some(id));
    let turn = move |_| open.set((!is_open.get_untracked()).then_some(id));
    let (for_posts, for_link) = (row.clone(), row.clone());
    let posts = if row.posts.is_empty() {
        "没有定岗位".to_owned()
    } else {
        format!("{} 个岗位", row.posts.len())
    };
    let about = format!("{} · {posts} · {} 个链接", row.modality.label(), row.links);
    view! {
        <article class=indented(row.depth) id=format!("clause-{id}")>
            <p class="c-clause__head"><strong>{format!("{} {}", row.number, row.title)}</strong><span class="c-quiet">" "{about}</span></p>
            <p class="c-clause__text">{row.text}</p>
            {figures(&row.pictures)}
            <div class="c-tools">
                {editable.then(|| view! {
                    <button type="button" class="c-tool" on:click=move |_| posting.set(Some(for_posts.clone()))>"定岗位"</button>
                })}
                <button type="button" class="c-tool" on:click=move |_| linking.set(Some(for_link.clone()))>"链接到课程"</button>
                {(links > 0).then(|| view! {
                    <button type="button" class="c-tool" aria-expanded=move || is_open.get().to_string() on:click=turn>
                        {move || if is_open.get() { "收起链接".to_owned() } else { format!("看 {links} 个链接") }}
                    </button>
                })}
            </div>
            {move || is_open.get().then(|| view! { <LinksOfClause clause=id again/> })}
        </article>
    }
}

#[component]
fn PostsDrawer(
    row: ClauseRow,
    /// The list that the clause stands in.
    load: Load<Page>,
    on_close: Callback<()>,
    on_done: Callback<()>,
) -> impl IntoView {
    let chosen = RwSignal::new(row.posts.clone());
    let below = RwSignal::new(vec![true]);
    let (doing, posts) = (Doing::new(), post_choices());
    let choices = Signal::derive(move || {
        let posts = posts.get().into_iter();
        posts.filter_map(|(id, name)| Some((id.parse::<PostId>().ok()?, name))).collect::<Vec<_>>()
    });
    let start = row.posts.clone();
    let dirty = Signal::derive(move || chosen.get() != start);
    let save = move |_| {
        let request = SetClausePosts {
            clause: row.id,
            posts: chosen.get_untracked(),
            with_below: !below.with_untracked(Vec::is_empty),
        };
        doing.run(load.after(request), move |()| on_done.run(()));
    };
    view! {
        <Drawer title="这一条管哪些岗位" on_close dirty>
            {doing.note()}
            <CheckGroup label="岗位" chosen choices error=doing.errors.signal("posts")/>
            <CheckGroup label="范围" chosen=below choices=vec![(true, "下面各条也一样".to_owned())]/>
            <div class="c-form__foot">
                <button type="button" class="c-button c-button--primary" disabled=doing.busy on:click=save>"保存"</button>
            </div>
        </Drawer>
    }
}

/// The class of a clause that stands so deep; styles of its own are not allowed in our pages.
pub fn indented(depth: u32) -> String {
    format!("c-clause c-clause--in-{}", depth.min(4))
}
