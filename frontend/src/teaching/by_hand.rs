//! 补签: checking in somebody whose phone does not work or who is not on the list, with the reason.

use leptos::prelude::*;
use shared::training::{Attendance, Attendee, CheckInByHand, FindCandidates, TrainingSessionId};

use super::roster::{group, name};
use crate::ui::{
    Act, Field, Load, Overlay, Toast, busy_button, button, chip,
    html::{Html, div, h3, li, live, many, none, p},
    sheet,
};

const REASONS: [&str; 5] = ["手机没电", "没带手机", "扫不了码", "网络不通", "没来得及报名"];

/// The one sheet of a roster. It stands beside the list, which is drawn anew while somebody types.
#[derive(Clone, Copy)]
pub struct ByHand {
    session: TrainingSessionId,
    load: Load<Attendance>,
    overlay: Overlay,
    /// Nobody yet while somebody is looked for.
    person: RwSignal<Option<Attendee>>,
}

impl ByHand {
    pub fn new(session: TrainingSessionId, load: Load<Attendance>) -> Self {
        Self { session, load, overlay: Overlay::new(), person: RwSignal::new(None) }
    }

    pub fn html(self) -> Html {
        on_cleanup(move || self.overlay.hide());
        let content = move || match self.person.get() {
            Some(person) => self.reason(&person),
            None => self.search(),
        };
        sheet(self.overlay, "补签".into(), move || live(content))
    }

    /// Somebody who is not in yet.
    pub fn row(self, person: &Attendee) -> Html {
        let chosen = person.clone();
        let choose = move || {
            self.person.set(Some(chosen.clone()));
            self.overlay.show();
        };
        li("").with(name(person)).with(button("button button-small button-plain", "补签", choose))
    }

    /// For those who came without being enrolled.
    pub fn others(self) -> Html {
        button("button button-plain", "补签名单外的人", move || {
            self.person.set(None);
            self.overlay.show();
        })
    }

    fn reason(self, person: &Attendee) -> Html {
        let (toast, act, reason) = (Toast::expect(), Act::new(), RwSignal::new(String::new()));
        let (session, person, who) = (self.session, person.person, &person.name);
        let reasons = REASONS.map(|words| {
            chip(words, move || reason.with(|it| it == words), move || reason.set(words.into()))
        });
        let form = form(
            ("原因", "请写明原因，至少两个字"),
            "确认补签",
            reason,
            act,
            move |reason| {
                act.call(&CheckInByHand { session, person, reason }, move |_| {
                    toast.say("补签好了");
                    self.overlay.hide();
                    self.load.reload();
                });
            },
        );
        many([h3("").text("为 ").text(who).text(" 补签"), div("chips").all(reasons), form])
    }

    fn search(self) -> Html {
        let (act, words) = (Act::new(), RwSignal::new(String::new()));
        let (session, found) = (self.session, RwSignal::new(None::<Vec<Attendee>>));
        let form = form(
            ("姓名或工号", "请至少输入两个字"),
            "查找",
            words,
            act,
            move |search| {
                act.call(&FindCandidates { session, search }, move |people| {
                    found.set(Some(people));
                });
            },
        );
        let people = move || match found.get() {
            Some(people) if people.is_empty() => {
                p("").attr("role", "status").text("没有找到还没签到的这个人，请核对姓名或工号。")
            }
            Some(people) => {
                group("还没签到", people.iter().map(|person| self.row(person)).collect())
            }
            None => none(),
        };
        many([form, live(people)])
    }
}

/// Two characters or more, and the button that sends them.
fn form(
    (label, short): (&'static str, &'static str),
    verb: &'static str,
    value: RwSignal<String>,
    act: Act,
    send: impl Fn(String) + 'static,
) -> Html {
    let asked = RwSignal::new(false);
    let error = move || {
        let wrong = asked.get() && value.with(|it| it.trim().chars().count() < 2);
        wrong.then(|| short.to_owned())
    };
    let attributes = &[("maxlength", "100"), ("autocomplete", "off")];
    let field = Field { id: "by-hand", label, value, attributes }.html(error);
    let press = move || {
        asked.set(true);
        if untrack(error).is_none() {
            send(value.with_untracked(|it| it.trim().to_owned()));
        }
    };
    many([field, act.note(), busy_button("button", verb, "请稍候…", act.busy, press)])
}
