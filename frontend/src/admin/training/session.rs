//! One session: what it is, and who came.

use leptos::prelude::*;
use shared::{
    authoring::{ListManagedSessions, ManagedSession},
    training::TrainingSessionId,
};

use super::{StateWord, attendance::AttendanceView, form::SessionDrawer, list::Editing, when};
use crate::admin::{
    address::WithId,
    kit::{Load, Shown, name_page},
    practice::SessionNeeds,
    shell::NotFound,
};

#[component]
pub fn SessionPage() -> impl IntoView {
    view! {
        <WithId name="session" children=Callback::new(|id: TrainingSessionId| view! { <Page id/> }.into_any())/>
    }
}

#[component]
fn Page(id: TrainingSessionId) -> impl IntoView {
    let load = Load::of(|| ListManagedSessions {});
    let editing = RwSignal::new(None::<Editing>);
    let close = Callback::new(move |()| editing.set(None));
    let saved = Callback::new(move |()| {
        editing.set(None);
        load.reload();
    });
    let managed = Memo::new(move |_| {
        load.value.with(|list| list.iter().flatten().any(|it| it.id == id && it.managed))
    });
    view! {
        <Shown load children=move |sessions| {
            match sessions.into_iter().find(|session| session.id == id) {
                Some(session) => view! { <Head session editing/> }.into_any(),
                None => view! { <NotFound/> }.into_any(),
            }
        }/>
        <AttendanceView id managed on_change=Callback::new(move |()| load.reload())/>
        {move || editing.get().map(|editing| view! { <SessionDrawer editing on_close=close on_saved=saved/> })}
    }
}

#[component]
fn Head(session: ManagedSession, editing: RwSignal<Option<Editing>>) -> impl IntoView {
    name_page(&session.details.title);
    let id = session.id;
    let change = session.clone();
    let facts = [
        ("时间", when(&session)),
        ("地点", session.details.place.clone()),
        ("基地", session.base_name.clone().unwrap_or_default()),
        ("讲师", session.instructor.clone()),
        ("报名", format!("{} 人，名额 {}", session.enrolled, session.details.seats)),
        ("课程", session.course_title.clone().unwrap_or_else(|| "不对应课程".into())),
        ("提醒", session.details.notes.clone()),
    ];
    let facts = facts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| {
        view! {
            <div class="c-facts__item"><dt>{name}</dt><dd>{text}</dd></div>
        }
    });
    let of_course = session.details.course.is_some() && session.is_to_come();
    let needed = of_course.then(|| view! { <SessionNeeds session=id/> });
    view! {
        <header class="c-head">
            <div>
                <nav class="c-trail" aria-label="位置"><a href="/admin/sessions">"实训"</a></nav>
                <h1 class="c-head__title">{session.details.title.clone()}" "<StateWord state=session.state/></h1>
            </div>
            {session.editable().then(|| view! {
                <div class="c-actions">
                    <button type="button" class="c-button" on:click=move |_| editing.set(Some(Editing::Change(Box::new(change.clone()))))>"修改"</button>
                    <a class="c-button c-button--primary" href=format!("/teaching/{id}/code") target="_blank" rel="noopener">"打开签到码大屏"</a>
                </div>
            })}
        </header>
        <dl class="c-facts c-card">{facts.collect_view()}</dl>
        {needed}
    }
}
