//! Submitting a course, publishing it and taking it back.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    courses::CourseCategory,
    organizations::ListPosts,
    revisions::{CourseRevision, ListRevisions, OngoingLearners, PublishCourse, RetireCourse},
};

use super::{
    audience::{Audience, audience},
    frame::CourseDesk,
    revision_steps::{Learners, SubmitQuestion},
};
use crate::{
    admin::kit::{Doing, Load, Notice, Question, TextField, TroubleNote, instant_of},
    client::Trouble,
};

/// What is missing, or what others are to read.
#[component]
pub fn SubmitDialog(desk: CourseDesk, on_close: Callback<()>) -> impl IntoView {
    move || {
        if desk.course.with(|course| course.missing.is_empty()) {
            view! { <SubmitQuestion desk on_close/> }.into_any()
        } else {
            view! { <Missing desk on_close/> }.into_any()
        }
    }
}

#[component]
fn Missing(desk: CourseDesk, on_close: Callback<()>) -> impl IntoView {
    let missing = desk.course.with_untracked(|course| course.missing.clone());
    let title = format!("还差 {} 处，补齐后就能提交", missing.len());
    view! {
        <Notice title text="补好一处保存一处，再点“提交校核”。" on_close>
            <ul class="c-list">
                {missing.into_iter().map(|it| view! {
                    <li>{it.text}" "<a href=it.mend_at on:click=move |_| on_close.run(())>"去补"</a></li>
                }).collect_view()}
            </ul>
        </Notice>
    }
}

/// When, and what it means for those who are learning it.
#[component]
pub fn PublishQuestion(desk: CourseDesk, on_close: Callback<()>) -> impl IntoView {
    let doing = Doing::new();
    let learners = RwSignal::new(OngoingLearners::MoveOn);
    let at = RwSignal::new(String::new());
    let again = desk.course.with_untracked(|course| course.review.is_none());
    let was_live = desk.course.with_untracked(|course| course.live.is_some());
    let publish = Callback::new(move |()| {
        let course = desk.course.with_untracked(|course| course.id);
        let request = PublishCourse {
            course,
            learners: was_live.then(|| learners.get_untracked()),
            at: at.with_untracked(|it| instant_of(it)),
        };
        doing.call(request, move |course| {
            desk.show(course);
            on_close.run(());
        });
    });
    let title = desk.course.with_untracked(|course| format!("发布《{}》？", course.details.title));
    view! {
        <Question
            title
            text="发布的是评审通过的那一版，手机上马上就能学。以后改草稿不影响学员，改好再提交、再发布。"
            yes="发布"
            busy=doing.busy
            on_yes=publish
            on_no=on_close
        >
            {doing.note()}
            <Before desk on_close/>
            {(was_live && !again).then(|| view! { <Learners chosen=learners/> })}
            {(!again).then(|| view! {
                <TextField
                    label="什么时候发布"
                    kind="datetime-local"
                    value=at
                    optional=true
                    error=doing.errors.signal("at")
                    hint="不填就是现在"
                />
            })}
        </Question>
    }
}

/// What to know and to look at before.
#[component]
fn Before(desk: CourseDesk, on_close: Callback<()>) -> impl IntoView {
    let page = desk.course.with_untracked(|course| format!("/admin/courses/{}", course.id));
    let (preview, gate) = (format!("{page}/preview"), format!("{page}/gate"));
    let gated =
        desk.course.with_untracked(|course| course.details.category == CourseCategory::PostSkills);
    view! {
        <ul class="c-list">
            <li><Extent desk/></li>
            <li><Whose desk/></li>
            <li>"要让谁必须学，发布后再点“布置必学”。"</li>
            {gated.then(|| view! {
                <li><a href=gate on:click=move |_| on_close.run(())>"五化达标没有"</a></li>
            })}
            <li><a href=preview on:click=move |_| on_close.run(())>"先看看手机上的样子"</a></li>
        </ul>
    }
}

/// How much there is to learn in what is published, in words.
#[component]
fn Extent(desk: CourseDesk) -> impl IntoView {
    let course = desk.course.with_untracked(|course| course.id);
    let load = Load::of(move || ListRevisions { course });
    move || {
        load.value.with(|list| {
            let list = &list.as_ref()?.revisions;
            let open = list.iter().find(|it| it.state.is_open());
            let last = || list.iter().find(|it| it.state.was_published());
            let CourseRevision { number, lessons, minutes, .. } = open.or_else(last)?;
            Some(format!("第 {number} 版，{lessons} 课时，共约 {minutes} 分钟。"))
        })
    }
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
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let retire = Callback::new(move |()| {
        busy.set(true);
        spawn_local(async move {
            let course = desk.course.get_untracked().id;
            match desk.change(RetireCourse { course }).await {
                Ok(()) => on_close.run(()),
                Err(failed) => {
                    let _ = trouble.try_set(Some(failed));
                }
            }
            let _ = busy.try_set(false);
        });
    });
    let title = desk.course.with_untracked(|course| format!("停用《{}》？", course.details.title));
    view! {
        <Question
            title
            text="停用后手机上就看不到这门课程了，正在学的人也打不开。学习记录和成绩都会保留，以后可以重新发布。"
            yes="停用"
            danger=true
            busy
            on_yes=retire
            on_no=on_close
        >
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
        </Question>
    }
}
