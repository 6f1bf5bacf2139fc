//! 首页: what to do today.

mod next;

use chrono::Timelike;
use leptos::prelude::*;
use shared::{
    learning::{ShowToday, Today},
    time::local,
};

use self::next::{Next, next_card};
use super::{Page, Who, courses::due_words, training::session_note};
use crate::{
    clock, storage,
    ui::{
        Cell, Keep, Load, Look, Shape, Tone, button, cells,
        html::{Html, div, h1, header, live, many, none, p, span},
        name_page, on_wake, tag,
    },
};

const CARE_ASKED: &str = "care-asked";

pub fn today_page() -> Html {
    name_page("指尖教学");
    let load = Load::of(Keep::ShowAtOnce, || ShowToday {});
    on_wake(move || load.reload());
    let who = Who::expect();
    load.view(move |today| {
        who.learn(today.me.clone());
        let next = Next::of(&today, clock::now());
        many([
            greeting(&today),
            care_offer(),
            next_card(&next),
            due_soon(&today, &next),
            also(&today, &next),
        ])
    })
}

fn greeting(today: &Today) -> Html {
    let hello = match local(clock::now()).hour() {
        5..=10 => "早上好",
        11..=12 => "中午好",
        13..=17 => "下午好",
        _ => "晚上好",
    };
    let place = p("");
    let place = match &today.me.post {
        Some(post) => place.text(&post.name).text(" · "),
        None => place,
    };
    header("greeting")
        .with(h1("").text(format!("{}，{hello}", today.me.name)))
        .with(place.text(&today.me.organization.name))
}

/// Offered once, where nobody can overlook it.
fn care_offer() -> Html {
    let look = Look::expect();
    let asked = RwSignal::new(look.care.get_untracked() || storage::read(CARE_ASKED).is_some());
    let answer = move |care: bool| {
        storage::write(CARE_ASKED, "1");
        asked.set(true);
        if care {
            look.set_care(true);
        }
    };
    live(move || {
        if asked.get() {
            return none();
        }
        div("note note-plain note-ask")
            .with(p("note-text").text("字看着小？关怀版字更大、按钮更大。"))
            .with(button("button button-small", "打开", move || answer(true)))
            .with(button("button button-small button-plain", "不用", move || answer(false)))
    })
}

/// 必学 besides the one on the card.
fn due_soon(today: &Today, next: &Next) -> Html {
    let rest = today.assigned.iter().filter(|card| !next.is_course(card.id));
    let rows = rest.map(|card| {
        let progress = card.progress;
        let due = due_words(card.due_on).map(|(_, due)| format!(" · {due}")).unwrap_or_default();
        let note = format!("已学 {}/{} 课{due}", progress.finished, progress.lessons);
        Cell::new(Shape::Book, Page::Course(card.id), &card.title).note(note).html()
    });
    let rows = rows.collect::<Vec<_>>();
    if rows.is_empty() { none() } else { cells("还要学的", rows) }
}

/// The session, the lesson they stopped in and the messages, where the card is about another.
fn also(today: &Today, next: &Next) -> Html {
    let mut rows = Vec::new();
    if let Some(resume) = &today.resume
        && !matches!(next, Next::Resume(_))
    {
        let note = format!("{} · 已看 {}%", resume.course_title, resume.percent);
        let title = format!("接着学：{}", resume.lesson_title);
        rows.push(Cell::new(Shape::Play, Page::Lesson(resume.lesson), &title).note(note).html());
    }
    if let Some(card) = &today.session
        && !matches!(next, Next::Session(_))
    {
        let cell = Cell::new(Shape::Clock, Page::Session(card.id), &card.title);
        rows.push(cell.note(session_note(card)).html());
    }
    rows.push(Cell::new(Shape::Place, Page::Sessions, "实训安排").html());
    let unread = match today.unread_messages {
        0 => span("cell-value").text("没有新消息"),
        unread => tag(Tone::Bad, &format!("{unread} 条未读")),
    };
    rows.push(Cell::new(Shape::Bell, Page::Inbox, "消息").value(unread).html());
    cells("其他", rows)
}
