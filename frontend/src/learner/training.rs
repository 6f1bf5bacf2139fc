//! 实训 for those who take part: finding a session, enrolling, checking in.

mod check_in;
mod code_form;
mod scanner;
mod session;
mod sessions;

use chrono::{DateTime, Utc};
use shared::{
    time::{clock_time, moment},
    training::{SessionState, TrainingSessionCard},
};

pub use self::{
    check_in::check_in_page,
    session::session_page,
    sessions::{list, sessions_page},
};
use super::Page;
use crate::{
    clock,
    ui::{Cell, Shape, Tone, html::Html, tag},
};

/// Whether the person may check in now.
pub fn check_in_is_open(card: &TrainingSessionCard, now: DateTime<Utc>) -> bool {
    let on = !matches!(card.state, SessionState::Ended | SessionState::Cancelled);
    let time = card.check_in_opens_at <= now && now < card.ends_at;
    on && time && card.enrolled && card.checked_in_at.is_none()
}

/// `今天 14:00–16:00`
pub fn session_time(card: &TrainingSessionCard) -> String {
    format!("{}–{}", moment(card.starts_at, clock::now()), clock_time(card.ends_at))
}

/// When and where.
pub fn session_note(card: &TrainingSessionCard) -> String {
    format!("{} · {}", session_time(card), card.place)
}

pub fn session_cell(card: &TrainingSessionCard) -> Html {
    Cell::new(Shape::Clock, Page::Session(card.id), &card.title)
        .note(session_note(card))
        .value(session_tag(card))
        .html()
}

/// Where the person stands with a session.
pub fn session_tag(card: &TrainingSessionCard) -> Html {
    let (tone, text) = match card.state {
        _ if card.checked_in_at.is_some() => (Tone::Good, "已签到"),
        SessionState::Cancelled => (Tone::Bad, "已取消"),
        SessionState::Ended if card.enrolled => (Tone::Bad, "没签到"),
        SessionState::Ended => (Tone::Plain, "已结束"),
        _ if check_in_is_open(card, clock::now()) => (Tone::Wait, "可签到"),
        _ if card.enrolled => (Tone::Good, "已报名"),
        _ if card.taken >= card.seats => (Tone::Plain, "已满"),
        _ => (Tone::Plain, "可报名"),
    };
    tag(tone, text)
}
