//! The posts in their order.

use leptos::prelude::*;
use shared::organizations::keeping::{ManagedPost, PostList, RestorePost, RetirePost, ShowPosts};

use super::drawer::{PostDrawer, Target};
use crate::admin::kit::{Doing, Load, Question, Shown, Table, name_page};

#[component]
pub fn PostsPage() -> impl IntoView {
    name_page("岗位");
    let load = Load::of(|| ShowPosts {});
    let open = RwSignal::new(None::<Target>);
    let close = Callback::new(move |()| open.set(None));
    let changed = Callback::new(move |()| {
        open.set(None);
        load.reload();
    });
    let editable = move || load.value.with(|it| it.as_ref().is_some_and(|it| it.editable));
    view! {
        <header class="c-head">
            <h1 class="c-head__title">"岗位"</h1>
            {move || editable().then(|| view! {
                <button type="button" class="c-button c-button--primary" on:click=move |_| open.set(Some(Target::New))>"新建岗位"</button>
            })}
        </header>
        <p class="c-quiet">"课程按岗位布置，花名册里每个人一个岗位。全局共用一份岗位表，手机上和各处的清单都按这里的次序排。"</p>
        <Shown load children=move |list: PostList| view! { <Posts list open changed/> }.into_any()/>
        {move || open.get().map(|target| view! { <PostDrawer target load on_close=close/> })}
    }
}

const COLUMNS: &[&str] = &["次序", "岗位", "代码", "等级", "#在岗人数", "状态", "操作"];

#[component]
fn Posts(list: PostList, open: RwSignal<Option<Target>>, changed: Callback<()>) -> impl IntoView {
    let PostList { items, editable } = list;
    if items.is_empty() {
        return view! {
            <div class="c-empty">
                <h2 class="c-empty__title">"还没有岗位"</h2>
                <p>"点右上角“新建岗位”，例如“会务服务”“卫生保洁”。建好以后，导入花名册和编课程时就能选。"</p>
            </div>
        }
        .into_any();
    }
    let rows = (1..).zip(items).map(|(number, post)| {
        view! { <PostRow number post editable open changed/> }
    });
    let rows = rows.collect_view();
    view! {
        {(!editable).then(|| view! { <p class="c-quiet">"岗位要由全局的经办来改，请联系培训办公室。"</p> })}
        <Table columns=COLUMNS>{rows}</Table>
    }
    .into_any()
}

#[component]
fn PostRow(
    number: i32,
    post: ManagedPost,
    editable: bool,
    open: RwSignal<Option<Target>>,
    changed: Callback<()>,
) -> impl IntoView {
    let change = Target::Change(post.clone(), number);
    let (retired, asked) = (post.retired, post.clone());
    let label = format!("修改{}", post.name);
    let (class, word) =
        if retired { ("c-word", "停用") } else { ("c-word c-word--good", "在用") };
    view! {
        <tr>
            <td class="c-digits">{(!retired).then_some(number)}</td>
            <th scope="row" class="c-table__title">{post.name}</th>
            <td class="c-digits">{post.code}</td>
            <td>{post.level.map_or("—", |it| it.label())}</td>
            <td class="c-number">{post.people}</td>
            <td><span class=class>{word}</span></td>
            <td class="c-nowrap">
                {editable.then(|| view! {
                    <button type="button" class="c-tool" aria-label=label on:click=move |_| open.set(Some(change.clone()))>"修改"</button>
                    <Retiring post=asked changed/>
                })}
            </td>
        </tr>
    }
}

#[component]
fn Retiring(post: ManagedPost, changed: Callback<()>) -> impl IntoView {
    let (asking, doing) = (RwSignal::new(false), Doing::new());
    let ManagedPost { id, name, retired, .. } = post;
    let restore = move |_| doing.call(RestorePost { post: id }, move |()| changed.run(()));
    let retire = Callback::new(move |()| {
        doing.call(RetirePost { post: id }, move |()| changed.run(()));
    });
    let stay = Callback::new(move |()| asking.set(false));
    if retired {
        let label = format!("重新启用{name}");
        return view! {
            <button type="button" class="c-tool" aria-label=label disabled=doing.busy on:click=restore>"重新启用"</button>
            {doing.note()}
        }
        .into_any();
    }
    let label = format!("停用{name}");
    view! {
        <button type="button" class="c-tool c-tool--danger" aria-label=label on:click=move |_| asking.set(true)>"停用"</button>
        {move || asking.get().then(|| view! {
            <Question
                title=format!("停用岗位“{name}”？")
                text="停用后不能再选这个岗位，以前的记录都还在。以后可以重新启用。"
                yes="停用"
                danger=true
                busy=doing.busy
                on_yes=retire
                on_no=stay
            >
                {doing.note()}
            </Question>
        })}
    }
    .into_any()
}
