//! The phone's screens, filled from the course's draft.

use leptos::prelude::*;
use shared::{
    authoring::{ChapterDraft, CourseDraft, LessonDraft, LessonDraftCard, QuizDraft},
    courses::{Chapter, Course, CourseCard, CourseProgress, LessonCard},
    quizzes::{Quiz, QuizCard, QuizId},
};
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::Screen;
use crate::{
    clock, content_view,
    learner::{Page, course_view, quiz_rules},
    ui::{
        Shape, action_bar, action_words, button,
        html::{self, Html, div, h2, h3, li, many, p, section, ul},
        icon,
    },
};

/// What stands for the quiz in links: a draft has no id for the phone yet.
const QUIZ: QuizId = QuizId(Uuid::nil());

/// The name of the page and the way back, as outside WeChat.
pub fn head(screen: Screen, at: RwSignal<Screen>) -> Html {
    let title = match screen {
        Screen::Course => "课程",
        Screen::Lesson(_) => "课时",
        Screen::Check(_) => "做一做",
        Screen::Quiz | Screen::Question(_) => "测验",
    };
    let back = screen.parent().map(|parent| {
        let back = html::button("page-back").attr("type", "button");
        back.with(icon(Shape::Back)).text("返回").press(move || at.set(parent))
    });
    div("page-head").maybe(back).with(p("page-title").text(title))
}

/// The course's page. Its links lead through the preview.
pub fn course(draft: &CourseDraft, quiz: &QuizDraft, at: RwSignal<Screen>) -> Html {
    let follow = move |event: Event| {
        let element = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let link = element.and_then(|it| it.closest("a[href]").ok().flatten());
        let Some(to) = link.and_then(|it| it.get_attribute("href")) else { return };
        event.prevent_default();
        match Page::parse(&to) {
            Some(Page::Lesson(lesson)) => at.set(Screen::Lesson(lesson)),
            Some(Page::Quiz(_)) => at.set(Screen::Quiz),
            _ => {}
        }
    };
    div("").with(course_view(&published(draft, quiz))).on("click", follow)
}

/// The course as somebody gets it who has not begun.
fn published(draft: &CourseDraft, quiz: &QuizDraft) -> Course {
    let CourseDraft { id, details, chapters, questions, .. } = draft;
    let lessons = || chapters.iter().flat_map(|chapter| &chapter.lessons);
    let details = details.clone();
    let quiz = (*questions > 0).then(|| QuizCard {
        id: QUIZ,
        title: quiz.settings.title.clone(),
        questions: *questions,
        passed: false,
    });
    Course {
        card: CourseCard {
            id: *id,
            title: details.title,
            summary: details.summary,
            level: details.level,
            category: details.category,
            // Named in the list of courses only.
            posts: Vec::new(),
            cover: details.cover,
            progress: CourseProgress {
                lessons: lessons().map(|_| 1).sum(),
                finished: 0,
                started: false,
                minutes_left: lessons().map(|lesson| lesson.minutes).sum(),
                quiz_passed: quiz.as_ref().map(|_| false),
            },
            due_on: None,
        },
        chapters: chapters.iter().map(chapter).collect(),
        quiz,
        next_lesson: lessons().next().map(|lesson| lesson.id),
        comes_first: Vec::new(),
        revision: None,
    }
}

fn chapter(draft: &ChapterDraft) -> Chapter {
    let lesson = |draft: &LessonDraftCard| LessonCard {
        id: draft.id,
        title: draft.title.clone(),
        kind: draft.kind,
        minutes: draft.minutes,
        finished_at: None,
        started: false,
    };
    Chapter {
        id: draft.id,
        title: draft.title.clone(),
        lessons: draft.lessons.iter().map(lesson).collect(),
    }
}

pub fn lesson(lesson: LessonDraft, course_title: &str) -> Html {
    many([
        h2("lesson-title").text(&lesson.title),
        p("lesson-note").text(format!("{course_title} · {} 分钟", lesson.minutes)),
        content_view::content(lesson.content, Vec::new(), 0, None),
    ])
}

/// What stands before the first question.
pub fn quiz(draft: &QuizDraft, course_title: &str, at: RwSignal<Screen>) -> Html {
    let settings = &draft.settings;
    let begun = Quiz {
        id: QUIZ,
        course: draft.course,
        course_title: course_title.to_owned(),
        title: settings.title.clone(),
        questions: draft.questions.iter().map(|_| 1).sum(),
        pass_mark: settings.pass_mark,
        minutes: settings.minutes,
        attempts: settings.attempts,
        attempts_used: 0,
        opens_at: settings.opens_at,
        closes_at: settings.closes_at,
        release: settings.release,
        running: None,
        past: Vec::new(),
        now: clock::now(),
    };
    let rules = quiz_rules(&begun).into_iter().map(|rule| li("").text(rule));
    let action = if draft.questions.is_empty() {
        action_words("还没有题目")
    } else {
        button("button", "看题目", move || at.set(Screen::Question(0)))
    };
    many([
        h2("lesson-title").text(&settings.title),
        p("lesson-note").text(course_title),
        section("rules").with(h3("").text("答题前请看")).with(ul("").all(rules)),
        action_bar(action),
    ])
}

#[cfg(test)]
mod tests {
    use shared::{
        authoring::{CourseDetails, QuizSettings},
        content::LessonKind,
        courses::{ChapterId, CourseCategory, CourseId, CourseLevel, CourseStatus, LessonId},
    };

    use super::*;

    const COURSE: CourseId = CourseId(Uuid::nil());

    fn draft(minutes: &[u32], questions: u32) -> CourseDraft {
        let lesson = |(place, minutes): (usize, &u32)| LessonDraftCard {
            id: LessonId(Uuid::from_u128(place as u128)),
            title: "擦拭会议桌".into(),
            kind: LessonKind::Steps,
            minutes: *minutes,
        };
        let lessons = minutes.iter().enumerate().map(lesson).collect();
        CourseDraft {
            id: COURSE,
            editable: true,
            version: 1,
            status: CourseStatus::Draft,
            details: CourseDetails {
                title: "会议室保洁".into(),
                summary: "能独立完成会前保洁".into(),
                level: CourseLevel::Execution,
                category: CourseCategory::PostSkills,
                qualification: String::new(),
                posts: Vec::new(),
                cover: None,
            },
            chapters: vec![ChapterDraft {
                id: ChapterId(Uuid::nil()),
                title: "会前".into(),
                lessons,
            }],
            questions,
            missing: Vec::new(),
            live: None,
            changed: true,
            review: None,
            gated: true,
            waivers: Vec::new(),
            updated_at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    fn quiz() -> QuizDraft {
        let settings = QuizSettings::default();
        QuizDraft { course: COURSE, version: 1, settings, questions: Vec::new() }
    }

    #[test]
    fn a_preview_is_the_course_of_somebody_who_has_not_begun() {
        let course = published(&draft(&[10, 15], 3), &quiz());
        let progress = course.card.progress;
        assert_eq!((progress.lessons, progress.finished, progress.minutes_left), (2, 0, 25));
        assert_eq!(progress.quiz_passed, Some(false));
        assert_eq!(course.next_lesson, Some(course.chapters[0].lessons[0].id));
        assert_eq!(course.quiz.map(|it| (it.questions, it.passed)), Some((3, false)));
    }

    #[test]
    fn without_questions_there_is_no_quiz() {
        let course = published(&draft(&[10], 0), &quiz());
        assert_eq!((course.quiz, course.card.progress.quiz_passed), (None, None));
    }

    #[test]
    fn an_empty_course_begins_nowhere() {
        assert_eq!(published(&draft(&[], 0), &quiz()).next_lesson, None);
    }
}
