//! What is planned for somebody, and taking it back.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    accounts::PersonId,
    roster::{CancelPlannedPlacement, PlannedPlacement, RosterPerson},
};

use crate::{
    admin::kit::TroubleNote,
    client::{Client, Trouble},
};

#[component]
pub fn Planned(
    person: PersonId,
    planned: RwSignal<Option<PlannedPlacement>>,
    on_saved: Callback<RosterPerson>,
) -> impl IntoView {
    let client = Client::expect();
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let cancel = move |_| {
        busy.set(true);
        spawn_local(async move {
            let answer = client.call(CancelPlannedPlacement { person }).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(person) => {
                    trouble.set(None);
                    on_saved.run(person);
                }
                Err(failed) => trouble.set(Some(failed)),
            }
        });
    };
    move || {
        planned.get().map(|planned| {
            view! {
                <section class="c-planned">
                    <h3 class="c-subtitle">"预约的变动"</h3>
                    <p>{words(&planned)}</p>
                    {planned.trouble.map(|trouble| view! {
                        <p class="c-field__error" role="alert">{format!("到期没有办成：{trouble}。请重新填一次，或者取消。")}</p>
                    })}
                    {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
                    <button type="button" class="c-button" disabled=busy on:click=cancel>"取消这次变动"</button>
                </section>
            }
        })
    }
}

fn words(planned: &PlannedPlacement) -> String {
    let PlannedPlacement { organization, team, post, active, from, .. } = planned;
    if !active {
        return format!("{from} 起离岗");
    }
    let place = [Some(organization), team.as_ref(), post.as_ref()];
    let place = place.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ");
    format!("{from} 起：{place}")
}
