//! Places in a course that a clause can be linked to. A value is its target as it travels.

use leptos::prelude::*;
use shared::{
    authoring::{LessonDraft, ShowCourseDraft, ShowLessonDraft, ShowQuizDraft},
    content::LessonContent,
    courses::{CourseId, LessonId},
    standards::console::LinkTarget,
};

use crate::admin::kit::Load;

pub type Choices = Signal<Vec<(String, String)>>;

/// Lessons, their cards, and questions of a course.
pub fn of_course(course: CourseId) -> Choices {
    let draft = Load::of(move || ShowCourseDraft { course });
    let questions = of_quiz(course);
    let lessons = Memo::new(move |_| {
        let chapters = draft.value.get().map(|it| it.chapters).unwrap_or_default();
        let lessons = chapters.into_iter().flat_map(|it| it.lessons);
        lessons.map(|it| (it.id, it.title)).collect::<Vec<_>>()
    });
    let loads = Memo::new(move |_| {
        let ids = lessons.get().into_iter();
        ids.map(|(lesson, _)| StoredLoad(Load::of(move || ShowLessonDraft { lesson })))
            .collect::<Vec<_>>()
    });
    Signal::derive(move || {
        let mut choices = vec![(String::new(), "请选一处".to_owned())];
        for ((lesson, title), load) in lessons.get().into_iter().zip(loads.get()) {
            choices.push((value_of(&LinkTarget::Lesson { lesson }), title.clone()));
            let content = load.0.value.get().map(|it| it.content);
            choices.extend(content.into_iter().flat_map(|it| inside(lesson, &title, &it)));
        }
        choices.extend(questions.get().into_iter().skip(1));
        choices
    })
}

/// A lesson, the whole of it first, and its cards or the parts of its video.
pub fn of_lesson(lesson: LessonId) -> Choices {
    let load = Load::of(move || ShowLessonDraft { lesson });
    Signal::derive(move || {
        let whole = (value_of(&LinkTarget::Lesson { lesson }), "整个课时".to_owned());
        let draft: Option<LessonDraft> = load.value.get();
        let inside = draft.into_iter().flat_map(|it| inside(lesson, &it.title, &it.content));
        std::iter::once(whole).chain(inside).collect()
    })
}

/// The questions of a course's quiz.
pub fn of_quiz(course: CourseId) -> Choices {
    let load = Load::of(move || ShowQuizDraft { course });
    Signal::derive(move || {
        let questions = load.value.get().map(|it| it.questions).unwrap_or_default();
        let questions = questions.into_iter().filter_map(|it| {
            let target = LinkTarget::Question { question: it.id? };
            Some((value_of(&target), format!("试题：{}", it.stem)))
        });
        let first = (String::new(), "请选一道题".to_owned());
        std::iter::once(first).chain(questions).collect()
    })
}

/// Compared by nothing: whatever is loaded anew is another.
#[derive(Clone)]
struct StoredLoad(Load<LessonDraft>);

impl PartialEq for StoredLoad {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

fn inside(lesson: LessonId, title: &str, content: &LessonContent) -> Vec<(String, String)> {
    match content {
        LessonContent::Steps(steps) => (0_u32..)
            .zip(&steps.cards)
            .map(|(card, it)| {
                let target = LinkTarget::Card { lesson, card };
                (value_of(&target), format!("{title} · 第 {} 步 {}", card + 1, it.title))
            })
            .collect(),
        LessonContent::Video(video) => parts_of(video.seconds)
            .map(|(from, to)| {
                let target = LinkTarget::Video { lesson, from, to };
                (value_of(&target), format!("{title} · {}～{}", clock(from), clock(to)))
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// A video in parts of half a minute.
fn parts_of(seconds: u32) -> impl Iterator<Item = (u32, u32)> {
    (0..seconds.min(3600)).step_by(30).map(move |from| (from, seconds.min(from + 30)))
}

fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn value_of(target: &LinkTarget) -> String {
    serde_json::to_string(target).unwrap_or_default()
}

pub fn target_of(value: &str) -> Option<LinkTarget> {
    serde_json::from_str(value).ok()
}
