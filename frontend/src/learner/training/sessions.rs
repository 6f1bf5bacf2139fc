//! The list of sessions.

use leptos::prelude::*;
use shared::{
    page::Page as ListPage,
    training::{ListTrainingSessions, SessionFilter, TrainingSessionCard},
};

use super::{super::Page, session_cell};
use crate::ui::{Cells, Empty, Keep, Load, Loaded, PageFrame, Shape, pages};

#[component]
pub fn SessionsPage() -> impl IntoView {
    let filter = RwSignal::new(SessionFilter::Upcoming);
    let request = move || ListTrainingSessions { filter: Some(filter.get()), cursor: None };
    let load = Load::of(Keep::ShowAtOnce, request);
    let choices = [SessionFilter::Upcoming, SessionFilter::Mine].map(|choice| {
        let on = move || (filter.get() == choice).to_string();
        view! {
            <button type="button" class="chip" aria-pressed=on on:click=move |_| filter.set(choice)>
                {choice.label()}
            </button>
        }
    });
    view! {
        <PageFrame title="实训安排" parent=Page::Today.to_string()>
            <div class="chips">{choices.into_iter().collect_view()}</div>
            <Loaded load children=move |page| list(page, filter.get_untracked())/>
        </PageFrame>
    }
}

pub fn list(page: ListPage<TrainingSessionCard>, filter: SessionFilter) -> AnyView {
    if page.items.is_empty() {
        let (title, text) = match filter {
            SessionFilter::Upcoming => ("近期没有可参加的实训", "有了新的安排会发消息告诉您。"),
            SessionFilter::Mine => ("还没有报名", "到“可参加的”里看看。"),
            SessionFilter::Teaching => ("还没有您授课的场次", "培训办公室安排后会出现在这里。"),
        };
        return view! { <Empty shape=Shape::Clock title text/> }.into_any();
    }
    let ask = move |cursor| ListTrainingSessions { filter: Some(filter), cursor: Some(cursor) };
    let rows = pages(page, |card| session_cell(&card), ask);
    view! { <Cells>{rows}</Cells> }.into_any()
}
