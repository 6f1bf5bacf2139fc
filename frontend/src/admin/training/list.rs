//! The training sessions the officer looks after.

use leptos::prelude::*;
use shared::{
    accounts::{Me, Role},
    authoring::{ListManagedSessions, ManagedSession},
};

use super::{form::SessionDrawer, row::SessionRow};
use crate::admin::{
    address::query,
    kit::{Load, SearchField, Shown, name_page},
};

/// What the drawer is open for.
#[derive(Debug, Clone, PartialEq)]
pub enum Editing {
    New,
    Change(Box<ManagedSession>),
}

#[component]
pub fn SessionsPage() -> impl IntoView {
    name_page("实训");
    let load = Load::of(|| ListManagedSessions {});
    let editing = RwSignal::new(None::<Editing>);
    let close = Callback::new(move |()| editing.set(None));
    let saved = Callback::new(move |()| {
        editing.set(None);
        load.reload();
    });
    let plans = expect_context::<StoredValue<Me>>().with_value(|me| me.is(Role::TrainingOfficer));
    view! {
        <header class="c-head">
            <h1 class="c-head__title">"实训"</h1>
            {plans.then(|| view! {
                <button type="button" class="c-button c-button--primary" on:click=move |_| editing.set(Some(Editing::New))>
                    "新建场次"
                </button>
            })}
        </header>
        <Shown load children=move |sessions| {
            if sessions.is_empty() && !plans {
                return view! { <NothingHere/> }.into_any();
            }
            if sessions.is_empty() {
                return view! { <FirstSession editing/> }.into_any();
            }
            view! { <SessionTable sessions=StoredValue::new(sessions) editing load/> }.into_any()
        }/>
        {move || editing.get().map(|editing| view! { <SessionDrawer editing on_close=close on_saved=saved/> })}
    }
}

/// For 基地管理员, who look at what others plan.
#[component]
fn NothingHere() -> impl IntoView {
    view! {
        <div class="c-empty">
            <h2 class="c-empty__title">"您的基地还没有实训"</h2>
            <p>"经办把实训安排到您管的基地以后，这里就能看到场次和到场名单。"</p>
        </div>
    }
}

#[component]
fn FirstSession(editing: RwSignal<Option<Editing>>) -> impl IntoView {
    view! {
        <div class="c-empty">
            <h2 class="c-empty__title">"还没有实训场次"</h2>
            <p>"定好时间、地点、讲师和名额，学员就能在手机上报名；到了现场扫码签到，到场情况自动进报表。"</p>
            <button type="button" class="c-button c-button--primary" on:click=move |_| editing.set(Some(Editing::New))>
                "新建第一场"
            </button>
        </div>
    }
}

#[component]
fn SessionTable(
    sessions: StoredValue<Vec<ManagedSession>>,
    editing: RwSignal<Option<Editing>>,
    load: Load<Vec<ManagedSession>>,
) -> impl IntoView {
    let search = query("q");
    let (all, set_all) = query("all");
    let shown = Memo::new(move |_| {
        let words = search.0.get().unwrap_or_default();
        let admit = |it: &ManagedSession| {
            let hit = |word: &str| {
                let texts = [&it.details.title, &it.details.place, &it.instructor];
                texts.iter().any(|text| text.contains(word))
            };
            (all.with(Option::is_some) || it.is_to_come()) && words.split_whitespace().all(hit)
        };
        sessions.with_value(|list| list.iter().filter(|it| admit(it)).cloned().collect::<Vec<_>>())
    });
    let rows = move || {
        shown
            .get()
            .into_iter()
            .map(|session| view! { <SessionRow session editing load/> })
            .collect_view()
    };
    view! {
        <div class="c-filters" role="search">
            <SearchField words=search placeholder="名称、地点或讲师，按 / 键跳到这里"/>
            <label class="c-chip">
                <input
                    type="checkbox"
                    prop:checked=move || all.with(Option::is_some)
                    on:change:target=move |event| set_all.set(event.target().checked().then(|| "1".to_owned()))
                />
                <span>"也看已结束和已取消的"</span>
            </label>
        </div>
        <p class="c-count" role="status">{move || format!("{} 场", shown.with(Vec::len))}</p>
        <div class="c-table-frame" class:c-gone=move || shown.with(Vec::is_empty)>
            <table class="c-table">
                <Columns/>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {move || shown.with(Vec::is_empty).then(|| view! {
            <div class="c-empty">
                <h2 class="c-empty__title">"没有符合条件的场次"</h2>
                <p>"换个词搜索，或者勾上“也看已结束和已取消的”。"</p>
            </div>
        })}
    }
}

#[component]
fn Columns() -> impl IntoView {
    view! {
        <thead>
            <tr>
                <th scope="col">"场次"</th>
                <th scope="col">"时间"</th>
                <th scope="col">"地点"</th>
                <th scope="col">"讲师"</th>
                <th scope="col">"状态"</th>
                <th scope="col" class="c-number">"报名/名额"</th>
                <th scope="col" class="c-number">"到场"</th>
                <th scope="col">"操作"</th>
            </tr>
        </thead>
    }
}
