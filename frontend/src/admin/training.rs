//! Training sessions: the list, their making and changing, who came.

mod attendance;
mod by_hand;
mod fields;
mod find;
mod form;
mod list;
mod row;
mod session;

pub use list::SessionsPage;
pub use session::SessionPage;

use leptos::prelude::*;
use shared::{authoring::ManagedSession, time, training::SessionState};

use crate::clock;

/// Where a session stands, as a word on a coloured ground.
#[component]
pub fn StateWord(state: SessionState) -> impl IntoView {
    let class = match state {
        SessionState::Planned => "c-word c-word--waiting",
        SessionState::Open => "c-word c-word--good",
        SessionState::Ended | SessionState::Cancelled => "c-word",
    };
    view! { <span class=class>{state.label()}</span> }
}

/// `6月3日 周三 14:00–16:00`
fn when(session: &ManagedSession) -> String {
    let details = &session.details;
    let from = time::moment(details.starts_at, clock::now());
    format!("{from}–{}", time::clock_time(details.ends_at))
}
