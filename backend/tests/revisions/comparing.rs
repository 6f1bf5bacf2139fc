//! What differs between two revisions, or between the draft and what learners read.

use shared::authoring::{
    AddLesson, QuizDraft, QuizSettings, RemoveLesson, SaveCourseDetails, SaveQuizDraft,
    ShowQuizDraft,
};
use shared::content::LessonKind;

use super::*;
use crate::written::{article, details, publish, published, two_lessons};

async fn changes(officer: &Person<'_>, course: CourseId) -> Vec<RevisionChange> {
    let compare = CompareRevisions { course, before: None, after: None };
    officer.call(compare).await.unwrap().changes
}

fn said(changes: &[RevisionChange]) -> Vec<(ChangeKind, ChangePart, &str)> {
    changes.iter().map(|it| (it.kind, it.part, it.title.as_str())).collect()
}

scene!(every_change_of_the_draft_is_told, |world| async move {
    use ChangeKind::*;
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let officer = world.person("zhengming").await;
    assert_eq!(changes(&officer, course).await, []);
    let details = shared::authoring::CourseDetails {
        summary: "学完会擦".into(),
        ..details(&world, "会议室保洁")
    };
    officer.call(SaveCourseDetails { course, version: 1, details }).await.unwrap();
    rewrite(&officer, lessons[0], "红布只擦马桶").await;
    let chapter = officer.call(ShowLessonDraft { lesson: lessons[0] }).await.unwrap().chapter;
    officer.call(RemoveLesson { lesson: lessons[1] }).await.unwrap();
    let add = AddLesson { chapter, title: "收尾".into(), kind: LessonKind::Article };
    officer.call(add).await.unwrap();
    let (settings, questions) = (QuizSettings::default(), vec![question("红布擦马桶")]);
    officer.call(SaveQuizDraft { course, version: 0, settings, questions }).await.unwrap();
    let found = changes(&officer, course).await;
    let is = [
        (Changed, ChangePart::Details, "会议室保洁"),
        (Changed, ChangePart::Lesson, "分色抹布"),
        (Added, ChangePart::Lesson, "收尾"),
        (Removed, ChangePart::Lesson, "擦会议桌"),
        (Added, ChangePart::QuizSettings, "课后测验"),
        (Added, ChangePart::Question, "红布擦马桶"),
    ];
    assert_eq!(said(&found), is);
    let lines = found[1].lines.iter().map(|it| (it.change, it.text.as_str()));
    let lines: Vec<_> = lines.filter(|it| it.0 != LineChange::Same).collect();
    let is = [(LineChange::Removed, "红布擦马桶"), (LineChange::Added, "红布只擦马桶")];
    assert_eq!(lines, is);
});

scene!(two_revisions_are_compared_by_their_numbers, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let officer = world.person("zhengming").await;
    let (settings, questions) = (QuizSettings::default(), vec![question("红布擦马桶")]);
    officer.call(SaveQuizDraft { course, version: 0, settings, questions }).await.unwrap();
    publish(&world, course).await;
    let draft = officer.call(ShowQuizDraft { course }).await.unwrap();
    let QuizDraft { version, settings, mut questions, .. } = draft;
    questions[0].options.iter_mut().for_each(|it| it.correct = !it.correct);
    officer.call(SaveQuizDraft { course, version, settings, questions }).await.unwrap();
    publish(&world, course).await;
    rewrite(&officer, lessons[0], "还没发布").await;
    let compare = async |before, after| {
        let request = CompareRevisions { course, before: Some(before), after: Some(after) };
        officer.call(request).await.map(|it| it.changes).map_err(|it| it.code)
    };
    let key = compare(2, 3).await.unwrap();
    assert_eq!(said(&key), [(ChangeKind::Changed, ChangePart::Question, "红布擦马桶")]);
    assert!(key[0].lines.iter().any(|it| it.text == "✓ 错误"), "{key:?}");
    let back = compare(3, 1).await.unwrap();
    assert!(back.iter().all(|it| it.kind == ChangeKind::Removed), "{back:?}");
    assert_eq!(compare(1, 1).await.unwrap(), []);
    assert_eq!(compare(1, 9).await.unwrap_err(), Code::NotFound);
    assert_eq!(said(&changes(&officer, course).await).len(), 1);
});

scene!(what_changed_only_its_place_is_told_so, |world| async move {
    let three = ["甲", "乙", "丙"].map(|title| (title, 5, article())).to_vec();
    let (course, lessons) = published(&world, details(&world, "次序"), three).await;
    let officer = world.person("zhengming").await;
    let draft = officer.call(ShowLessonDraft { lesson: lessons[2] }).await.unwrap();
    let LessonDraft { id: lesson, version, title, minutes, content, .. } = draft;
    let save = SaveLesson { lesson, version, title, minutes, position: Some(1), content };
    officer.call(save).await.unwrap();
    let found = changes(&officer, course).await;
    assert_eq!(said(&found), [(ChangeKind::Moved, ChangePart::Lesson, "丙")]);
});
