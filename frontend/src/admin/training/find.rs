//! Looking up somebody who came without being enrolled.

use leptos::{prelude::*, task::spawn_local, web_sys};
use shared::training::{Attendee, FindCandidates, TrainingSessionId};

use crate::{
    admin::kit::{Drawer, FieldErrors, TextField, TroubleNote, show_first_error},
    client::{Client, Trouble},
};

/// People whom one answer names.
const MOST: usize = 20;

#[component]
pub fn FindDrawer(
    session: TrainingSessionId,
    on_close: Callback<()>,
    on_chosen: Callback<Attendee>,
) -> impl IntoView {
    let client = Client::expect();
    let (words, errors) = (RwSignal::new(String::new()), FieldErrors::new());
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let found = RwSignal::new(None::<Vec<Attendee>>);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let request = FindCandidates { session, search: words.get_untracked() };
        spawn_local(async move {
            let answer = client.call(request).await;
            if busy.try_set(false).is_some() {
                return;
            }
            let failed = answer.map(|people| found.set(Some(people))).err();
            errors.set(failed.iter().flat_map(Trouble::fields).cloned().collect());
            // What is wrong with the field is said at the field.
            trouble.set(failed.filter(|it| it.fields().is_empty()));
            show_first_error();
        });
    };
    view! {
        <Drawer title="补签名单外的人" on_close>
            <form class="c-form" on:submit=submit novalidate=true>
                {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
                <TextField
                    label="姓名或工号"
                    hint="写一部分就行，至少两个字"
                    value=words
                    autofocus=true
                    error=errors.signal("search")
                />
                <div class="c-form__foot">
                    <button type="submit" class="c-button c-button--primary" disabled=busy>
                        {move || if busy.get() { "正在查找…" } else { "查找" }}
                    </button>
                </div>
            </form>
            {move || found.get().map(|people| view! { <Found people on_chosen/> })}
        </Drawer>
    }
}

#[component]
fn Found(people: Vec<Attendee>, on_chosen: Callback<Attendee>) -> impl IntoView {
    if people.is_empty() {
        return view! {
            <p class="c-quiet" role="status">"没有找到还没签到的这个人。请核对姓名或工号；已经签到的不会列出来。"</p>
        }
        .into_any();
    }
    let many = people.len() >= MOST;
    let rows = people.into_iter().map(|person| {
        let label = format!("给{}补签", person.name);
        let who = person.clone();
        view! {
            <tr>
                <th scope="row" class="c-table__title">{person.name}</th>
                <td class="c-digits">{person.staff_number}</td>
                <td>{person.organization}</td>
                <td class="c-nowrap">
                    <button type="button" class="c-tool" aria-label=label on:click=move |_| on_chosen.run(who.clone())>"补签"</button>
                </td>
            </tr>
        }
    });
    view! {
        <h3 class="c-subtitle">"还没签到的人"</h3>
        {many.then(|| view! { <p class="c-quiet">"只列出前 20 人，没有要找的人就把姓名或工号写全一点。"</p> })}
        <table class="c-table">
            <thead>
                <tr>
                    <th scope="col">"姓名"</th>
                    <th scope="col">"工号"</th>
                    <th scope="col">"单位"</th>
                    <th scope="col">"操作"</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
