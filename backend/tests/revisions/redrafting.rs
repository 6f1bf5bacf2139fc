//! Writing on from what a revision says.

use shared::authoring::{
    AddChapter, AddLesson, CourseDetails, MoveLesson, QuizSettings, RemoveChapter, RemoveLesson,
    SaveCourseDetails, SaveLessonChecks, SaveQuizDraft, ShowCourseDraft, ShowLessonChecks,
    ShowQuizDraft,
};
use shared::content::LessonKind;

use super::*;
use crate::written::{details, drafted, publish, published, two_lessons};

/// A published course with a quiz and with questions at the end of its first lesson.
async fn asking(world: &World) -> (CourseId, Vec<LessonId>) {
    let (course, lessons) = drafted(world, details(world, "会议室保洁"), two_lessons()).await;
    let officer = world.person("zhengming").await;
    let (settings, questions) = (QuizSettings::default(), vec![question("红布擦马桶")]);
    officer.call(SaveQuizDraft { course, version: 0, settings, questions }).await.unwrap();
    let questions = vec![question("蓝布擦桌子")];
    officer.call(SaveLessonChecks { lesson: lessons[0], version: 0, questions }).await.unwrap();
    publish(world, course).await;
    (course, lessons)
}

/// Spoils everything that a draft has.
async fn spoil(world: &World, course: CourseId, lessons: &[LessonId]) {
    let officer = world.person("zhengming").await;
    let draft = officer.call(ShowCourseDraft { course }).await.unwrap();
    let details = CourseDetails { title: "写坏了".into(), posts: Vec::new(), ..draft.details };
    officer.call(SaveCourseDetails { course, version: draft.version, details }).await.unwrap();
    rewrite(&officer, lessons[0], "写坏了").await;
    let checks = officer.call(ShowLessonChecks { lesson: lessons[0] }).await.unwrap();
    let questions = vec![question("写坏了")];
    let save = SaveLessonChecks { lesson: lessons[0], version: checks.version, questions };
    officer.call(save).await.unwrap();
    officer.call(RemoveLesson { lesson: lessons[1] }).await.unwrap();
    let draft = officer.call(AddChapter { course, title: "多余".into() }).await.unwrap();
    let chapter = draft.chapters[1].id;
    let add = AddLesson { chapter, title: "多余".into(), kind: LessonKind::Article };
    officer.call(add).await.unwrap();
    let quiz = officer.call(ShowQuizDraft { course }).await.unwrap();
    let settings = QuizSettings { pass_mark: 10, ..quiz.settings };
    let questions = vec![question("写坏了")];
    let save = SaveQuizDraft { course, version: quiz.version, settings, questions };
    officer.call(save).await.unwrap();
}

async fn newest(officer: &Person<'_>, course: CourseId) -> CourseRevision {
    officer.call(ListRevisions { course }).await.unwrap().revisions.swap_remove(0)
}

scene!(a_revision_comes_back_into_the_draft_whole, |world| async move {
    let (course, lessons) = asking(&world).await;
    let (officer, wang) = (world.person("zhengming").await, world.person("wangxiuying").await);
    let before = officer.call(ShowLessonDraft { lesson: lessons[0] }).await.unwrap();
    spoil(&world, course, &lessons).await;
    assert!(officer.call(ListRevisions { course }).await.unwrap().changed);
    let revision = newest(&officer, course).await.id;
    let draft = officer.call(RedraftRevision { revision }).await.unwrap();
    assert!(!draft.changed, "to the last letter what was frozen: {draft:?}");
    assert_eq!((draft.chapters.len(), draft.questions), (1, 1));
    let ids: Vec<_> = draft.chapters[0].lessons.iter().map(|it| it.id).collect();
    assert_eq!(ids, lessons, "the same lessons, so that progress and links stay with them");
    let checks = officer.call(ShowLessonChecks { lesson: lessons[0] }).await.unwrap();
    assert_eq!(checks.questions, [question("蓝布擦桌子")]);
    let quiz = officer.call(ShowQuizDraft { course }).await.unwrap();
    assert_eq!((quiz.settings.pass_mark, &*quiz.questions[0].stem), (80, "红布擦马桶"));
    let read = wang.call(shared::courses::ShowLesson { lesson: lessons[1] }).await.unwrap();
    assert_eq!(read.title, "擦会议桌", "learners notice nothing");
    let LessonDraft { id: lesson, version, title, minutes, content, .. } = before;
    let title = format!("{title}（二）");
    let stale = SaveLesson { lesson, version, title, minutes, position: None, content };
    assert_eq!(code(&officer, stale).await, Code::VersionConflict);
    rewrite(&officer, lessons[0], "接着写").await;
    officer.call(submit(course)).await.unwrap();
});

scene!(what_comes_back_is_reviewed_by_two_as_any_draft, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let first = newest(&officer, course).await.id;
    rewrite(&officer, lessons[0], "第二版").await;
    publish(&world, course).await;
    officer.call(RedraftRevision { revision: first }).await.unwrap();
    let revision = officer.call(submit(course)).await.unwrap();
    assert_eq!(revision.may, [RevisionStep::Return], "nothing of the review is passed over");
    let revision = revision.id;
    assert_eq!(code(&officer, CheckRevision { revision }).await, Code::SecondPersonNeeded);
    colleague.call(CheckRevision { revision }).await.unwrap();
    let is =
        [(3, RevisionState::Checked), (2, RevisionState::Live), (1, RevisionState::Superseded)];
    assert_eq!(states(&officer, course).await, is);
});

scene!(a_chapter_that_was_emptied_and_removed_comes_back_with_its_lessons, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let officer = world.person("zhengming").await;
    let draft = officer.call(AddChapter { course, title: "第二章".into() }).await.unwrap();
    let (first, second) = (draft.chapters[0].id, draft.chapters[1].id);
    for lesson in &lessons {
        officer.call(MoveLesson { lesson: *lesson, chapter: second }).await.unwrap();
    }
    let draft = officer.call(RemoveChapter { chapter: first }).await.unwrap();
    assert_eq!(draft.chapters.len(), 1, "though a revision has it");
    let revision = newest(&officer, course).await.id;
    let draft = officer.call(RedraftRevision { revision }).await.unwrap();
    assert!(!draft.changed, "{draft:?}");
    let chapters: Vec<_> = draft.chapters.iter().map(|it| (it.id, it.lessons.len())).collect();
    assert_eq!(chapters, [(first, 2)]);
});

scene!(a_revision_is_shown_with_its_questions_to_those_who_write_the_course, |world| async move {
    let (course, lessons) = asking(&world).await;
    let officer = world.person("zhengming").await;
    spoil(&world, course, &lessons).await;
    let revision = newest(&officer, course).await.id;
    let shown = officer.call(ShowRevision { revision }).await.unwrap();
    let stems: Vec<_> = shown.questions.iter().map(|it| it.stem.as_str()).collect();
    assert_eq!(stems, ["红布擦马桶"], "as it was submitted, not as the draft is");
    let lesson = lessons[0];
    let checks = RevisionChecks { lesson, questions: vec![question("蓝布擦桌子")] };
    assert_eq!(shown.checks, [checks]);
    // An officer of elsewhere may look at what was published, without its keys.
    world.make_near_officer().await;
    let near = world.person("liuqiang").await;
    let shown = near.call(ShowRevision { revision }).await.unwrap();
    assert_eq!((shown.questions.len(), shown.checks.len()), (0, 0));
    assert!(shown.content.quiz.is_some());
    assert_eq!(code(&near, RedraftRevision { revision }).await, Code::NotFound);
});
