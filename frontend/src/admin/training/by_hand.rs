//! Checking in somebody whose phone cannot.

use leptos::{prelude::*, task::spawn_local};
use shared::training::{Attendance, Attendee, CheckInByHand, TrainingSessionId};

use crate::{
    admin::kit::{FieldErrors, Question, TextField, TroubleNote},
    client::{Client, Trouble},
};

#[component]
pub fn ByHandQuestion(
    session: TrainingSessionId,
    person: Attendee,
    on_close: Callback<()>,
    on_done: Callback<Attendance>,
) -> impl IntoView {
    let client = Client::expect();
    let reason = RwSignal::new(String::new());
    let errors = FieldErrors::new();
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let Attendee { person: id, name, .. } = person;
    let check_in = Callback::new(move |()| {
        let reason = reason.get_untracked().trim().to_owned();
        if reason.chars().count() < 2 {
            errors.set_one("reason", "写两个字以上，例如“手机没电”");
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match client.call(CheckInByHand { session, person: id, reason }).await {
                Ok(attendance) => on_done.run(attendance),
                Err(failed) => {
                    errors.set(failed.fields().to_vec());
                    let _ = trouble.try_set(Some(failed));
                }
            }
            let _ = busy.try_set(false);
        });
    });
    view! {
        <Question
            title=format!("给{name}补签？")
            text="确认本人到了现场再补。补签会记下您的名字和原因。"
            yes="补签"
            busy
            on_yes=check_in
            on_no=on_close
        >
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
            <TextField label="为什么补签" autofocus=true value=reason error=errors.signal("reason")/>
        </Question>
    }
}
