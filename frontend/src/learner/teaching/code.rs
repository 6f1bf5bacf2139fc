//! The projector's page: a huge code that changes every ten seconds, and who is in.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use shared::{
    time::{clock_time, local, moment},
    training::{Attendance, CheckInCode, TrainingSessionId},
};

use super::{super::Page, codes::Codes, mask::masked, qr::qr};
use crate::{
    client::Trouble,
    storage,
    ui::{Navigation, name_page},
};

const MASK: &str = "mask-names";

#[component]
pub fn CodePage(session: TrainingSessionId) -> impl IntoView {
    name_page("签到大屏幕");
    let codes = Codes::follow(session);
    let mask = RwSignal::new(storage::read(MASK).as_deref() != Some("no"));
    let navigation = Navigation::expect();
    let switch_mask = move |_| {
        mask.update(|mask| *mask = !*mask);
        storage::write(MASK, if mask.get_untracked() { "yes" } else { "no" });
    };
    let leave = move |_| navigation.back(&Page::Roster(session).to_string());
    view! {
        <main class="projector">
            <header class="projector-head">
                <div class="projector-title">
                    {move || codes.answer.with(|it| it.as_ref().map(title))}
                </div>
                <p class="projector-clock">{move || local(codes.now.get()).format("%H:%M:%S").to_string()}</p>
            </header>
            <div class="projector-body">
                <section class="projector-code">{move || code(codes)}</section>
                <section class="projector-people">
                    <People codes mask/>
                </section>
            </div>
            <footer class="projector-foot">
                <button type="button" class="button-link" on:click=leave>"返回"</button>
                <button type="button" class="button-link" on:click=|_| full_screen()>"全屏"</button>
                <button type="button" class="button-link" on:click=switch_mask>
                    {move || if mask.get() { "显示全名" } else { "隐藏名字中间的字" }}
                </button>
                <p class="projector-trouble" role="status">{move || codes.trouble.get().map(|it| words(&it))}</p>
            </footer>
        </main>
    }
}

fn title(answer: &CheckInCode) -> AnyView {
    view! { <h1>{answer.title.clone()}</h1> <p>{answer.place.clone()}</p> }.into_any()
}

fn words(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Offline => "网络断了，码还能用两分钟，正在重连…".into(),
        refused @ Trouble::Refused(_) => refused.sentence(),
    }
}

fn code(codes: Codes) -> AnyView {
    let Some(code) = codes.current.get() else {
        let text = codes.answer.with(|answer| match answer {
            Some(answer) => why_no_code(answer, codes.now.get_untracked()),
            None => "正在取签到码…".into(),
        });
        return view! { <p class="projector-wait">{text}</p> }.into_any();
    };
    let digits = format!("{} {}", &code.digits[..3], &code.digits[3..]);
    view! {
        {qr(&code.url)}
        <p class="projector-how">"微信扫一扫签到，扫不了就输入"</p>
        <p class="projector-digits">{digits}</p>
    }
    .into_any()
}

fn why_no_code(answer: &CheckInCode, now: DateTime<Utc>) -> String {
    if now < answer.opens_at {
        format!("{} 开始签到", moment(answer.opens_at, now))
    } else if now >= answer.closes_at {
        "签到已经结束".into()
    } else {
        "网络断得太久，码用完了，正在重连…".into()
    }
}

#[component]
fn People(codes: Codes, mask: RwSignal<bool>) -> impl IntoView {
    let count = move || {
        let (present, enrolled) = match (codes.attendance.get(), codes.answer.get()) {
            (Some(attendance), _) => numbers(&attendance),
            (None, Some(answer)) => (answer.present as usize, answer.enrolled as usize),
            (None, None) => return ().into_any(),
        };
        view! { <p class="projector-count"><strong>{present}</strong>{format!("/{enrolled} 人已签到")}</p> }.into_any()
    };
    let names = move || {
        let mask = mask.get();
        let attendance = codes.attendance.get()?;
        let mut people = attendance.people;
        people.retain(|person| person.checked_in_at.is_some());
        // The newest first: who has just scanned looks for his own name.
        people.sort_by_key(|person| std::cmp::Reverse(person.checked_in_at));
        let rows = people.into_iter().map(|person| {
            let name = if mask { masked(&person.name) } else { person.name };
            let time = person.checked_in_at.map(clock_time);
            view! { <li><span>{name}</span><small>{time}</small></li> }
        });
        Some(rows.collect_view())
    };
    view! { {count} <ul class="projector-names">{names}</ul> }
}

/// How many are in, and how many are expected.
fn numbers(attendance: &Attendance) -> (usize, usize) {
    let present = attendance.people.iter().filter(|it| it.checked_in_at.is_some()).count();
    (present, attendance.people.len())
}

/// Where the browser refuses, the page stays as it is.
fn full_screen() {
    let document = document();
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
    } else if let Some(root) = document.document_element() {
        let _ = root.request_fullscreen();
    }
}
