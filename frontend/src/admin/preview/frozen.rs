//! A revision, as the screens of the preview want it.

use leptos::prelude::*;
use shared::{
    authoring::{
        ChapterDraft, CourseDraft, LessonDraft, LessonDraftCard, QuestionDraft, QuizDraft,
    },
    courses::{CourseId, LessonId},
    revisions::{ChapterDocument, CourseRevision, CourseRevisionContent, LessonDocument},
};

/// What is looked at, and the way back to the draft.
pub fn words(course: CourseId, revision: &CourseRevision) -> impl IntoView + use<> {
    let title = format!("第 {} 版（{}）在手机上的样子", revision.number, revision.state.label());
    let draft = format!("/admin/courses/{course}/preview");
    let revisions = format!("/admin/courses/{course}/revisions");
    view! {
        <section class="c-preview__words" aria-label="怎么看">
            <h2 class="c-subtitle">{title}</h2>
            <p>"这是提交时定下来的内容，以后改草稿不影响它：你看到的，就是要校核、评审、发布的。"</p>
            <p class="c-quiet">"在这里怎么点都不算学习记录。测验只看题面，不显示答案；随堂自测可以做一遍，交了就看到对错。"</p>
            <p><a href=revisions>"回到版本"</a>" · "<a href=draft>"看草稿"</a></p>
        </section>
    }
}

/// The course with the revision's text in place of the draft's.
pub fn course(draft: CourseDraft, text: &CourseRevisionContent) -> CourseDraft {
    let content = &text.content;
    let asked = content.quiz.as_ref().map_or(0, |quiz| quiz.questions.len());
    CourseDraft {
        details: content.details.clone(),
        chapters: content.chapters.iter().map(chapter).collect(),
        questions: u32::try_from(asked).unwrap_or_default(),
        ..draft
    }
}

fn chapter(document: &ChapterDocument) -> ChapterDraft {
    let card = |it: &LessonDocument| LessonDraftCard {
        id: it.id,
        title: it.title.clone(),
        kind: it.content.kind(),
        minutes: it.minutes,
    };
    ChapterDraft {
        id: document.id,
        title: document.title.clone(),
        lessons: document.lessons.iter().map(card).collect(),
    }
}

pub fn quiz(text: &CourseRevisionContent) -> QuizDraft {
    let settings = text.content.quiz.as_ref().map(|quiz| quiz.settings.clone());
    let (course, questions) = (text.revision.course, text.questions.clone());
    QuizDraft { course, version: 0, settings: settings.unwrap_or_default(), questions }
}

pub fn lesson(text: &CourseRevisionContent, id: LessonId) -> Option<LessonDraft> {
    let found = text.content.chapters.iter().find_map(|chapter| {
        let lesson = chapter.lessons.iter().find(|it| it.id == id)?;
        Some((chapter.id, lesson.clone()))
    });
    let (chapter, lesson) = found?;
    Some(LessonDraft {
        id,
        course: text.revision.course,
        chapter,
        version: 0,
        title: lesson.title,
        minutes: lesson.minutes,
        position: 0,
        content: lesson.content,
    })
}

/// What the lesson asks; nothing of the draft.
pub fn checks(text: Option<&CourseRevisionContent>, id: LessonId) -> Vec<QuestionDraft> {
    let found = text.and_then(|text| text.checks.iter().find(|it| it.lesson == id));
    found.map(|it| it.questions.clone()).unwrap_or_default()
}
