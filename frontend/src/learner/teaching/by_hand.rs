//! 补签: checking in somebody whose phone does not work, with the reason.

use leptos::prelude::*;
use shared::{
    accounts::PersonId,
    training::{Attendance, Attendee, CheckInByHand, TrainingSessionId},
};

use super::roster::name;
use crate::ui::{
    Act, Field, Load, Overlay, Toast, busy_button, button, chip,
    html::{Html, div, li, many},
    sheet,
};

const REASONS: [&str; 4] = ["手机没电", "没带手机", "扫不了码", "网络不通"];

/// Somebody who is not in yet.
pub fn by_hand(session: TrainingSessionId, person: &Attendee, load: Load<Attendance>) -> Html {
    let (overlay, id) = (Overlay::new(), person.person);
    let title = format!("为 {} 补签", person.name);
    let form = sheet(overlay, title, move || reason_form(session, id, load, overlay));
    let open = button("button button-small button-plain", "补签", move || overlay.show());
    li("").with(name(person)).with(open).with(form)
}

fn reason_form(
    session: TrainingSessionId,
    person: PersonId,
    load: Load<Attendance>,
    overlay: Overlay,
) -> Html {
    let (toast, act) = (Toast::expect(), Act::new());
    let (reason, asked) = (RwSignal::new(String::new()), RwSignal::new(false));
    let short = move || reason.with(|reason| reason.trim().chars().count() < 2);
    let send = move || {
        asked.set(true);
        if untrack(short) {
            return;
        }
        let reason = reason.get_untracked().trim().to_owned();
        act.call(&CheckInByHand { session, person, reason }, move |_| {
            toast.say("补签好了");
            overlay.hide();
            load.reload();
        });
    };
    let reasons = REASONS.map(|words| {
        chip(words, move || reason.with(|it| it == words), move || reason.set(words.into()))
    });
    let field = Field {
        id: "reason",
        label: "原因",
        value: reason,
        attributes: &[("maxlength", "100"), ("autocomplete", "off")],
    };
    let error = move || (asked.get() && short()).then(|| "请写明原因，至少两个字".to_owned());
    many([
        div("chips").all(reasons),
        field.html(error),
        act.note(),
        busy_button("button", "确认补签", "正在补签…", act.busy, send),
    ])
}
