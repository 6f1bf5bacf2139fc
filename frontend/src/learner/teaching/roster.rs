//! Who is enrolled, who is in.

use leptos::prelude::*;
use shared::{
    time::clock_time,
    training::{Attendance, Attendee, ShowAttendance, TrainingSessionId},
};

use super::{super::Page, by_hand::ByHand};
use crate::ui::{ActionBar, Empty, Keep, Load, Loaded, PageFrame, Shape, Tag, Tone, name_page, on_wake};

#[component]
pub fn RosterPage(session: TrainingSessionId) -> impl IntoView {
    let load = Load::of(Keep::ForOffline, move || ShowAttendance { session });
    on_wake(move || load.reload());
    view! {
        <PageFrame title="签到名单" parent=Page::Teaching.to_string()>
            <Loaded load children=move |attendance| show(attendance, load)/>
            <ActionBar>
                <a class="button" href=Page::Code(session).to_string()>"打开签到大屏幕"</a>
            </ActionBar>
        </PageFrame>
    }
}

fn show(attendance: Attendance, load: Load<Attendance>) -> AnyView {
    name_page(&attendance.title);
    let Attendance { session, title, people, .. } = attendance;
    let (present, absent): (Vec<_>, Vec<_>) =
        people.into_iter().partition(|person| person.checked_in_at.is_some());
    let counts = format!("已签到 {} 人，还差 {} 人", present.len(), absent.len());
    if present.is_empty() && absent.is_empty() {
        return view! {
            <h2 class="lesson-title">{title}</h2>
            <Empty shape=Shape::Person title="还没有人报名" text="有人报名或扫码后会出现在这里。"/>
        }
        .into_any();
    }
    let missing = absent.into_iter().map(|person| {
        view! { <ByHand session person load/> }
    });
    let missing = missing.collect_view();
    let arrived = present.into_iter().map(arrived).collect_view();
    view! {
        <h2 class="lesson-title">{title}</h2>
        <p class="lesson-note">{counts}</p>
        <button type="button" class="button button-plain" on:click=move |_| load.reload()>"刷新名单"</button>
        <h3 class="cells-title">"还没签到"</h3>
        <ul class="roster">{missing}</ul>
        <h3 class="cells-title">"已签到"</h3>
        <ul class="roster">{arrived}</ul>
    }
    .into_any()
}

fn arrived(person: Attendee) -> AnyView {
    let how = person.method.map(|method| method.label()).unwrap_or_default();
    let time = person.checked_in_at.map(clock_time).unwrap_or_default();
    let reason = person.reason.map(|reason| format!("：{reason}")).unwrap_or_default();
    view! {
        <li>
            <span class="cell-main">
                <span class="cell-title">{person.name}</span>
                <span class="cell-note">{format!("{} · {}", person.staff_number, person.organization)}</span>
                <span class="cell-note">{format!("{how}{reason}")}</span>
            </span>
            <Tag tone=Tone::Good text=time/>
        </li>
    }
    .into_any()
}
