//! Which page is shown, and what surrounds it.

use leptos::prelude::*;

use super::{Page, Who, courses, me, quizzes, sign_in, teaching, today, training};
use crate::{
    client::Client,
    ui::{Banner, Empty, Navigation, PageFrame, Shape, Tab, TabBar, Tone, on_wake},
};

const TABS: [Tab; 4] = [
    Tab { to: "/", name: "首页", shape: Shape::Home },
    Tab { to: "/courses", name: "课程", shape: Shape::Book },
    Tab { to: "/check-in", name: "签到", shape: Shape::Scan },
    Tab { to: "/me", name: "我的", shape: Shape::Person },
];
const TEACHING: Tab = Tab { to: "/teaching", name: "授课", shape: Shape::Board };

pub fn page(page: Option<Page>) -> AnyView {
    let Some(page) = page else { return view! { <NotFound/> }.into_any() };
    match page {
        Page::Today => top(view! { <today::TodayPage/> }.into_any()),
        Page::Courses => top(view! { <courses::CoursesPage/> }.into_any()),
        Page::CheckIn => top(view! { <training::CheckInPage/> }.into_any()),
        Page::Me => top(view! { <me::MePage/> }.into_any()),
        Page::Teaching => top(view! { <teaching::TeachingPage/> }.into_any()),
        Page::Course(course) => view! { <courses::CoursePage course/> }.into_any(),
        Page::Lesson(lesson) => view! { <courses::LessonPage lesson/> }.into_any(),
        Page::Quiz(quiz) => view! { <quizzes::QuizPage quiz/> }.into_any(),
        Page::Attempt(attempt) => view! { <quizzes::AttemptPage attempt/> }.into_any(),
        Page::Result(attempt) => view! { <quizzes::ResultPage attempt/> }.into_any(),
        Page::Sessions => view! { <training::SessionsPage/> }.into_any(),
        Page::Session(session) => view! { <training::SessionPage session/> }.into_any(),
        Page::Records => view! { <me::RecordsPage/> }.into_any(),
        Page::Inbox => view! { <me::InboxPage/> }.into_any(),
        Page::Settings => view! { <me::SettingsPage/> }.into_any(),
        Page::Help => view! { <me::HelpPage/> }.into_any(),
        Page::Roster(session) => view! { <teaching::RosterPage session/> }.into_any(),
        Page::Code(session) => view! { <teaching::CodePage session/> }.into_any(),
        Page::SignIn => view! { <sign_in::SignInPage/> }.into_any(),
    }
}

/// A page of the first level: no way back, but the tabs.
fn top(content: AnyView) -> AnyView {
    let navigation = Navigation::expect();
    let who = Who::expect();
    let tabs = Signal::derive(move || {
        let mut tabs = TABS.to_vec();
        if who.teaches() {
            tabs.insert(3, TEACHING);
        }
        tabs
    });
    let path = Signal::derive(move || navigation.path());
    view! {
        <main class="page page-top">
            <OfflineBanner/>
            {content}
        </main>
        <TabBar tabs path/>
    }
    .into_any()
}

/// Says that there is no network for as long as that is so.
#[component]
fn OfflineBanner() -> impl IntoView {
    let online = Client::expect().online;
    let connected = RwSignal::new(window().navigator().on_line());
    let look = move || connected.set(window().navigator().on_line());
    on_wake(look);
    let gone = window_event_listener(leptos::ev::offline, move |_| look());
    on_cleanup(move || gone.remove());
    move || {
        (!connected.get() && !online.get()).then(|| {
            let text = "没有网络。看过的内容还能看，学习进度存在手机里，有网了自动上传。";
            view! { <Banner tone=Tone::Wait shape=Shape::Cloud text/> }
        })
    }
}

#[component]
fn NotFound() -> impl IntoView {
    view! {
        <PageFrame title="没有这一页" parent="/">
            <Empty title="没有这一页" text="内容可能撤下了，或者网址不完整。"/>
            <a class="button" href="/">"回到首页"</a>
        </PageFrame>
    }
}
