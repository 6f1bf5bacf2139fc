//! 授课 and 班组: what instructors and team leaders do on the phone. A program of its own, so that the
//! phones of all others need not load it.

mod by_hand;
mod code;
mod codes;
mod mask;
mod roster;
mod sessions;
mod site;
mod team;

use leptos::prelude::*;

use crate::{
    learner::{Page, begin, not_found, top},
    ui::html::Html,
};

/// The whole program.
pub fn app() -> impl IntoView {
    begin(Page::is_teaching, || (), page);
}

fn page(page: Option<Page>) -> Html {
    match page {
        Some(Page::Teaching) => top(sessions::teaching_page()),
        Some(Page::Team) => top(team::team_page()),
        Some(Page::Roster(session)) => roster::roster_page(session),
        Some(Page::Code(session)) => code::code_page(session),
        _ => not_found(),
    }
}
