//! What is not wanted any more: a course that never was published, a lesson in this chapter, a quiz.

use backend::jobs;
use chrono::TimeDelta;
use shared::{
    authoring::*,
    builds::{ListBuilds, SaveBuild, ShowBuildBoard},
    content::{Block, LessonContent},
    courses::*,
    packages::CopyCourse,
    problem::Code,
    quizzes::{QuestionKind, ShowQuiz},
    revisions::*,
};

use super::code;
use crate::written::*;

scene!(a_course_that_never_was_published_can_be_deleted, |world| async move {
    let officer = world.person("zhengming").await;
    let (course, _) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (later, _) = drafted(&world, details(&world, "会议服务"), two_lessons()).await;
    let (stage, owner, prerequisites) = (None, None, vec![course]);
    officer.call(SaveBuild { course: later, stage, owner, prerequisites }).await.unwrap();
    officer.call(RemoveCourse { course }).await.unwrap();
    let list = officer.call(ListManagedCourses::default()).await.unwrap();
    assert_eq!((list.total, list.items[0].id), (1, later));
    let cells = officer.call(CountManagedCourses {}).await.unwrap();
    assert_eq!(cells.iter().map(|it| it.courses).sum::<u32>(), 1);
    assert_eq!(officer.call(ShowBuildBoard::default()).await.unwrap().planned, 1);
    let builds = officer.call(ListBuilds::default()).await.unwrap();
    assert_eq!((builds.total, builds.items[0].prerequisites.len()), (1, 0));
    for refused in [
        code(&officer, ShowCourseDraft { course }).await,
        code(&officer, RemoveCourse { course }).await,
        code(&officer, SubmitRevision { course, note: String::new() }).await,
        code(&officer, ShowQuizDraft { course }).await,
        code(&officer, CopyCourse { course, revision: None, organization: None }).await,
    ] {
        assert_eq!(refused, Code::NotFound);
    }
});

scene!(what_was_published_once_is_not_deleted, |world| async move {
    let officer = world.person("zhengming").await;
    let (course, _) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    assert_eq!(code(&officer, RemoveCourse { course }).await, Code::InUse);
    officer.call(RetireCourse { course }).await.unwrap();
    assert_eq!(code(&officer, RemoveCourse { course }).await, Code::InUse);
    officer.call(ShowCourseDraft { course }).await.unwrap();
});

scene!(a_deleted_course_is_not_published_at_the_time_that_was_chosen, |world| async move {
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let (course, _) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let revision = officer.call(SubmitRevision { course, note: String::new() }).await.unwrap().id;
    colleague.call(CheckRevision { revision }).await.unwrap();
    colleague.call(ApproveRevision { revision }).await.unwrap();
    let at = Some(now(&world).await + TimeDelta::hours(1));
    officer.call(PublishCourse { at, ..PublishCourse::now(course) }).await.unwrap();
    officer.call(RemoveCourse { course }).await.unwrap();
    let past = "'2026-01-01T00:00:00+00:00'";
    world.sql(&format!("UPDATE jobs SET run_at = {past}")).await;
    world.sql(&format!("UPDATE course_revisions SET publish_at = {past}")).await;
    while jobs::work_off(&world.app).await.unwrap() > 0 {}
    let wang = world.person("wangxiuying").await;
    assert!(wang.call(ListCourses::default()).await.unwrap().items.is_empty());
    world.sql(&format!("UPDATE jobs SET run_at = {past}")).await;
    let again = jobs::work_off(&world.app).await.unwrap();
    assert_eq!(again, 0, "nothing of it is tried again");
});

scene!(a_lesson_moves_to_the_end_of_another_chapter, |world| async move {
    let officer = world.person("zhengming").await;
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let draft = officer.call(AddChapter { course, title: "会后".into() }).await.unwrap();
    let (first, second) = (draft.chapters[0].id, draft.chapters[1].id);
    let kept = officer.call(ShowLessonDraft { lesson: lessons[0] }).await.unwrap();
    let add = AddLesson { chapter: second, title: "收尾".into(), kind: kept.content.kind() };
    let last = officer.call(add).await.unwrap().id;
    let draft = officer.call(MoveLesson { lesson: lessons[0], chapter: second }).await.unwrap();
    let order: Vec<Vec<_>> =
        draft.chapters.iter().map(|it| it.lessons.iter().map(|it| it.id).collect()).collect();
    assert_eq!(order, [vec![lessons[1]], vec![last, lessons[0]]]);
    let moved = officer.call(ShowLessonDraft { lesson: lessons[0] }).await.unwrap();
    assert_eq!((moved.chapter, moved.position, moved.version), (second, 2, kept.version));
    assert_eq!((moved.title, moved.content), (kept.title, kept.content));
    let left = officer.call(ShowLessonDraft { lesson: lessons[1] }).await.unwrap();
    assert_eq!(left.position, 1, "the others close up");
    let (_, others) = drafted(&world, details(&world, "别的课"), two_lessons()).await;
    let elsewhere = MoveLesson { lesson: others[0], chapter: first };
    assert_eq!(code(&officer, elsewhere).await, Code::NotFound, "not to another course");
});

scene!(a_quiz_that_nobody_wants_is_taken_out_and_learners_keep_theirs, |world| async move {
    let (officer, wang) = (world.person("zhengming").await, world.person("wangxiuying").await);
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let option = |text: &str, correct| OptionDraft { text: text.into(), correct };
    let question = QuestionDraft {
        id: None,
        kind: QuestionKind::TrueFalse,
        stem: "红布擦马桶".into(),
        options: vec![option("正确", true), option("错误", false)],
        explanation: "红布只擦便器".into(),
    };
    let settings = QuizSettings { pass_mark: 60, ..QuizSettings::default() };
    let questions = vec![question];
    officer.call(SaveQuizDraft { course, version: 0, settings, questions }).await.unwrap();
    publish(&world, course).await;
    let quiz = wang.call(ShowCourse { course }).await.unwrap().quiz.unwrap().id;
    let left = officer.call(RemoveQuiz { course }).await.unwrap();
    assert_eq!((left.questions.len(), left.settings), (0, QuizSettings::default()));
    assert_eq!(wang.call(ShowQuiz { quiz }).await.unwrap().pass_mark, 60, "as it was frozen");
    let draft = officer.call(ShowCourseDraft { course }).await.unwrap();
    assert!(draft.missing.is_empty() && draft.changed, "it holds nobody up: {draft:?}");
    let blocks = vec![Block::Paragraph { html: "第二版".into() }];
    let lesson = officer.call(ShowLessonDraft { lesson: lessons[0] }).await.unwrap();
    let LessonDraft { id: lesson, version, title, minutes, .. } = lesson;
    let content = LessonContent::Article { blocks };
    let save = SaveLesson { lesson, version, title, minutes, position: None, content };
    officer.call(save).await.unwrap();
    publish(&world, course).await;
    assert!(wang.call(ShowCourse { course }).await.unwrap().quiz.is_none());
    officer.call(RemoveQuiz { course }).await.unwrap();
});
