//! 补签: checking in somebody whose phone does not work, with the reason.

use leptos::{prelude::*, task::spawn_local};
use shared::training::{Attendance, Attendee, CheckInByHand, TrainingSessionId};

use crate::{
    client::{Client, Trouble},
    ui::{BusyButton, Load, Overlay, Sheet, TextField, Toast, TroubleNote},
};

const REASONS: [&str; 4] = ["手机没电", "没带手机", "扫不了码", "网络不通"];

/// Somebody who is not in yet.
#[component]
pub fn ByHand(
    session: TrainingSessionId,
    person: Attendee,
    load: Load<Attendance>,
) -> impl IntoView {
    let overlay = Overlay::new();
    let title = format!("为 {} 补签", person.name);
    let id = person.person;
    view! {
        <li>
            <span class="cell-main">
                <span class="cell-title">{person.name}</span>
                <span class="cell-note">{format!("{} · {}", person.staff_number, person.organization)}</span>
            </span>
            <button type="button" class="button button-small button-plain" on:click=move |_| overlay.show()>"补签"</button>
            <Sheet overlay title>
                <ReasonForm session person=id load overlay/>
            </Sheet>
        </li>
    }
}

#[component]
fn ReasonForm(
    session: TrainingSessionId,
    person: shared::accounts::PersonId,
    load: Load<Attendance>,
    overlay: Overlay,
) -> impl IntoView {
    let (client, toast) = (Client::expect(), Toast::expect());
    let (reason, asked) = (RwSignal::new(String::new()), RwSignal::new(false));
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let short = move || reason.with(|reason| reason.trim().chars().count() < 2);
    let error = Signal::derive(move || {
        (asked.get() && short()).then(|| "请写明原因，至少两个字".to_owned())
    });
    let send = Callback::new(move |()| {
        asked.set(true);
        if untrack(short) {
            return;
        }
        busy.set(true);
        let reason = reason.get_untracked().trim().to_owned();
        spawn_local(async move {
            match client.call(CheckInByHand { session, person, reason }).await {
                Ok(_) => {
                    toast.say("补签好了");
                    overlay.hide();
                    load.reload();
                }
                Err(failed) => _ = trouble.try_set(Some(failed)),
            }
            busy.try_set(false);
        });
    });
    let reasons = REASONS.map(|words| {
        view! { <button type="button" class="chip" on:click=move |_| reason.set(words.into())>{words}</button> }
    });
    view! {
        <div class="chips chips-wrap">{reasons.into_iter().collect_view()}</div>
        <TextField id="reason" label="原因" value=reason max_length=100 error/>
        {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
        <BusyButton text="确认补签" doing="正在补签…" busy on_press=send/>
    }
}
