//! 差异微课 of a version: made by one click, and given to those whom the version affects.

use leptos::prelude::*;
use shared::{
    courses::CourseStatus,
    standards::{
        StandardVersionId,
        console::{AssignDifferenceCourse, DifferenceCourse, Impact, MakeDifferenceCourse},
    },
};

use crate::admin::kit::{Doing, Load, Question, TextField, date_of};

/// Questions of a quiz that says all.
const QUESTIONS: u32 = 3;

#[component]
pub fn Difference(
    id: StandardVersionId,
    found: Option<DifferenceCourse>,
    /// Who makes one that is not the reader's to see yet.
    elsewhere: Option<String>,
    /// How many people are affected.
    people: u32,
    load: Load<Impact>,
) -> impl IntoView {
    let doing = Doing::new();
    let inner = if let Some(course) = found {
        view! { <Made id course people load/> }.into_any()
    } else {
        let elsewhere = elsewhere.map(|who| {
            format!(
                "{who}正在做这一版的差异微课，它发布以后这里就能看到，也能安排给您的人。等不及，可以自己先做一门。"
            )
        });
        let make = move |_| {
            doing.call(MakeDifferenceCourse { version: id }, move |_| load.reload());
        };
        view! {
            {elsewhere.map(|said| view! { <p>{said}</p> })}
            <p>"用“应”的条款里改了的和新增的，做一门三分钟的微课，带三道题。做出来是草稿，走完校核、评审和发布，学员才看得到。"</p>
            <button type="button" class="c-button" disabled=doing.busy on:click=make>"做差异微课"</button>
        }
        .into_any()
    };
    view! {
        <h3 class="c-subtitle">"差异微课"</h3>
        {doing.note()}
        {inner}
    }
}

#[component]
fn Made(
    id: StandardVersionId,
    course: DifferenceCourse,
    people: u32,
    load: Load<Impact>,
) -> impl IntoView {
    let page = format!("/admin/courses/{}", course.course);
    let report = format!("{page}/report");
    let state = course.review.map_or(course.status.label(), |it| it.label());
    let published = course.status == CourseStatus::Published;
    let few = (!published && course.questions < QUESTIONS).then(|| {
        format!("改动里只出得了 {} 道题，要多考几道，请在课程的测验页补。", course.questions)
    });
    let far = if published {
        format!(
            "受影响的 {people} 人里，安排了 {} 人，学完 {} 人。",
            course.assigned, course.finished
        )
    } else {
        format!("发布以后，在这里一次安排给受影响的 {people} 人。")
    };
    let waiting = course.waiting;
    view! {
        <p><a href=page>{course.title.clone()}</a>" "<span class="c-word">{state}</span></p>
        {few.map(|few| view! { <p class="c-quiet">{few}</p> })}
        <p>{far}" "{published.then(|| view! { <a href=report>"看是哪些人"</a> })}</p>
        {(published && waiting > 0).then(|| view! { <Assign id course affected=people people=waiting load/> })}
    }
}

#[component]
fn Assign(
    id: StandardVersionId,
    course: DifferenceCourse,
    affected: u32,
    /// Those of them who neither have it nor have done it.
    people: u32,
    load: Load<Impact>,
) -> impl IntoView {
    let (doing, asking) = (Doing::new(), RwSignal::new(false));
    let due_on = RwSignal::new(course.due_on.to_string());
    let already = match affected.saturating_sub(people) {
        0 => String::new(),
        some => format!("已经安排过、学完了的 {some} 人不再通知。"),
    };
    let text = format!("他们的消息里会收到提醒，首页的“今日必学”里会出现这门课。{already}");
    let assign = Callback::new(move |()| {
        let Some(due_on) = date_of(&due_on.get_untracked()) else {
            doing.errors.set_one("due_on", "请选一个日期");
            return;
        };
        let request = AssignDifferenceCourse { version: id, due_on: Some(due_on) };
        doing.call(request, move |_| load.reload());
    });
    let ask = move |_| {
        doing.clear();
        asking.set(true);
    };
    view! {
        <button type="button" class="c-button c-button--primary" on:click=ask>
            {format!("安排给受影响的 {people} 人")}
        </button>
        {move || asking.get().then(|| view! {
            <Question
                title=format!("把差异微课安排给 {people} 人？") text=text.clone() yes="安排" busy=doing.busy
                on_yes=assign on_no=Callback::new(move |()| asking.set(false))
            >
                {doing.note()}
                <TextField label="哪天之前学完" kind="date" value=due_on error=doing.errors.signal("due_on")/>
            </Question>
        })}
    }
}
