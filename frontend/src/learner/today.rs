//! 首页: what to do today.

mod next;

use chrono::Timelike;
use leptos::prelude::*;
use shared::{
    learning::{ShowToday, Today},
    time::local,
};

use self::next::{Next, NextCard};
use super::{Page, Who, courses::due_words, training::session_note};
use crate::{
    clock, storage,
    ui::{Cell, Cells, Keep, Load, Loaded, Look, Shape, Tag, Tone, name_page, on_wake},
};

const CARE_ASKED: &str = "care-asked";

#[component]
pub fn TodayPage() -> impl IntoView {
    name_page("指尖教学");
    let load = Load::of(Keep::ShowAtOnce, || ShowToday {});
    on_wake(move || load.reload());
    view! { <Loaded load children=today/> }
}

fn today(today: Today) -> AnyView {
    Who::expect().learn(today.me.clone());
    let next = Next::of(&today, clock::now());
    view! {
        {greeting(&today)}
        {care_offer()}
        <NextCard next=next.clone()/>
        {due_soon(&today, &next)}
        {also(&today, &next)}
    }
    .into_any()
}

fn greeting(today: &Today) -> AnyView {
    let hello = match local(clock::now()).hour() {
        5..=10 => "早上好",
        11..=12 => "中午好",
        13..=17 => "下午好",
        _ => "晚上好",
    };
    let post = today.me.post.as_ref().map(|post| format!("{} · ", post.name)).unwrap_or_default();
    view! {
        <header class="greeting">
            <h1>{format!("{}，{hello}", today.me.name)}</h1>
            <p>{post}{today.me.organization.name.clone()}</p>
        </header>
    }
    .into_any()
}

/// Offered once, where nobody can overlook it.
fn care_offer() -> AnyView {
    let look = Look::expect();
    let asked = RwSignal::new(look.care.get_untracked() || storage::read(CARE_ASKED).is_some());
    let answer = move |care: bool| {
        storage::write(CARE_ASKED, "1");
        asked.set(true);
        if care {
            look.set_care(true);
        }
    };
    (move || {
        (!asked.get()).then(|| {
            view! {
                <div class="note note-plain note-ask">
                    <p class="note-text">"字看着小？关怀版字更大、按钮更大。"</p>
                    <button type="button" class="button button-small" on:click=move |_| answer(true)>"打开"</button>
                    <button type="button" class="button button-small button-plain" on:click=move |_| answer(false)>"不用"</button>
                </div>
            }
        })
    })
    .into_any()
}

/// 必学 besides the one on the card.
fn due_soon(today: &Today, next: &Next) -> Option<AnyView> {
    let rest = today.assigned.iter().filter(|card| !next.is_course(card.id)).collect::<Vec<_>>();
    if rest.is_empty() {
        return None;
    }
    let rows = rest.into_iter().map(|card| {
        let progress = card.progress;
        let due = due_words(card.due_on).map(|(_, due)| format!(" · {due}")).unwrap_or_default();
        let note = format!("已学 {}/{} 课{due}", progress.finished, progress.lessons);
        view! { <Cell to=Page::Course(card.id) title=card.title.clone() note shape=Shape::Book/> }
    });
    let rows = rows.collect_view();
    Some(view! { <Cells title="还要学的">{rows}</Cells> }.into_any())
}

/// The session, the lesson they stopped in and the messages, where the card is about another.
fn also(today: &Today, next: &Next) -> AnyView {
    let session = today.session.as_ref().filter(|_| !matches!(next, Next::Session(_))).map(|card| {
        view! { <Cell to=Page::Session(card.id) title=card.title.clone() note=session_note(card) shape=Shape::Clock/> }
    });
    let resume = today.resume.as_ref().filter(|_| !matches!(next, Next::Resume(_))).map(|resume| {
        let note = format!("{} · 已看 {}%", resume.course_title, resume.percent);
        let title = format!("接着学：{}", resume.lesson_title);
        view! { <Cell to=Page::Lesson(resume.lesson) title note shape=Shape::Play/> }
    });
    let unread = today.unread_messages;
    let value = if unread == 0 {
        view! { <span class="cell-value">"没有新消息"</span> }.into_any()
    } else {
        view! { <Tag tone=Tone::Bad text=format!("{unread} 条未读")/> }.into_any()
    };
    view! {
        <Cells title="其他">
            {resume}
            {session}
            <Cell to=Page::Sessions title="实训安排" shape=Shape::Place/>
            <Cell to=Page::Inbox title="消息" value shape=Shape::Bell/>
        </Cells>
    }
    .into_any()
}
