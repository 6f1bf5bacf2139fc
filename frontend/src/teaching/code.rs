//! The projector's page: a huge code that changes every ten seconds, and who is in.

use chrono::{DateTime, Timelike, Utc};
use leptos::{prelude::*, task::spawn_local};
use shared::{
    time::{clock_time, local, moment},
    training::{Attendance, Attendee, CheckInCode, TrainingSessionId},
};

use super::{codes::Codes, mask::masked};
use crate::{
    client::Trouble,
    learner::{Page, backoff, qr::Qr},
    storage,
    ui::{
        Navigation, button,
        html::{
            Html, div, footer, h1, header, li, live, main, many, none, p, section, small, span,
            strong, ul,
        },
        name_page,
    },
};

const MASK: &str = "mask-names";

pub fn code_page(session: TrainingSessionId) -> Html {
    name_page("签到大屏幕");
    let codes = Codes::follow(session);
    let pen = pen();
    let mask = RwSignal::new(storage::read(MASK).as_deref() != Some("no"));
    let body = div("projector-body")
        .with(section("projector-code").live(move || code(codes, pen)))
        .with(section("projector-people").with(count(codes)).with(names(codes, mask)));
    main("projector").with(head(codes)).with(body).with(foot(session, codes, mask))
}

fn head(codes: Codes) -> Html {
    let title = move || {
        codes.answer.with(|answer| match answer {
            Some(answer) => many([h1("").text(&answer.title), p("").text(&answer.place)]),
            None => none(),
        })
    };
    header("projector-head")
        .with(div("projector-title").live(title))
        .with(p("projector-clock").live_text(move || clock_seconds(codes.now.get())))
}

fn foot(session: TrainingSessionId, codes: Codes, mask: RwSignal<bool>) -> Html {
    let navigation = Navigation::expect();
    let switch_mask = move || {
        mask.update(|mask| *mask = !*mask);
        storage::write(MASK, if mask.get_untracked() { "yes" } else { "no" });
    };
    let leave = move || navigation.back(&Page::Roster(session).to_string());
    let words = move || {
        let no_code = codes.current.with(Option::is_none);
        codes.trouble.with(|it| it.as_ref().map(|it| words(it, no_code)).unwrap_or_default())
    };
    footer("projector-foot")
        .with(button("button-link", "返回", leave))
        .with(button("button-link", "全屏", full_screen))
        .with(button("button-link", "", switch_mask).live_text(move || {
            if mask.get() { "显示全名" } else { "隐藏名字中间的字" }.into()
        }))
        .with(p("projector-trouble").attr("role", "status").live_text(words))
}

/// `14:05:09`
fn clock_seconds(now: DateTime<Utc>) -> String {
    let now = local(now);
    format!("{:02}:{:02}:{:02}", now.hour(), now.minute(), now.second())
}

fn words(trouble: &Trouble, no_code: bool) -> String {
    match trouble {
        Trouble::Offline if no_code => "网络断了，正在重连…".into(),
        Trouble::Offline => "网络断了，现在的码还能扫，正在重连…".into(),
        refused @ Trouble::Refused(_) => refused.sentence(),
    }
}

/// What draws codes, once it is there.
type Pen = RwSignal<Option<Qr>, LocalStorage>;

fn pen() -> Pen {
    let pen = RwSignal::new_local(None::<Qr>);
    spawn_local(async move {
        let mut tries = 0;
        while pen.try_with_untracked(Option::is_none) == Some(true) {
            if let Some(qr) = Qr::load().await {
                pen.try_set(Some(qr));
            } else {
                backoff::wait(tries).await;
                tries += 1;
            }
        }
    });
    pen
}

fn code(codes: Codes, pen: Pen) -> Html {
    let Some(code) = codes.current.get() else {
        let text = codes.answer.with(|answer| match answer {
            Some(answer) => {
                let answered = codes.trouble.with(Option::is_none);
                why_no_code(answer, answered, codes.now.get_untracked())
            }
            None => "正在取签到码…".into(),
        });
        return p("projector-wait").text(text);
    };
    let (first, last) = code.digits.split_at_checked(3).unwrap_or((&code.digits, ""));
    let drawn = pen.with(|qr| qr.as_ref().and_then(|qr| qr.draw(&code.url)));
    none().maybe(drawn).all([
        p("projector-how").text("微信扫一扫签到。扫不了，在手机“签到”里输入"),
        p("projector-digits").text(format!("{first} {last}")),
    ])
}

fn why_no_code(answer: &CheckInCode, answered: bool, now: DateTime<Utc>) -> String {
    if now < answer.opens_at {
        format!("{} 开始签到", moment(answer.opens_at, now))
    } else if now >= answer.closes_at {
        "签到已经结束".into()
    } else if answered && answer.codes.is_empty() {
        "这一场取消了，不用签到".into()
    } else {
        "网络断得太久，码用完了，正在重连…".into()
    }
}

fn count(codes: Codes) -> Html {
    live(move || {
        let (present, enrolled) = match (codes.attendance.get(), codes.answer.get()) {
            (Some(attendance), _) => numbers(&attendance),
            (None, Some(answer)) => (answer.present as usize, answer.enrolled as usize),
            (None, None) => return none(),
        };
        p("projector-count")
            .with(strong("").text(present.to_string()))
            .text(format!("/{enrolled} 人已签到"))
    })
}

/// Who is in.
fn names(codes: Codes, mask: RwSignal<bool>) -> Html {
    ul("projector-names").live(move || {
        let mask = mask.get();
        let Some(attendance) = codes.attendance.get() else { return none() };
        many(newest_first(&attendance).into_iter().map(|(time, person)| {
            let name = if mask { masked(&person.name) } else { person.name.clone() };
            li("").with(span("").text(name)).with(small("").text(clock_time(time)))
        }))
    })
}

/// Who has just scanned looks for his own name.
fn newest_first(attendance: &Attendance) -> Vec<(DateTime<Utc>, &Attendee)> {
    let mut sorted: Vec<(DateTime<Utc>, &Attendee)> = Vec::new();
    for person in &attendance.people {
        if let Some(time) = person.checked_in_at {
            let place = sorted.iter().take_while(|(other, _)| *other > time).count();
            sorted.insert(place, (time, person));
        }
    }
    sorted
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
