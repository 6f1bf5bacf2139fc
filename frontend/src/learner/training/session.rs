//! One session: when, where, what to bring; enrolling and cancelling.

use shared::{
    time::{clock_time, moment},
    training::{
        CancelEnrollment, Enroll, SessionState, ShowTrainingSession, TrainingSession,
        TrainingSessionCard, TrainingSessionId,
    },
};

use super::{super::Page, check_in_is_open, session_tag, session_time};
use crate::{
    clock,
    ui::{
        Act, Cell, Dialog, Keep, Load, Overlay, Parent, Shape, Toast, action_bar, action_words,
        busy_button, button, cells,
        html::{Html, h2, h3, li, many, none, p, section, span, ul},
        icon, link_button, name_page, page_frame,
    },
};

pub fn session_page(session: TrainingSessionId) -> Html {
    let load = Load::of(Keep::ShowAtOnce, move || ShowTrainingSession { session });
    let content = load.view(move |session| show(&session, load));
    page_frame("实训", Parent::new(Page::Sessions), content)
}

fn show(session: &TrainingSession, load: Load<TrainingSession>) -> Html {
    let card = &session.card;
    name_page(&card.title);
    let facts = ul("facts").all([
        fact(Shape::Clock, "时间", &session_time(card)),
        fact(Shape::Place, "地点", &card.place),
        fact(Shape::Person, "讲师", &card.instructor),
        fact(Shape::Board, "名额", &format!("{} 个名额，已报 {} 人", card.seats, card.taken)),
    ]);
    let notes = Some(&session.notes).filter(|notes| !notes.is_empty()).map(|notes| {
        section("aims").with(h3("").text("要带什么、注意什么")).with(p("").text(notes))
    });
    many([h2("lesson-title").text(&card.title), p("course-tags").with(session_tag(card)), facts])
        .maybe(notes)
        .with(links(session))
        .with(enrolment(card, load))
}

fn fact(shape: Shape, name: &str, value: &str) -> Html {
    li("").with(icon(shape)).with(span("fact-name").text(name)).with(span("").text(value))
}

fn links(session: &TrainingSession) -> Html {
    let mut rows = Vec::new();
    if session.teaching {
        let to = Page::Roster(session.card.id);
        rows.push(Cell::new(Shape::Board, to, "签到名单和大屏幕").html());
    }
    if let Some(course) = &session.course {
        let cell = Cell::new(Shape::Book, Page::Course(course.id), &course.title);
        rows.push(cell.note("先学这门课").html());
    }
    if rows.is_empty() { none() } else { cells("", rows) }
}

/// What the person can do: enrol, cancel, check in, or nothing any more.
fn enrolment(card: &TrainingSessionCard, load: Load<TrainingSession>) -> Html {
    let act = Act::new();
    let over = matches!(card.state, SessionState::Ended | SessionState::Cancelled);
    let can_cancel = card.enrolled && card.checked_in_at.is_none() && !over;
    let main = if let Some(at) = card.checked_in_at {
        action_words(&format!("您 {} 签到了", clock_time(at)))
    } else if over {
        action_words(&format!("这场实训{}", card.state.label()))
    } else if check_in_is_open(card, clock::now()) {
        link_button("button", Page::CheckIn, "去签到")
    } else if card.enrolled {
        let opens = moment(card.check_in_opens_at, clock::now());
        action_words(&format!("已报名，{opens} 开始签到"))
    } else if card.taken >= card.seats {
        action_words("名额已满，请看看其他场次")
    } else {
        enrol(card.id, act, load)
    };
    let cancel = if can_cancel { cancel(card, act, load) } else { none() };
    many([act.note(), cancel, action_bar(main)])
}

fn enrol(session: TrainingSessionId, act: Act, load: Load<TrainingSession>) -> Html {
    let toast = Toast::expect();
    busy_button("button", "报名", "正在报名…", act.busy, move || {
        act.call(&Enroll { session }, move |_| {
            toast.say("报名成功");
            load.reload();
        });
    })
}

fn cancel(card: &TrainingSessionCard, act: Act, load: Load<TrainingSession>) -> Html {
    let (toast, asking, session) = (Toast::expect(), Overlay::new(), card.id);
    let text = format!("{}，{}。取消后名额会让给别人。", card.title, session_time(card));
    let cancel = move || {
        act.call(&CancelEnrollment { session }, move |_| {
            toast.say("已取消报名");
            load.reload();
        });
    };
    let dialog =
        Dialog { title: "不参加这场实训了吗？", yes: "取消报名", no: "还是参加" };
    many([
        button("button button-plain", "取消报名", move || asking.show()),
        dialog.html(asking, move || text.clone(), cancel),
    ])
}
