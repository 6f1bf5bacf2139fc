//! 授课: sessions, roster and the projector, for instructors.

mod by_hand;
mod code;
mod codes;
mod mask;
mod qr;
mod roster;

use leptos::prelude::*;
use shared::{
    page::Page as ListPage,
    training::{ListTrainingSessions, SessionFilter, SessionState, TrainingSessionCard},
};

pub use self::{code::CodePage, roster::RosterPage};
use super::{Page, training::session_note};
use crate::ui::{Cell, Cells, Empty, Keep, Load, Loaded, Shape, Tag, Tone, name_page, pages};

#[component]
pub fn TeachingPage() -> impl IntoView {
    name_page("授课");
    let load = Load::of(Keep::ShowAtOnce, || ListTrainingSessions {
        filter: Some(SessionFilter::Teaching),
        cursor: None,
    });
    view! {
        <h1 class="top-title">"授课"</h1>
        <Loaded load children=list/>
    }
}

fn list(page: ListPage<TrainingSessionCard>) -> AnyView {
    if page.items.is_empty() {
        return view! {
            <Empty shape=Shape::Board title="还没有您授课的场次" text="培训办公室安排后会出现在这里。"/>
        }
        .into_any();
    }
    let ask = |cursor| ListTrainingSessions {
        filter: Some(SessionFilter::Teaching),
        cursor: Some(cursor),
    };
    let rows = pages(page, |card| session(&card), ask);
    view! { <Cells>{rows}</Cells> }.into_any()
}

fn session(card: &TrainingSessionCard) -> AnyView {
    let tone = match card.state {
        SessionState::Open => Tone::Wait,
        SessionState::Cancelled => Tone::Bad,
        SessionState::Planned | SessionState::Ended => Tone::Plain,
    };
    let value = view! { <Tag tone text=card.state.label()/> }.into_any();
    let note = format!("{} · 报名 {} 人", session_note(card), card.taken);
    let title = card.title.clone();
    view! { <Cell to=Page::Roster(card.id) title note value shape=Shape::Board/> }.into_any()
}
