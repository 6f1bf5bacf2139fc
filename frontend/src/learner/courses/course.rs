//! One course: what it is for, its lessons and its quiz.

use shared::{
    content::LessonKind,
    courses::{Chapter, Course, CourseId, LessonCard, ShowCourse},
    quizzes::QuizCard,
};

use super::{
    super::Page,
    course_progress, due_tag,
    list::{cover, state_tag},
};
use crate::ui::{
    Cell, Keep, Load, Parent, Shape, Tone, action_bar, cells,
    html::{Html, div, h2, h3, many, none, p, section},
    link_button, name_page, page_frame, tag,
};

pub fn course_page(course: CourseId) -> Html {
    let load = Load::of(Keep::ShowAtOnce, move || ShowCourse { course });
    let show = |course: Course| {
        name_page(&course.card.title);
        course_view(&course)
    };
    page_frame("课程", Parent::new(Page::Courses), load.view(show))
}

/// All there is on the page.
pub fn course_view(course: &Course) -> Html {
    let card = &course.card;
    let progress = card.progress;
    let tags = p("course-tags")
        .with(state_tag(&progress))
        .maybe(due_tag(card.due_on.filter(|_| !progress.complete())));
    let aims = section("aims").with(h3("").text("学完能做到")).with(p("").text(&card.summary));
    many([
        cover(card),
        h2("course-head").text(&card.title),
        tags,
        course_progress(&progress),
        comes_first(course),
        aims,
        chapters(&course.chapters),
    ])
    .maybe(course.quiz.as_ref().map(quiz))
    .with(cells("", [rating(card.id)]))
    .with(pack(course))
    .maybe(action(course))
}

/// Says what is better learnt before, and leads there.
fn comes_first(course: &Course) -> Html {
    let rows = course.comes_first.iter();
    let rows = rows.map(|it| Cell::new(Shape::Book, Page::Course(it.id), &it.title).html());
    if course.comes_first.is_empty() {
        return none();
    }
    cells("请先学这些，再学这门；已经学的都会保留", rows)
}

/// A page of the server's own.
fn rating(course: CourseId) -> Html {
    Cell::new(Shape::Medal, format!("/study/courses/{course}"), "收藏和评价").html()
}

/// Where `study.js` offers to keep the course on the phone.
fn pack(course: &Course) -> Html {
    let lessons = course.chapters.iter().flat_map(|chapter| &chapter.lessons);
    let lessons = lessons.map(|lesson| lesson.id.to_string()).collect::<Vec<_>>().join(" ");
    div("pack").attr("data-course", course.card.id.to_string()).attr("data-lessons", lessons)
}

fn chapters(chapters: &[Chapter]) -> Html {
    let mut number = 0;
    let mut shown = none();
    for chapter in chapters {
        let lessons = chapter.lessons.iter().map(|card| {
            number += 1;
            lesson(card, number)
        });
        shown = shown.with(cells(&chapter.title, lessons));
    }
    shown
}

fn lesson(card: &LessonCard, number: u32) -> Html {
    let shape = match card.kind {
        LessonKind::Article | LessonKind::Slides => Shape::Page,
        LessonKind::Video | LessonKind::Recording => Shape::Play,
        LessonKind::Steps => Shape::Steps,
    };
    let state = match (card.finished_at, card.started) {
        (Some(_), _) => tag(Tone::Good, "学完了"),
        (None, true) => tag(Tone::Wait, "学到一半"),
        (None, false) => tag(Tone::Plain, "未学"),
    };
    Cell::new(shape, Page::Lesson(card.id), &format!("{number}. {}", card.title))
        .note(format!("{} · {} 分钟", card.kind.label(), card.minutes))
        .value(state)
        .html()
}

fn quiz(card: &QuizCard) -> Html {
    let state =
        if card.passed { tag(Tone::Good, "已通过") } else { tag(Tone::Wait, "待通过") };
    let cell = Cell::new(Shape::Quiz, Page::Quiz(card.id), &card.title)
        .note(format!("{} 道题", card.questions))
        .value(state)
        .html();
    cells("测验", [cell])
}

/// The next thing to do here.
fn action(course: &Course) -> Option<Html> {
    let progress = course.card.progress;
    let mut lessons = course.chapters.iter().flat_map(|chapter| &chapter.lessons);
    let (page, verb) = if progress.complete() {
        (Page::Lesson(lessons.next()?.id), "再看一遍".to_owned())
    } else if let Some(next) = course.next_lesson {
        let number = lessons.take_while(|lesson| lesson.id != next).count() + 1;
        let fresh = progress.finished == 0 && number == 1;
        let verb = if fresh { "开始学习".into() } else { format!("继续第 {number} 课") };
        (Page::Lesson(next), verb)
    } else {
        (Page::Quiz(course.quiz.as_ref()?.id), "参加测验".to_owned())
    };
    Some(action_bar(link_button("button", page, &verb)))
}
