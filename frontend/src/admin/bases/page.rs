//! The bases.

use leptos::prelude::*;
use shared::bases::{BaseList, BaseState, ListBases, TrainingBase};

use super::drawer::BaseDrawer;
use crate::admin::kit::{Load, Shown, Table, name_page};

/// What the drawer is open for: one that is changed, or a new one.
type Open = RwSignal<Option<Option<TrainingBase>>>;

#[component]
pub fn BasesPage() -> impl IntoView {
    name_page("基地");
    let load = Load::of(|| ListBases {});
    let open: Open = RwSignal::new(None);
    let close = Callback::new(move |()| open.set(None));
    let may_add = move || load.value.with(|it| it.as_ref().is_some_and(|it| it.may_add));
    let shared = move || load.value.with(|it| it.as_ref().is_some_and(|it| it.may_add_shared));
    view! {
        <header class="c-head">
            <h1 class="c-head__title">"基地"</h1>
            {move || may_add().then(|| view! {
                <button type="button" class="c-button c-button--primary" on:click=move |_| open.set(Some(None))>"新建基地"</button>
            })}
        </header>
        <p class="c-quiet">"实训安排在基地办，基地管理员就能看到这一场和到场名单。基地管理员在“角色”里授予。"</p>
        <Shown load children=move |list: BaseList| view! { <Bases items=list.items open/> }.into_any()/>
        {move || open.get().map(|base| view! {
            <BaseDrawer base may_share=shared() load on_close=close/>
        })}
    }
}

const COLUMNS: &[&str] = &["基地", "类别", "归谁", "地址", "建到哪一步", "#要办的实训", "操作"];

#[component]
fn Bases(items: Vec<TrainingBase>, open: Open) -> impl IntoView {
    if items.is_empty() {
        return view! {
            <div class="c-empty">
                <h2 class="c-empty__title">"还没有基地"</h2>
                <p>"点右上角“新建基地”：自有的中心、基地，或者院校里拓展的。到了试运行，就能在那里安排实训。"</p>
            </div>
        }
        .into_any();
    }
    let rows = items.into_iter().map(|base| view! { <BaseRow base open/> }).collect_view();
    view! { <Table columns=COLUMNS>{rows}</Table> }.into_any()
}

#[component]
fn BaseRow(base: TrainingBase, open: Open) -> impl IntoView {
    let change = base.clone();
    let TrainingBase { details, organization_name, sessions, editable, .. } = base;
    let label = format!("修改{}", details.name);
    view! {
        <tr>
            <th scope="row" class="c-table__title">{details.name}</th>
            <td class="c-nowrap">{details.kind.label()}</td>
            <td>{organization_name.unwrap_or_else(|| "全局共用".into())}</td>
            <td>{details.address}</td>
            <td><StateWord state=details.state/></td>
            <td class="c-number">{sessions}</td>
            <td class="c-nowrap">
                {editable.then(|| view! {
                    <button type="button" class="c-tool" aria-label=label on:click=move |_| open.set(Some(Some(change.clone())))>"修改"</button>
                })}
            </td>
        </tr>
    }
}

#[component]
fn StateWord(state: BaseState) -> impl IntoView {
    let class = match state {
        _ if state.is_open() => "c-word c-word--good",
        BaseState::Closed => "c-word",
        _ => "c-word c-word--waiting",
    };
    view! { <span class=class>{state.label()}</span> }
}
