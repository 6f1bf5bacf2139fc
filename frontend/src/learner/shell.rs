//! Which page is shown, and what surrounds it.

use leptos::prelude::*;

use super::{Page, Who, courses, me, quizzes, sign_in, today, training};
use crate::{
    client::Client,
    ui::{
        Parent, Shape, Tab, Tone, banner, empty,
        html::{Html, listen, live, main, many, none},
        link_button, on_wake, page_frame, tab_bar,
    },
};

const TABS: [Tab; 4] = [
    Tab { to: "/", name: "首页", shape: Shape::Home },
    Tab { to: "/courses", name: "课程", shape: Shape::Book },
    Tab { to: "/check-in", name: "签到", shape: Shape::Scan },
    Tab { to: "/me", name: "我的", shape: Shape::Person },
];
const TEACHING: Tab = Tab { to: "/teaching", name: "授课", shape: Shape::Board };

const TEAM: Tab = Tab { to: "/team", name: "班组", shape: Shape::People };

pub fn page(page: Option<Page>) -> Html {
    let Some(page) = page else { return not_found() };
    match page {
        Page::Today => top(today::today_page()),
        Page::Courses => top(courses::courses_page()),
        Page::CheckIn => top(training::check_in_page()),
        Page::Me => top(me::me_page()),
        Page::Course(course) => courses::course_page(course),
        Page::Lesson(lesson) => courses::lesson_page(lesson),
        Page::Quiz(quiz) => quizzes::quiz_page(quiz),
        Page::Attempt(attempt) => quizzes::attempt_page(attempt),
        Page::Result(attempt) => quizzes::result_page(attempt),
        Page::Sessions => training::sessions_page(),
        Page::Session(session) => training::session_page(session),
        Page::Records => me::records_page(),
        Page::Inbox => me::inbox_page(),
        Page::Messages => me::messages_page(),
        Page::Devices => me::devices_page(),
        Page::Downloads => me::downloads_page(),
        Page::Settings => me::settings_page(),
        Page::Help => me::help_page(),
        Page::SignIn => sign_in::sign_in_page(),
        // The other app's.
        Page::Team | Page::Teaching | Page::Roster(_) | Page::Code(_) => not_found(),
    }
}

/// A page of the first level: no way back, but the tabs.
pub fn top(content: Html) -> Html {
    let who = Who::expect();
    let tabs = move || {
        let mut tabs = TABS.to_vec();
        if who.teaches() {
            tabs.insert(3, TEACHING);
        }
        if who.leads() {
            tabs.insert(3, TEAM);
        }
        tabs
    };
    many([main("page page-top").with(offline_banner()).with(content), tab_bar(tabs)])
}

/// Says that there is no network for as long as that is so.
fn offline_banner() -> Html {
    let online = Client::expect().online;
    let connected = RwSignal::new(window().navigator().on_line());
    let look = move || connected.set(window().navigator().on_line());
    on_wake(look);
    listen(window().into(), "offline", move |_| look());
    live(move || {
        if connected.get() || online.get() {
            return none();
        }
        let text = "没有网络。看过的内容还能看，学习进度存在手机里，有网了自动上传。";
        banner(Tone::Wait, Shape::Cloud, text)
    })
}

pub fn not_found() -> Html {
    let text = "内容可能撤下了，或者网址不完整。";
    let content = many([
        empty(Shape::Page, "没有这一页", text),
        link_button("button", Page::Today, "回到首页"),
    ]);
    page_frame("没有这一页", Parent::new(Page::Today), content)
}
