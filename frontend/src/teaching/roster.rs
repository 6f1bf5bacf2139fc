//! Who is enrolled, who is in.

use shared::{
    time::clock_time,
    training::{
        Attendance, Attendee, CheckInMethod, SessionSite, ShowAttendance, TrainingSessionId,
    },
};

use super::{by_hand::ByHand, site};
use crate::{
    learner::Page,
    ui::{
        Keep, Load, Parent, Shape, Tone, action_bar, button, empty,
        html::{Html, div, h2, h3, li, many, none, p, span, ul},
        link_button, name_page, on_wake, page_frame, tag,
    },
};

pub fn roster_page(session: TrainingSessionId) -> Html {
    let load = Load::of(Keep::ForOffline, move || ShowAttendance { session });
    let site = site::load(session);
    let refresh = move || {
        load.reload();
        site.reload();
    };
    on_wake(refresh);
    let by_hand = ByHand::new(session, load);
    let screen = link_button("button", Page::Code(session), "打开签到大屏幕");
    let people = load.view(move |attendance| show(&attendance, site, refresh, by_hand));
    let content = many([people, action_bar(screen), by_hand.html()]);
    page_frame("签到名单", Parent::new(Page::Teaching), content)
}

fn show(
    attendance: &Attendance,
    site: Load<SessionSite>,
    refresh: impl Fn() + 'static,
    by_hand: ByHand,
) -> Html {
    name_page(&attendance.title);
    let site = site::view(site, attendance);
    let Attendance { title, people, .. } = attendance;
    let title = h2("lesson-title").text(title);
    if people.is_empty() {
        let text = "报了名的人会出现在这里。没报名就来了的，点下面补签。";
        let empty = empty(Shape::Person, "还没有人报名", text);
        return many([title, empty, by_hand.others(), site]);
    }
    let (present, absent) =
        people.iter().partition::<Vec<_>, _>(|person| person.checked_in_at.is_some());
    let counts = format!("已签到 {} 人，还差 {} 人", present.len(), absent.len());
    let refresh = button("button button-plain", "刷新名单", refresh);
    many([
        title,
        p("lesson-note").text(counts),
        div("pair").with(refresh).with(by_hand.others()),
        site,
        group("还没签到", absent.into_iter().map(|person| by_hand.row(person)).collect()),
        group("已签到", present.into_iter().map(arrived).collect()),
        h3("cells-title").text("上大屏幕"),
        p("lesson-note").text("在接投影的电脑上，用微信打开这一页，再点下面的按钮。"),
    ])
}

/// People under a title; nothing where there is nobody.
pub fn group(title: &str, people: Vec<Html>) -> Html {
    if people.is_empty() {
        return none();
    }
    many([h3("cells-title").text(title), ul("roster").all(people)])
}

fn arrived(person: &Attendee) -> Html {
    let how = person.method.map(CheckInMethod::label).unwrap_or_default();
    let time = person.checked_in_at.map(clock_time).unwrap_or_default();
    let how = span("cell-note").text(how);
    let how = match &person.reason {
        Some(reason) => how.text("：").text(reason),
        None => how,
    };
    li("").with(name(person).with(how)).with(tag(Tone::Good, &time))
}

pub fn name(person: &Attendee) -> Html {
    let note = format!("{} · {}", person.staff_number, person.organization);
    span("cell-main").with(span("cell-title").text(&person.name)).with(span("cell-note").text(note))
}
