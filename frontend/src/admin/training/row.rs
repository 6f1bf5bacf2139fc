//! One session in the list and what can be done with it.

use leptos::{prelude::*, task::spawn_local};
use shared::authoring::{CancelTrainingSession, ManagedSession};

use super::{StateWord, list::Editing, when};
use crate::{
    admin::kit::{Load, Question, TroubleNote},
    client::{Client, Trouble},
};

#[component]
pub fn SessionRow(
    session: ManagedSession,
    editing: RwSignal<Option<Editing>>,
    load: Load<Vec<ManagedSession>>,
) -> impl IntoView {
    let cancelling = RwSignal::new(false);
    let (id, editable) = (session.id, session.editable());
    let (change, asked, time) = (session.clone(), session.clone(), when(&session));
    let ManagedSession {
        details,
        instructor,
        course_title,
        base_name,
        state,
        enrolled,
        present,
        ..
    } = session;
    let base = base_name.map(|name| view! { <p class="c-table__note">{name}</p> });
    let course = course_title.map(|title| view! { <p class="c-table__note">{title}</p> });
    view! {
        <tr>
            <td class="c-table__title"><a href=format!("/admin/sessions/{id}")>{details.title}</a>{course}</td>
            <td class="c-nowrap">{time}</td>
            <td>{details.place}{base}</td>
            <td class="c-nowrap">{instructor}</td>
            <td><StateWord state/></td>
            <td class="c-number">{format!("{enrolled}/{}", details.seats)}</td>
            <td class="c-number">{present}</td>
            <td class="c-nowrap">
                {editable.then(|| view! {
                    <a class="c-tool" href=format!("/teaching/{id}/code") target="_blank" rel="noopener">"签到码"</a>
                    <button type="button" class="c-tool" on:click=move |_| editing.set(Some(Editing::Change(Box::new(change.clone()))))>"修改"</button>
                    <button type="button" class="c-tool c-tool--danger" on:click=move |_| cancelling.set(true)>"取消"</button>
                })}
                {move || cancelling.get().then(|| view! {
                    <CancelQuestion session=asked.clone() load on_close=Callback::new(move |()| cancelling.set(false))/>
                })}
            </td>
        </tr>
    }
}

#[component]
fn CancelQuestion(
    session: ManagedSession,
    load: Load<Vec<ManagedSession>>,
    on_close: Callback<()>,
) -> impl IntoView {
    let client = Client::expect();
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let id = session.id;
    let cancel = Callback::new(move |()| {
        busy.set(true);
        spawn_local(async move {
            match client.call(CancelTrainingSession { session: id }).await {
                Ok(_) => {
                    on_close.run(());
                    load.reload();
                }
                Err(failed) => {
                    let _ = trouble.try_set(Some(failed));
                }
            }
            let _ = busy.try_set(false);
        });
    });
    let text = match session.enrolled {
        0 => "还没有人报名。取消后学员看不到这一场，也不能恢复。".to_owned(),
        enrolled => {
            format!("已有 {enrolled} 人报名，取消后这一场不再开，也不能恢复。请另外通知他们。")
        }
    };
    view! {
        <Question
            title=format!("取消“{}”这一场？", session.details.title)
            text
            yes="取消这一场"
            no="保留"
            danger=true
            busy
            on_yes=cancel
            on_no=on_close
        >
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
        </Question>
    }
}
