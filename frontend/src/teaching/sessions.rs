//! 授课: the sessions of an instructor.

use shared::{
    learning::CountEnquiries,
    training::{ListTrainingSessions, SessionFilter, SessionState, TrainingSessionCard},
};

use crate::{
    learner::{
        Page,
        training::{list, session_note},
    },
    ui::{
        Cell, Keep, Load, Shape, Tone, cells,
        html::{Html, h1, live, many, none},
        name_page, tag,
    },
};

pub fn teaching_page() -> Html {
    name_page("授课");
    let load = Load::of(Keep::ShowAtOnce, || ListTrainingSessions {
        filter: Some(SessionFilter::Teaching),
        cursor: None,
    });
    let sessions = load.view(|page| list(page, SessionFilter::Teaching, session));
    let asked = Load::of(Keep::ShowAtOnce, || CountEnquiries {});
    let waiting = live(move || match asked.get() {
        Some(it) if it.waiting > 0 => tag(Tone::Wait, &format!("{} 个等答复", it.waiting)),
        _ => none(),
    });
    let questions = Cell::new(Shape::Help, "/study/questions", "学员提问").value(waiting).html();
    many([h1("top-title").text("授课"), cells("", [questions]), sessions])
}

fn session(card: &TrainingSessionCard) -> Html {
    let tone = match card.state {
        SessionState::Open => Tone::Wait,
        SessionState::Cancelled => Tone::Bad,
        SessionState::Planned | SessionState::Ended => Tone::Plain,
    };
    Cell::new(Shape::Board, Page::Roster(card.id), &card.title)
        .note(session_note(card))
        .note(format!("报名 {} 人", card.taken))
        .value(tag(tone, card.state.label()))
        .html()
}
