//! The list of sessions.

use leptos::prelude::*;
use shared::{
    page::Page as ListPage,
    training::{ListTrainingSessions, SessionFilter, TrainingSessionCard},
};

use super::{super::Page, session_cell};
use crate::ui::{
    Keep, Load, Parent, Shape, cells, chip, empty,
    html::{Html, div, many},
    link_button, page_frame, pages,
};

pub fn sessions_page() -> Html {
    let filter = RwSignal::new(SessionFilter::Upcoming);
    let request = move || ListTrainingSessions { filter: Some(filter.get()), cursor: None };
    let load = Load::of(Keep::ShowAtOnce, request);
    let choices = [SessionFilter::Upcoming, SessionFilter::Mine].map(|choice| {
        chip(choice.label(), move || filter.get() == choice, move || filter.set(choice))
    });
    let content = many([
        div("chips").all(choices),
        load.view(move |page| list(page, filter.get_untracked(), session_cell)),
    ]);
    page_frame("实训安排", Parent::new(Page::Today), content)
}

pub fn list(
    page: ListPage<TrainingSessionCard>,
    filter: SessionFilter,
    row: fn(&TrainingSessionCard) -> Html,
) -> Html {
    if page.items.is_empty() {
        let mine = filter == SessionFilter::Mine;
        let way_on =
            mine.then(|| link_button("button button-plain", Page::Sessions, "看看有哪些实训"));
        let (title, text) = match filter {
            SessionFilter::Upcoming => ("近期没有可参加的实训", "有了新的安排会发消息告诉您。"),
            SessionFilter::Mine => ("还没有报名", "报了名的场次会出现在这里。"),
            SessionFilter::Teaching => ("还没有您授课的场次", "培训办公室安排后会出现在这里。"),
        };
        return many([empty(Shape::Clock, title, text)]).maybe(way_on);
    }
    let ask = move |cursor| ListTrainingSessions { filter: Some(filter), cursor: Some(cursor) };
    cells("", [pages(page, row, ask)])
}
