//! Publishing a course, now or at a time, and taking it back.

use leptos::prelude::*;
use shared::{
    organizations::ListPosts,
    revisions::{CourseRevision, PublishCourse, RetireCourse},
};

use super::{
    audience::{Audience, audience},
    frame::CourseDesk,
    publish_choice::{Choice, Planned, Time},
    revision_steps::{CallsOff, Learners},
};
use crate::admin::kit::{Doing, Load, Question, TroubleNote};

const REVIEWED: &str =
    "发布的是评审通过的那一版，发布了手机上就能学。以后改草稿不影响学员，改好再提交、再发布。";
const AGAIN: &str = "停用以前的那一版重新给学员看，学过的进度和成绩都在。以后改草稿不影响学员，改好再提交、再发布。";

/// When, and what it means for those who are learning it.
#[component]
pub fn PublishQuestion(desk: CourseDesk, on_close: Callback<()>) -> impl IntoView {
    let (doing, choice) = (Doing::new(), Choice::new());
    let course = desk.course.with_untracked(|course| course.id);
    let load = choice.follow(course, doing);
    let again = desk.course.with_untracked(|course| course.review.is_none());
    let was_live = desk.course.with_untracked(|course| course.live.is_some());
    let publish = Callback::new(move |()| {
        let at = match choice.time() {
            Ok(at) => at,
            Err(words) => return doing.errors.set_one("at", words),
        };
        let revision = choice.meant.with_untracked(|it| it.as_ref().map(|it| it.id));
        let learners = was_live.then(|| choice.learners.get_untracked());
        let request = PublishCourse { course, revision, learners, at };
        doing.run(desk.change(request), move |()| on_close.run(()));
    });
    let (what, text) = if again { ("重新发布", AGAIN) } else { ("发布", REVIEWED) };
    let title =
        desk.course.with_untracked(|course| format!("{what}《{}》？", course.details.title));
    let ready = move || choice.meant.with(Option::is_some);
    let retry = Callback::new(move |()| load.reload());
    view! {
        <Question
            title
            text
            yes=what
            // Before it is known what is planned, publishing might mean something else than is shown.
            busy=Signal::derive(move || doing.busy.get() || !ready())
            on_yes=publish
            on_no=on_close
        >
            {doing.note()}
            {move || load.trouble().map(|trouble| view! { <TroubleNote trouble retry/> })}
            <Planned meant=choice.meant/>
            <Before desk meant=choice.meant on_close/>
            {(was_live && !again).then(|| view! { <Learners chosen=choice.learners/> })}
            <Show when=move || !again && ready()>
                <Time choice error=doing.errors.signal("at")/>
            </Show>
        </Question>
    }
}

/// What to know and to look at before.
#[component]
fn Before(
    desk: CourseDesk,
    meant: RwSignal<Option<CourseRevision>>,
    on_close: Callback<()>,
) -> impl IntoView {
    let page = desk.course.with_untracked(|course| format!("/admin/courses/{}", course.id));
    let gate = format!("{page}/gate");
    let gated = desk.course.with_untracked(|course| course.gated);
    view! {
        <ul class="c-list">
            {move || meant.get().map(|it| {
                let preview = format!("{page}/preview?revision={}", it.number);
                view! {
                    <li>
                        {extent(&it)}" "
                        <a href=preview on:click=move |_| on_close.run(())>"看看这一版在手机上的样子"</a>
                    </li>
                }
            })}
            <li><Whose desk/></li>
            <li>"要让谁必须学，发布后再点“布置必学”。"</li>
            {gated.then(|| view! {
                <li><a href=gate on:click=move |_| on_close.run(())>"五化达标没有"</a></li>
            })}
        </ul>
    }
}

/// How much there is to learn in it, in words.
fn extent(it: &CourseRevision) -> String {
    let CourseRevision { number, title, lessons, minutes, .. } = it;
    format!("第 {number} 版《{title}》，{lessons} 课时，共约 {minutes} 分钟。")
}

/// Who will see it.
#[component]
fn Whose(desk: CourseDesk) -> impl IntoView {
    let posts = Load::of(|| ListPosts {});
    let chosen = Signal::derive(move || desk.course.with(|course| course.details.posts.clone()));
    let reached = audience(chosen, Signal::derive(Vec::new));
    move || {
        let all = posts.value.get().unwrap_or_default();
        let names = desk.course.with(|course| {
            let chosen = all.iter().filter(|post| course.details.posts.contains(&post.id));
            chosen.map(|post| post.name.clone()).collect::<Vec<_>>()
        });
        let names = names.join("、");
        match reached.get() {
            _ if names.is_empty() => "所有学员都能在“课程”里看到它。".to_owned(),
            Audience::People(people) => {
                format!("所有学员都能在“课程”里看到它；{names}岗位的 {people} 人会排在最前面。")
            }
            _ => format!("所有学员都能在“课程”里看到它；{names}岗位的人会排在最前面。"),
        }
    }
}

#[component]
pub fn RetireQuestion(desk: CourseDesk, on_close: Callback<()>) -> impl IntoView {
    let doing = Doing::new();
    let (course, title) =
        desk.course.with_untracked(|course| (course.id, course.details.title.clone()));
    let retire = Callback::new(move |()| {
        doing.run(desk.change(RetireCourse { course }), move |()| on_close.run(()));
    });
    view! {
        <Question
            title=format!("停用《{title}》？")
            text="停用后手机上就看不到这门课程了，正在学的人也打不开。学习记录和成绩都会保留，以后可以重新发布。"
            yes="停用"
            danger=true
            busy=doing.busy
            on_yes=retire
            on_no=on_close
        >
            <CallsOff desk what="停用"/>
            {doing.note()}
        </Question>
    }
}
