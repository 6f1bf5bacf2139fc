//! Publishing a course and taking it back.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    authoring::{CourseDraft, PublishCourse, RetireCourse},
    organizations::ListPosts,
};

use super::{
    audience::{Audience, audience},
    frame::{CourseDesk, lessons_of},
};
use crate::{
    admin::kit::{Load, Notice, Question, TroubleNote},
    client::Trouble,
};

/// What is missing, or who will see it.
#[component]
pub fn PublishQuestion(desk: CourseDesk, on_close: Callback<()>) -> impl IntoView {
    move || {
        if desk.course.with(|course| course.missing.is_empty()) {
            view! { <Ready desk on_close/> }.into_any()
        } else {
            view! { <Missing desk on_close/> }.into_any()
        }
    }
}

#[component]
fn Missing(desk: CourseDesk, on_close: Callback<()>) -> impl IntoView {
    let missing = desk.course.with_untracked(|course| course.missing.clone());
    let title = format!("还差 {} 处，补齐后就能发布", missing.len());
    view! {
        <Notice title text="补好一处保存一处，再点“发布”。" on_close>
            <ul class="c-list">
                {missing.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}
            </ul>
        </Notice>
    }
}

#[component]
fn Ready(desk: CourseDesk, on_close: Callback<()>) -> impl IntoView {
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let posts = Load::of(|| ListPosts {});
    let chosen = Signal::derive(move || desk.course.with(|course| course.details.posts.clone()));
    let reached = audience(chosen, Signal::derive(Vec::new));
    let publish = Callback::new(move |()| {
        busy.set(true);
        spawn_local(async move {
            let course = desk.course.get_untracked().id;
            match desk.change(PublishCourse { course }).await {
                Ok(()) => on_close.run(()),
                Err(failed) => {
                    let _ = trouble.try_set(Some(failed));
                    // It may say what has gone missing since.
                    desk.refresh().await;
                }
            }
            let _ = busy.try_set(false);
        });
    });
    let title = desk.course.with_untracked(|course| format!("发布《{}》？", course.details.title));
    let whose = move || {
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
    };
    let preview =
        desk.course.with_untracked(|course| format!("/admin/courses/{}/preview", course.id));
    view! {
        <Question title text="发布后手机上马上就能学；以后的修改保存后也会直接更新到手机上。" yes="发布" busy on_yes=publish on_no=on_close>
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
            <ul class="c-list">
                <li>{move || desk.course.with(extent)}</li>
                <li>{whose}</li>
                <li>"要让谁必须学，发布后再点“布置必学”。"</li>
                <li><a href=preview on:click=move |_| on_close.run(())>"先看看手机上的样子"</a></li>
            </ul>
        </Question>
    }
}

/// How much there is to learn, in words.
fn extent(course: &CourseDraft) -> String {
    let lessons = course.chapters.iter().flat_map(|chapter| &chapter.lessons);
    let minutes: u32 = lessons.map(|lesson| lesson.minutes).sum();
    let quiz = match course.questions {
        0 => "没有测验".to_owned(),
        questions => format!("测验 {questions} 题"),
    };
    format!(
        "{} 章 {} 课时，共约 {minutes} 分钟，{quiz}。",
        course.chapters.len(),
        lessons_of(course)
    )
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
