//! The tree of organisations.

use leptos::prelude::*;
use shared::organizations::{
    OrganizationId,
    keeping::{OrganizationNode, OrganizationTree, ShowOrganizations},
};

use super::{
    drawer::{OrganizationDrawer, Target},
    rows::{Row, arrange},
};
use crate::admin::{
    address::query,
    kit::{Load, Shown, Table, name_page},
};

#[component]
pub fn OrganizationsPage() -> impl IntoView {
    name_page("单位与班组");
    let load = Load::of(|| ShowOrganizations {});
    let open = RwSignal::new(None::<Target>);
    let close = Callback::new(move |()| open.set(None));
    let may_add = move || {
        load.value.with(|tree| {
            tree.as_ref().is_some_and(|it| it.may_add_top || !it.organizations.is_empty())
        })
    };
    view! {
        <header class="c-head">
            <h1 class="c-head__title">"单位与班组"</h1>
            {move || may_add().then(|| view! {
                <button type="button" class="c-button c-button--primary" on:click=move |_| open.set(Some(Target::New(None)))>"新建单位"</button>
            })}
        </header>
        <p class="c-quiet">
            "花名册、角色和报表都按这里的单位来分。单位停用以后不能再进人，以前的学习和实训记录都还在。"
        </p>
        <Shown load children=move |tree: OrganizationTree| view! { <Tree tree open/> }.into_any()/>
        {move || open.get().map(|target| view! { <OrganizationDrawer target load on_close=close/> })}
    }
}

const COLUMNS: &[&str] = &["单位", "类别", "#在岗人数", "班组", "状态", "操作"];

#[component]
fn Tree(tree: OrganizationTree, open: RwSignal<Option<Target>>) -> impl IntoView {
    let (all, set_all) = query("all");
    let closed = tree.organizations.iter().filter(|it| it.closed).count();
    let nodes = StoredValue::new(tree.organizations);
    let rows = Memo::new(move |_| nodes.with_value(|it| arrange(it, all.with(Option::is_some))));
    let shown =
        move || rows.get().into_iter().map(|row| view! { <TreeRow row open/> }).collect_view();
    if nodes.with_value(Vec::is_empty) {
        return view! {
            <div class="c-empty">
                <h2 class="c-empty__title">"还没有归你管的单位"</h2>
                <p>"点右上角“新建单位”开始建；没有这个按钮的话，请联系上级单位的经办。"</p>
            </div>
        }
        .into_any();
    }
    view! {
        {(closed > 0).then(|| view! {
            <div class="c-filters">
                <label class="c-chip">
                    <input
                        type="checkbox"
                        prop:checked=move || all.with(Option::is_some)
                        on:change:target=move |event| set_all.set(event.target().checked().then(|| "1".to_owned()))
                    />
                    <span>{format!("也看停用的（{closed} 个）")}</span>
                </label>
            </div>
        })}
        <p class="c-count" role="status">{move || format!("{} 个单位", rows.with(Vec::len))}</p>
        <Table columns=COLUMNS>{shown}</Table>
    }
    .into_any()
}

#[component]
fn TreeRow(row: Row, open: RwSignal<Option<Target>>) -> impl IntoView {
    let Row { node, depth, people } = row;
    let OrganizationNode { id, name, kind, closed, teams, people: own, .. } = node;
    let count = if people == own { own.to_string() } else { format!("{own}，连下级 {people}") };
    let teams: Vec<_> = teams.into_iter().filter(|it| !it.closed).map(|it| it.name).collect();
    let teams = if teams.is_empty() { "—".to_owned() } else { teams.join("、") };
    let label = format!("修改{name}");
    let add_label = format!("建下级（{name}）");
    let set_in = format!("padding-left: {}rem", 0.75 + 1.5 * depth_of(depth));
    view! {
        <tr>
            <th scope="row" class="c-table__title" style=set_in>{name}</th>
            <td class="c-nowrap">{kind.label()}</td>
            <td class="c-number">{count}</td>
            <td>{teams}</td>
            <td><InUse closed/></td>
            <td class="c-nowrap">
                <button type="button" class="c-tool" aria-label=label on:click=move |_| open.set(Some(Target::Change(id)))>"修改"</button>
                {(!closed).then(|| view! { <AddBelow id label=add_label open/> })}
            </td>
        </tr>
    }
}

#[component]
fn AddBelow(id: OrganizationId, label: String, open: RwSignal<Option<Target>>) -> impl IntoView {
    view! {
        <button type="button" class="c-tool" aria-label=label on:click=move |_| open.set(Some(Target::New(Some(id))))>"建下级"</button>
    }
}

/// Far down it is not set in any further: names need their room.
fn depth_of(depth: usize) -> f32 {
    f32::from(u8::try_from(depth.min(6)).unwrap_or_default())
}

/// Whether something is in use, as a word on a coloured ground.
#[component]
pub fn InUse(closed: bool) -> impl IntoView {
    let (class, word) =
        if closed { ("c-word", "停用") } else { ("c-word c-word--good", "在用") };
    view! { <span class=class>{word}</span> }
}
