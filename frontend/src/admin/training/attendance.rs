//! Who came to a session.

use leptos::prelude::*;
use shared::{
    time,
    training::{Attendance, Attendee, ShowAttendance, TrainingSessionId},
};

use super::{by_hand::ByHandQuestion, find::FindDrawer};
use crate::admin::kit::{Load, Shown, Table};

#[component]
pub fn AttendanceView(
    id: TrainingSessionId,
    /// Whether the one who looks may check people in, too.
    managed: Memo<bool>,
    /// Called when somebody was checked in here.
    on_change: Callback<()>,
) -> impl IntoView {
    let load = Load::following(move || ShowAttendance { session: id });
    let by_hand = RwSignal::new(None::<Attendee>);
    let close = Callback::new(move |()| by_hand.set(None));
    let finding = RwSignal::new(false);
    let stop_finding = Callback::new(move |()| finding.set(false));
    let chosen = Callback::new(move |person: Attendee| {
        finding.set(false);
        by_hand.set(Some(person));
    });
    let done = Callback::new(move |attendance: Attendance| {
        by_hand.set(None);
        load.value.set(Some(attendance));
        on_change.run(());
    });
    view! {
        <Shown load children=move |attendance: Attendance| view! { <People attendance managed by_hand finding load/> }.into_any()/>
        <Show when=move || finding.get()>
            <FindDrawer session=id on_close=stop_finding on_chosen=chosen/>
        </Show>
        {move || by_hand.get().map(|person| view! { <ByHandQuestion session=id person on_close=close on_done=done/> })}
    }
}

const COLUMNS: &[&str] = &["姓名", "工号", "单位", "到场", "方式", "补签原因", "操作"];

#[component]
fn People(
    attendance: Attendance,
    managed: Memo<bool>,
    by_hand: RwSignal<Option<Attendee>>,
    finding: RwSignal<bool>,
    load: Load<Attendance>,
) -> impl IntoView {
    let all = attendance.people.len();
    let present = attendance.people.iter().filter(|it| it.checked_in_at.is_some()).count();
    let as_of = time::clock_time(attendance.now);
    let rows = attendance.people.into_iter().map(|person| view! { <Row person managed by_hand/> });
    let rows = rows.collect_view();
    view! {
        <div class="c-bar">
            <h2 class="c-subtitle" role="status">{format!("到场 {present} 人，共 {all} 人（{as_of}）")}</h2>
            <div class="c-actions">
                <button type="button" class="c-button c-button--small" on:click=move |_| load.reload()>"刷新"</button>
                {move || managed.get().then(|| view! {
                    <button type="button" class="c-button c-button--small" on:click=move |_| finding.set(true)>"补签名单外的人"</button>
                })}
            </div>
        </div>
        {if all == 0 {
            view! {
                <div class="c-empty">
                    <h3 class="c-empty__title">"还没有人报名"</h3>
                    <p>"学员在手机的“首页 → 实训安排”里报名，报了名才能扫码。没报名就来了的，让他当场报名，或者点“补签名单外的人”。"</p>
                </div>
            }.into_any()
        } else {
            view! {
                <Table columns=COLUMNS>{rows}</Table>
            }.into_any()
        }}
    }
}

#[component]
fn Row(
    person: Attendee,
    managed: Memo<bool>,
    by_hand: RwSignal<Option<Attendee>>,
) -> impl IntoView {
    let absent = person.checked_in_at.is_none();
    let who = StoredValue::new(person.clone());
    let label = StoredValue::new(format!("给{}补签", person.name));
    let state = match person.checked_in_at {
        Some(at) => {
            view! { <span class="c-word c-word--good">"已到 "{time::clock_time(at)}</span> }
        }
        None => view! { <span class="c-word c-word--waiting">"没到"{String::new()}</span> },
    };
    view! {
        <tr>
            <th scope="row" class="c-table__title">{person.name}</th>
            <td class="c-digits">{person.staff_number}</td>
            <td>{person.organization}</td>
            <td class="c-nowrap">{state}</td>
            <td>{person.method.map_or("—", |method| method.label())}</td>
            <td>{person.reason.unwrap_or_else(|| "—".into())}</td>
            <td class="c-nowrap">
                {move || (absent && managed.get()).then(|| view! {
                    <button type="button" class="c-tool" aria-label=label.get_value() on:click=move |_| by_hand.set(Some(who.get_value()))>"补签"</button>
                })}
            </td>
        </tr>
    }
}
