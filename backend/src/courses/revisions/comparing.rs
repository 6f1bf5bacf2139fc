//! What differs between two documents of a course.

use std::collections::HashMap;

use shared::{
    authoring::QuestionDraft,
    courses::{ChapterId, CheckId, LessonId},
    organizations::PostId,
    practice::{ChecklistItem, ChecklistItemId, Practice},
    quizzes::QuestionId,
    revisions::{ChangePart, ChapterDocument, CourseDocument, LessonDocument, RevisionChange},
};
use uuid::Uuid;

use super::{
    differing::{changed, items},
    practised::{of_checklist, of_item, of_site},
    wording,
};
use crate::{Result, courses::checks, db::Connection, organizations, quizzes};

/// What documents name, in words.
struct Words {
    posts: HashMap<PostId, String>,
    questions: HashMap<Uuid, QuestionDraft>,
    checks: HashMap<CheckId, QuestionDraft>,
}

/// Every change from one document to another, in the order of the later one; what was removed
/// comes last of its kind.
pub(super) async fn compare(
    db: &Connection,
    before: Option<&CourseDocument>,
    after: &CourseDocument,
) -> Result<Vec<RevisionChange>> {
    let both = || [before, Some(after)].into_iter().flatten();
    let versions = both().filter_map(|it| it.quiz.as_ref());
    let versions = versions.flat_map(|quiz| quiz.questions.iter().map(|it| it.version));
    let lessons_of = both().flat_map(|it| &it.chapters).flat_map(|it| &it.lessons);
    let checks = lessons_of.flat_map(|it| it.checks.iter().copied()).collect();
    let words = Words {
        checks: checks::as_written(db, checks).await?,
        posts: organizations::post_names(db).await?,
        questions: quizzes::questions_as_written(db, versions.collect()).await?,
    };
    let mut changes = Vec::new();
    changes.extend(details(&words, before, after));
    chapters(before, after, &mut changes);
    lessons(&words, before, after, &mut changes);
    quiz(&words, before, after, &mut changes);
    practice(before, after, &mut changes);
    Ok(changes)
}

fn details(
    words: &Words,
    before: Option<&CourseDocument>,
    after: &CourseDocument,
) -> Option<RevisionChange> {
    let said = |document: &CourseDocument| {
        let posts = document.details.posts.iter();
        let posts: Vec<String> =
            posts.map(|it| words.posts.get(it).cloned().unwrap_or_default()).collect();
        wording::of_details(&document.details, &posts)
    };
    changed(
        ChangePart::Details,
        &after.details.title,
        &before.map(said).unwrap_or_default(),
        &said(after),
    )
}

fn chapters(
    before: Option<&CourseDocument>,
    after: &CourseDocument,
    changes: &mut Vec<RevisionChange>,
) {
    let of = |document: Option<&CourseDocument>| -> Vec<(ChapterId, String)> {
        let chapters = document.into_iter().flat_map(|it| &it.chapters);
        chapters.map(|it| (it.id, it.title.clone())).collect()
    };
    let said = |title: &String| (title.clone(), Vec::new());
    items(ChangePart::Chapter, &of(before), &of(Some(after)), said, changes);
}

fn lessons(
    words: &Words,
    before: Option<&CourseDocument>,
    after: &CourseDocument,
    changes: &mut Vec<RevisionChange>,
) {
    type Placed<'a> = (&'a ChapterDocument, &'a LessonDocument);
    fn of(document: Option<&CourseDocument>) -> Vec<(LessonId, Placed<'_>)> {
        let chapters = document.into_iter().flat_map(|it| &it.chapters);
        let lessons = chapters.flat_map(|it| it.lessons.iter().map(move |lesson| (it, lesson)));
        lessons.map(|(chapter, lesson)| (lesson.id, (chapter, lesson))).collect()
    }
    let titles: HashMap<LessonId, &str> = [before, Some(after)]
        .into_iter()
        .flat_map(of)
        .map(|(id, (_, lesson))| (id, &*lesson.title))
        .collect();
    let said = |(chapter, lesson): &Placed<'_>| {
        let mut lines = vec![
            format!("章：{}", chapter.title),
            format!("形式：{}", lesson.content.kind().label()),
            format!("时长：{} 分钟", lesson.minutes),
        ];
        let twin = lesson.content.twin().and_then(|it| titles.get(&it));
        lines.extend(twin.map(|it| format!("图文版：{it}")));
        lines.extend(wording::of_content(&lesson.content));
        let asked = lesson.checks.iter().filter_map(|it| words.checks.get(it));
        lines.extend(asked.flat_map(wording::of_question));
        (lesson.title.clone(), lines)
    };
    items(ChangePart::Lesson, &of(before), &of(Some(after)), said, changes);
}

fn quiz(
    words: &Words,
    before: Option<&CourseDocument>,
    after: &CourseDocument,
    changes: &mut Vec<RevisionChange>,
) {
    let quiz = |document: Option<&CourseDocument>| document.and_then(|it| it.quiz.clone());
    let (was, is) = (quiz(before), quiz(Some(after)));
    let settings = |quiz: &Option<shared::revisions::QuizDocument>| {
        quiz.as_ref().map(|it| wording::of_settings(&it.settings)).unwrap_or_default()
    };
    let name = is.as_ref().or(was.as_ref()).map(|it| it.settings.title.clone());
    let name = name.unwrap_or_default();
    changes.extend(changed(ChangePart::QuizSettings, &name, &settings(&was), &settings(&is)));
    let of = |quiz: Option<shared::revisions::QuizDocument>| -> Vec<(QuestionId, Uuid)> {
        let questions = quiz.into_iter().flat_map(|it| it.questions);
        questions.map(|it| (it.question, it.version)).collect()
    };
    let said = |version: &Uuid| match words.questions.get(version) {
        Some(question) => (question.stem.clone(), wording::of_question(question)),
        None => (String::new(), vec![version.to_string()]),
    };
    items(ChangePart::Question, &of(was), &of(is), said, changes);
}

fn practice(
    before: Option<&CourseDocument>,
    after: &CourseDocument,
    changes: &mut Vec<RevisionChange>,
) {
    let title = &after.details.title;
    let part = |part, words: fn(&Practice) -> Vec<String>| {
        let was = before.map(|it| words(&it.practice)).unwrap_or_default();
        changed(part, title, &was, &words(&after.practice))
    };
    let of = |document: Option<&CourseDocument>| -> Vec<(ChecklistItemId, ChecklistItem)> {
        let items = document.into_iter().flat_map(|it| &it.practice.checklist.items);
        items.map(|it| (it.id, it.clone())).collect()
    };
    changes.extend(part(ChangePart::Checklist, of_checklist));
    items(ChangePart::ChecklistItem, &of(before), &of(Some(after)), of_item, changes);
    changes.extend(part(ChangePart::Site, of_site));
}
