//! One course: what it is for, its lessons and its quiz.

use leptos::prelude::*;
use shared::{
    content::LessonKind,
    courses::{Chapter, Course, CourseId, LessonCard, LessonId, ShowCourse},
    quizzes::QuizCard,
};

use super::{
    super::{Outbox, Page, outbox::unsent_of},
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
    let sent = Outbox::expect().progress;
    Effect::new(move |before: Option<()>| {
        sent.track();
        // What was still to be sent when the page was drawn counts now, and is drawn as such even where
        // the answer is the same as before.
        if before.is_some() {
            load.redraw();
            load.reload();
        }
    });
    let show = |mut course: Course| {
        name_page(&course.card.title);
        go_on_from_unsent(&mut course, |lesson| unsent_of(lesson).map(|left| left.reached_end));
        course_view(&course)
    };
    page_frame("课程", Parent::new(Page::Courses), load.view(show))
}

/// Whoever studied without a network goes on where that was, or with what comes after it. `unsent` says
/// of a lesson whether its end was reached, if there is something unsent about it.
fn go_on_from_unsent(course: &mut Course, unsent: impl Fn(LessonId) -> Option<bool>) {
    let lessons = course.chapters.iter().flat_map(|chapter| &chapter.lessons);
    // Whoever only read a finished one again goes on elsewhere.
    let mut lessons = lessons.filter(|it| it.finished_at.is_none());
    let begun = lessons.clone().find(|it| unsent(it.id) == Some(false));
    let open = lessons.find(|it| unsent(it.id) != Some(true));
    if begun.is_some() || course.next_lesson.is_some_and(|it| unsent(it) == Some(true)) {
        course.next_lesson = begun.or(open).map(|it| it.id);
    }
}

/// All there is on the page.
pub fn course_view(course: &Course) -> Html {
    let card = &course.card;
    let progress = card.progress;
    let tags = p("course-tags")
        .with(state_tag(&progress, begun(course)))
        .maybe(due_tag(card.due_on.filter(|_| !progress.complete())));
    let aims = section("aims").with(h3("").text("学完能做到")).with(p("").text(&card.summary));
    many([
        cover(card),
        h2("course-head").text(&card.title),
        tags,
        course_progress(&progress),
        if progress.complete() {
            rating(card.id, "评一评，说说有没有用")
        } else {
            none()
        },
        comes_first(course),
        aims,
        chapters(&course.chapters),
    ])
    .maybe(course.quiz.as_ref().map(quiz))
    .maybe((!progress.complete()).then(|| rating(card.id, "收藏和评价")))
    .with(pack(course))
    .maybe(action(course))
}

/// Whether something of it was studied, even where no lesson is finished.
fn begun(course: &Course) -> bool {
    let mut lessons = course.chapters.iter().flat_map(|chapter| &chapter.lessons);
    lessons.any(|it| it.started || unsent_of(it.id).is_some())
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
fn rating(course: CourseId, what: &str) -> Html {
    cells("", [Cell::new(Shape::Medal, format!("/study/courses/{course}"), what).html()])
}

/// Where `study.js` offers to keep the course on the phone.
fn pack(course: &Course) -> Html {
    let lessons = course.chapters.iter().flat_map(|chapter| &chapter.lessons);
    let lessons = lessons.map(|lesson| lesson.id.to_string()).collect::<Vec<_>>().join(" ");
    div("pack")
        .attr("data-course", course.card.id.to_string())
        .attr("data-revision", course.revision.map_or_else(String::new, |it| it.to_string()))
        .attr("data-lessons", lessons)
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
        _ if unsent_of(card.id).is_some() => tag(Tone::Wait, "学了，待上传"),
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn id(number: usize) -> LessonId {
        format!("0190a1b2-0000-7000-8000-00000000000{number}").parse().unwrap()
    }

    /// Of three lessons, of which the first is finished; the second is next.
    fn course() -> Course {
        let lesson = |number| {
            let finished = (number == 1).then_some("2026-01-01T00:00:00Z");
            json!({
                "id": id(number), "title": "", "kind": "article", "minutes": 1, "started": false,
                "finished_at": finished,
            })
        };
        let course = json!({
            "id": id(8), "title": "", "summary": "", "level": "execution", "category": "theory",
            "posts": [], "progress": { "lessons": 3, "finished": 1, "minutes_left": 2 },
            "chapters": [{ "id": id(9), "title": "", "lessons": [lesson(1), lesson(2), lesson(3)] }],
            "next_lesson": id(2),
        });
        serde_json::from_value(course).unwrap()
    }

    #[test]
    fn whoever_studied_without_a_network_goes_on_there_and_never_in_a_finished_lesson() {
        for (unsent, next) in [
            (&[][..], 2),
            (&[(1, false)], 2),
            (&[(1, true)], 2),
            (&[(3, false)], 3),
            (&[(1, false), (3, false)], 3),
            (&[(2, true)], 3),
        ] {
            let mut course = course();
            go_on_from_unsent(&mut course, |lesson| {
                unsent.iter().find(|it| id(it.0) == lesson).map(|it| it.1)
            });
            assert_eq!(course.next_lesson, Some(id(next)), "{unsent:?}");
        }
    }
}
