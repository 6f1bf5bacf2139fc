//! One lesson.

use leptos::prelude::*;
use shared::{
    courses::{Lesson, LessonId, ShowLesson},
    learning::ReportProgress,
};

use super::super::{Outbox, Page};
use crate::{
    content_view::{ContentView, Study},
    ui::{Cell, Cells, Keep, Load, Loaded, PageFrame, Shape, Tag, Tone, name_page},
};

#[component]
pub fn LessonPage(lesson: LessonId) -> impl IntoView {
    let load = Load::of(Keep::ForOffline, move || ShowLesson { lesson });
    let parent = Signal::derive(move || {
        load.get().map_or(Page::Courses, |lesson| Page::Course(lesson.course)).to_string()
    });
    view! {
        <PageFrame title="课时" parent>
            <Loaded load children=show/>
        </PageFrame>
    }
}

fn show(lesson: Lesson) -> AnyView {
    name_page(&lesson.title);
    let outbox = Outbox::expect();
    let id = lesson.id;
    let on_study = Callback::new(move |study: Study| {
        let Study { position, watched, reached_end } = study;
        outbox.report(ReportProgress { lesson: id, position, watched, reached_end });
    });
    // Who comes back to a finished lesson starts it anew.
    let finished = lesson.progress.finished_at.is_some();
    let resume_at = if finished { 0 } else { lesson.progress.position };
    view! {
        <h2 class="lesson-title">{lesson.title.clone()}</h2>
        <p class="lesson-note">{format!("{} · {} 分钟", lesson.course_title, lesson.minutes)}</p>
        <ContentView content=lesson.content.clone() resume_at on_study/>
        {state(id, finished)}
        {follow_up(&lesson)}
    }
    .into_any()
}

/// Says it when the lesson is done.
fn state(lesson: LessonId, finished: bool) -> AnyView {
    let outbox = Outbox::expect();
    let done = Memo::new(move |before: Option<&bool>| {
        let now = outbox.progress.get();
        let told = now.is_some_and(|(id, progress)| id == lesson && progress.finished_at.is_some());
        finished || told || before.copied().unwrap_or(false)
    });
    (move || match done.get() {
        true => view! { <p class="lesson-state" role="status"><Tag tone=Tone::Good text="这一课学完了"/></p> }.into_any(),
        false if outbox.unsent.get() > 0 => view! {
            <p class="lesson-state"><Tag tone=Tone::Wait text="进度存在手机里，有网了自动上传"/></p>
        }
        .into_any(),
        false => ().into_any(),
    })
    .into_any()
}

fn follow_up(lesson: &Lesson) -> AnyView {
    let next = lesson.next.map(|next| {
        view! { <a class="button" href=Page::Lesson(next).to_string()>"学下一课"</a> }
    });
    let quiz = lesson.quiz.as_ref().map(|quiz| {
        let note = format!("{} 道题", quiz.questions);
        let (to, title) = (Page::Quiz(quiz.id), quiz.title.clone());
        view! {
            <Cells title="学完了，测一测">
                <Cell to title note shape=Shape::Quiz/>
            </Cells>
        }
    });
    let previous = lesson.previous.map(|previous| {
        view! { <a class="button button-plain" href=Page::Lesson(previous).to_string()>"上一课"</a> }
    });
    view! { <nav class="follow-up" aria-label="上一课和下一课">{next}{quiz}{previous}</nav> }.into_any()
}
