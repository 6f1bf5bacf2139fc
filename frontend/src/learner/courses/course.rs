//! One course: what it is for, its lessons and its quiz.

use leptos::prelude::*;
use shared::{
    content::LessonKind,
    courses::{Chapter, Course, CourseId, LessonCard, ShowCourse},
    quizzes::QuizCard,
};

use super::{
    super::Page,
    due_tag,
    list::{cover, state_tag},
    progress_words,
};
use crate::ui::{ActionBar, Cell, Cells, Keep, Load, Loaded, PageFrame, Progress, Shape, Tag, Tone, name_page};

#[component]
pub fn CoursePage(course: CourseId) -> impl IntoView {
    let load = Load::of(Keep::ShowAtOnce, move || ShowCourse { course });
    view! {
        <PageFrame title="课程" parent=Page::Courses.to_string()>
            <Loaded load children=show/>
        </PageFrame>
    }
}

fn show(course: Course) -> AnyView {
    let card = &course.card;
    name_page(&card.title);
    let progress = card.progress;
    let percent = progress.finished * 100 / progress.lessons.max(1);
    let due = due_tag(card.due_on.filter(|_| !progress.complete()));
    view! {
        {cover(card)}
        <h2 class="course-head">{card.title.clone()}</h2>
        <p class="course-tags">{state_tag(&progress)} {due}</p>
        <Progress percent text=progress_words(&progress)/>
        <section class="aims">
            <h3>"学完能做到"</h3>
            <p>{card.summary.clone()}</p>
        </section>
        {chapters(&course.chapters)}
        {course.quiz.as_ref().map(quiz)}
        {action(&course)}
    }
    .into_any()
}

fn chapters(chapters: &[Chapter]) -> AnyView {
    let mut number = 0;
    let groups = chapters.iter().map(|chapter| {
        let lessons = chapter.lessons.iter().map(|card| {
            number += 1;
            lesson(card, number)
        });
        let lessons = lessons.collect_view();
        view! { <Cells title=chapter.title.clone()>{lessons}</Cells> }
    });
    groups.collect_view().into_any()
}

fn lesson(card: &LessonCard, number: u32) -> AnyView {
    let shape = match card.kind {
        LessonKind::Article => Shape::Page,
        LessonKind::Video => Shape::Play,
        LessonKind::Steps => Shape::Steps,
    };
    let (tone, state) = match (card.finished_at, card.started) {
        (Some(_), _) => (Tone::Good, "学完了"),
        (None, true) => (Tone::Wait, "学到一半"),
        (None, false) => (Tone::Plain, "未学"),
    };
    let title = format!("{number}. {}", card.title);
    let note = format!("{} · {} 分钟", card.kind.label(), card.minutes);
    let value = view! { <Tag tone text=state/> }.into_any();
    view! { <Cell to=Page::Lesson(card.id) title note value shape/> }.into_any()
}

fn quiz(card: &QuizCard) -> AnyView {
    let (tone, state) = if card.passed { (Tone::Good, "已通过") } else { (Tone::Wait, "待通过") };
    let value = view! { <Tag tone text=state/> }.into_any();
    let note = format!("{} 道题", card.questions);
    let (to, title) = (Page::Quiz(card.id), card.title.clone());
    view! {
        <Cells title="测验">
            <Cell to title note value shape=Shape::Quiz/>
        </Cells>
    }
    .into_any()
}

/// The next thing to do here.
fn action(course: &Course) -> Option<AnyView> {
    let progress = course.card.progress;
    let (page, verb) = if progress.complete() {
        let first = course.chapters.iter().flat_map(|chapter| &chapter.lessons).next()?;
        (Page::Lesson(first.id), "再看一遍".to_owned())
    } else if let Some(next) = course.next_lesson {
        let lessons = course.chapters.iter().flat_map(|chapter| &chapter.lessons);
        let number = lessons.take_while(|lesson| lesson.id != next).count() + 1;
        let verb = if progress.finished == 0 && number == 1 { "开始学习".into() } else { format!("继续第 {number} 课") };
        (Page::Lesson(next), verb)
    } else {
        (Page::Quiz(course.quiz.as_ref()?.id), "参加测验".to_owned())
    };
    let bar = view! {
        <ActionBar><a class="button" href=page.to_string()>{verb}</a></ActionBar>
    };
    Some(bar.into_any())
}
