//! What differs between two documents of a course.

use std::collections::HashMap;

use sea_orm::ConnectionTrait;
use shared::{
    authoring::QuestionDraft,
    courses::{ChapterId, CheckId, LessonId},
    organizations::PostId,
    quizzes::QuestionId,
    revisions::{
        ChangeKind, ChangePart, ChangedLine, ChapterDocument, CourseDocument, LessonDocument,
        LineChange, RevisionChange,
    },
};
use similar::{ChangeTag, TextDiff};
use uuid::Uuid;

use super::wording;
use crate::{Result, courses::checks, organizations, quizzes};

/// Lines shown around a change.
const AROUND: usize = 1;

/// What documents name, in words.
struct Words {
    posts: HashMap<PostId, String>,
    questions: HashMap<Uuid, QuestionDraft>,
    checks: HashMap<CheckId, QuestionDraft>,
}

/// Every change from one document to another, in the order of the later one; what was removed
/// comes last of its kind.
pub(super) async fn compare(
    db: &impl ConnectionTrait,
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
    let said = |(chapter, lesson): &Placed<'_>| {
        let mut lines = vec![
            format!("章：{}", chapter.title),
            format!("形式：{}", lesson.content.kind().label()),
            format!("时长：{} 分钟", lesson.minutes),
        ];
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

/// What became of things that keep their id.
fn items<Id: Copy + Eq + std::hash::Hash, Item>(
    part: ChangePart,
    before: &[(Id, Item)],
    after: &[(Id, Item)],
    said: impl Fn(&Item) -> (String, Vec<String>),
    changes: &mut Vec<RevisionChange>,
) {
    let was: HashMap<Id, &Item> = before.iter().map(|(id, item)| (*id, item)).collect();
    let stays = |items: &[(Id, Item)], others: &[(Id, Item)]| -> Vec<Id> {
        let ids = items.iter().map(|it| it.0);
        ids.filter(|id| others.iter().any(|it| it.0 == *id)).collect()
    };
    let moved = stays(before, after) != stays(after, before);
    let order = moved_ids(&stays(before, after), &stays(after, before));
    for (id, item) in after {
        let (title, lines) = said(item);
        let Some(earlier) = was.get(id) else {
            changes.push(change(ChangeKind::Added, part, title, &[], &lines));
            continue;
        };
        let (old_title, old_lines) = said(earlier);
        let with = |title: &str, lines| [vec![title.to_owned()], lines].concat();
        let found = changed(part, &title, &with(&old_title, old_lines), &with(&title, lines));
        match found {
            Some(found) => changes.push(found),
            None if moved && order.contains(id) => {
                changes.push(change(ChangeKind::Moved, part, title, &[], &[]));
            }
            None => {}
        }
    }
    for (_, item) in before.iter().filter(|(id, _)| !after.iter().any(|it| it.0 == *id)) {
        let (title, lines) = said(item);
        changes.push(change(ChangeKind::Removed, part, title, &lines, &[]));
    }
}

/// What has to be moved to get from one order to the other.
fn moved_ids<Id: Copy + Eq + std::hash::Hash>(before: &[Id], after: &[Id]) -> Vec<Id> {
    let place: HashMap<Id, usize> = before.iter().copied().zip(0..).collect();
    let places: Vec<usize> = after.iter().filter_map(|id| place.get(id).copied()).collect();
    // The longest run that is in order stays; what is not in it was moved.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(places.len());
    for (at, is) in places.iter().enumerate() {
        let before = (0..at).filter(|it| places[*it] < *is).max_by_key(|it| best[*it].0);
        best.push((before.map_or(1, |it| best[it].0 + 1), before));
    }
    let mut kept = vec![false; places.len()];
    let mut at = (0..places.len()).max_by_key(|it| best[*it].0);
    while let Some(here) = at {
        kept[here] = true;
        at = best[here].1;
    }
    after.iter().zip(kept).filter(|(_, kept)| !kept).map(|(id, _)| *id).collect()
}

fn changed(
    part: ChangePart,
    title: &str,
    before: &[String],
    after: &[String],
) -> Option<RevisionChange> {
    if before == after {
        return None;
    }
    let kind = match (before.is_empty(), after.is_empty()) {
        (true, _) => ChangeKind::Added,
        (_, true) => ChangeKind::Removed,
        _ => ChangeKind::Changed,
    };
    Some(change(kind, part, title.to_owned(), before, after))
}

fn change(
    kind: ChangeKind,
    part: ChangePart,
    title: String,
    before: &[String],
    after: &[String],
) -> RevisionChange {
    RevisionChange { kind, part, title, lines: lines(before, after) }
}

fn lines(before: &[String], after: &[String]) -> Vec<ChangedLine> {
    fn texts(lines: &[String]) -> Vec<&str> {
        lines.iter().map(String::as_str).collect()
    }
    let (before, after) = (texts(before), texts(after));
    let diff = TextDiff::from_slices(&before, &after);
    let groups = diff.grouped_ops(AROUND);
    let changes = groups.iter().flatten().flat_map(|op| diff.iter_changes(op));
    let line = |it: similar::Change<&str>| ChangedLine {
        change: match it.tag() {
            ChangeTag::Equal => LineChange::Same,
            ChangeTag::Insert => LineChange::Added,
            ChangeTag::Delete => LineChange::Removed,
        },
        text: it.value().to_owned(),
    };
    changes.map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_really_moved_is_called_moved() {
        for (before, after, moved) in
            [("abcd", "abcd", ""), ("abcd", "bcda", "a"), ("abcd", "dabc", "d"), ("ab", "ba", "b")]
        {
            let of = |text: &str| text.chars().collect::<Vec<_>>();
            let found: String = moved_ids(&of(before), &of(after)).into_iter().collect();
            assert_eq!(found.len(), moved.len(), "{before} {after}: {found}");
            if before.len() > 2 {
                assert_eq!(found, moved, "{before} {after}");
            }
        }
    }

    #[test]
    fn a_change_is_shown_with_a_line_around_it() {
        use LineChange::*;
        let of = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
        let shown = lines(&of("abcdefg"), &of("abcxefg"));
        let said: String = shown.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(said, "cdxe");
        let tags: Vec<_> = shown.iter().map(|it| it.change).collect();
        assert_eq!(tags, [Same, Removed, Added, Same]);
        assert!(lines(&of("abc"), &of("abc")).is_empty());
    }
}
