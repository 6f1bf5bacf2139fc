//! What was given up, a page at a time, and trying it again.

use leptos::prelude::*;
use shared::{
    deliveries::{DeadJob, JobKind, ListDeadJobs, RetryDeadJob},
    page::Page,
    time,
};

use super::retrying::{RetryAll, Retrying};
use crate::{
    admin::{
        address::query,
        kit::{FilterSelect, Load, Pager, Places, Shown, Table},
    },
    clock,
};

#[component]
pub fn DeadJobs(
    /// Changes when everything is to be asked anew.
    again: RwSignal<i32>,
    on_retried: Callback<()>,
) -> impl IntoView {
    let chosen = query("kind");
    let kind = Memo::new(move |_| {
        let chosen = chosen.0.get()?;
        JobKind::ALL.iter().find(|it| it.label() == chosen).copied()
    });
    let places = Places::default();
    Effect::new(move |before: Option<()>| {
        kind.track();
        if before.is_some() && places.with_untracked(|it| !it.is_empty()) {
            places.set(Vec::new());
        }
    });
    let load = Load::of(move || {
        again.track();
        ListDeadJobs { kind: kind.get(), cursor: places.with(|it| it.last().cloned()) }
    });
    let retrying = Retrying::new(Callback::new(move |()| {
        load.reload();
        on_retried.run(());
    }));
    let shown = move |page: Page<DeadJob>| {
        if page.items.is_empty() {
            return view! { <Nothing/> }.into_any();
        }
        view! { <DeadTable page places retrying/> }.into_any()
    };
    let choices: Vec<_> =
        JobKind::ALL.iter().map(|it| (it.label().to_owned(), it.label().to_owned())).collect();
    view! {
        <h2 class="c-subtitle">"投递失败的任务"</h2>
        <div class="c-filters">
            <FilterSelect label="种类" all="全部种类" query=chosen choices/>
            {move || kind.get().map(|kind| view! { <RetryAll kind retrying/> })}
        </div>
        {retrying.note()}
        <Shown load children=shown/>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <div class="c-empty">
            <h3 class="c-empty__title">"没有投递失败的任务"</h3>
            <p>"微信一时没收下的，会自己再试，不用管。试了很多次还不行的，才会到这里。"</p>
        </div>
    }
}

const COLUMNS: &[&str] = &["任务", "给谁", "内容", "原因", "什么时候放弃的", "操作"];

#[component]
fn DeadTable(page: Page<DeadJob>, places: Places, retrying: Retrying) -> impl IntoView {
    let Page { items, next } = page;
    let rows = items.into_iter().map(|job| view! { <Row job retrying/> }).collect_view();
    view! {
        <Table columns=COLUMNS>{rows}</Table>
        <Pager places next/>
    }
}

#[component]
fn Row(job: DeadJob, retrying: Retrying) -> impl IntoView {
    let none = || "—".to_owned();
    let DeadJob { id, kind, person, about, reason, detail, given_up_at, expired, .. } = job;
    let person = person.map_or_else(none, |it| format!("{}（{}）", it.name, it.staff_number));
    let words = if expired { "重新投递（已过时，会丢掉）" } else { "重新投递" };
    view! {
        <tr>
            <th scope="row" class="c-table__title">{kind.map_or("旧版本的任务", JobKind::label)}</th>
            <td>{person}</td>
            <td>{about.unwrap_or_else(none)}</td>
            <td>
                {reason.label()}
                {detail.map(|it| view! { <small class="c-quiet c-digits">" "{it}</small> })}
            </td>
            <td class="c-nowrap">{time::moment(given_up_at, clock::now())}</td>
            <td class="c-nowrap">
                <button
                    type="button"
                    class="c-tool"
                    disabled=retrying.busy
                    on:click=move |_| retrying.call(RetryDeadJob { job: id })
                >
                    {words}
                </button>
            </td>
        </tr>
    }
}
