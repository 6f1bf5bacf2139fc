//! 随堂自测: what stands at the end of a lesson, and what a learner is told of it when.

use futures_util::future::join;
use shared::{
    authoring::*,
    courses::{LessonId, ShowCourse, ShowLesson},
    learning::ReportProgress,
    problem::Code,
    quizzes::QuestionKind,
    revisions::CompareRevisions,
};

use crate::{
    phone::Phone,
    scene::{Person, World},
    written::{details, drafted, publish, two_lessons},
};

const CANARY: &str = "金丝雀：湿布会留水痕";

fn option(text: &str, correct: bool) -> OptionDraft {
    OptionDraft { text: text.into(), correct }
}

fn question(kind: QuestionKind, stem: &str, options: &[(&str, bool)]) -> QuestionDraft {
    QuestionDraft {
        id: None,
        kind,
        stem: stem.into(),
        options: options.iter().map(|(text, right)| option(text, *right)).collect(),
        explanation: format!("{CANARY}。"),
    }
}

fn questions() -> Vec<QuestionDraft> {
    vec![
        question(QuestionKind::Single, "擦玻璃用哪块布？", &[("红布", false), ("蓝布", true)]),
        question(
            QuestionKind::Multiple,
            "先备好什么？",
            &[("水桶", true), ("抹布", true), ("电钻", false)],
        ),
        question(QuestionKind::TrueFalse, "红布只擦便器。", &[("正确", true), ("错误", false)]),
    ]
}

async fn ask(officer: &Person<'_>, lesson: LessonId, version: i32, questions: Vec<QuestionDraft>) {
    let saved = officer.call(SaveLessonChecks { lesson, version, questions }).await.unwrap();
    assert_eq!(saved.version, version + 1);
}

/// A published course whose first lesson asks.
async fn asking(world: &World) -> (shared::courses::CourseId, LessonId) {
    let officer = world.person("zhengming").await;
    let (course, lessons) = drafted(world, details(world, "会议室保洁"), two_lessons()).await;
    ask(&officer, lessons[0], 0, questions()).await;
    publish(world, course).await;
    (course, lessons[0])
}

/// The names of the questions that can be answered on a page.
fn open_questions(page: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for part in page.split("<input ").skip(1) {
        let name = part.split("name=\"").nth(1).unwrap().split('"').next().unwrap();
        // The form has a name, too.
        if name != "form" && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

async fn read_to_the_end(wang: &Person<'_>, lesson: LessonId) -> bool {
    let watched = Vec::new();
    let report = ReportProgress { lesson, position: 100, watched, reached_end: true, ago: 0 };
    wang.call(report).await.unwrap().finished_at.is_some()
}

async fn finished(wang: &Person<'_>, lesson: LessonId) -> bool {
    wang.call(ShowLesson { lesson }).await.unwrap().progress.finished_at.is_some()
}

scene!(a_lesson_that_asks_is_finished_when_all_was_answered, |world| async move {
    let (course, lesson) = asking(&world).await;
    let wang = world.person("wangxiuying").await;
    let shown = wang.call(ShowLesson { lesson }).await.unwrap();
    assert_eq!(shown.checks, 3);
    assert!(!read_to_the_end(&wang, lesson).await, "nothing is answered");
    let phone = Phone::of(&world, "wangxiuying").await;
    let here = format!("/study/lessons/{lesson}/check");
    let first = phone.open(&here).await;
    let names = open_questions(&first);
    assert_eq!(names.len(), 3, "{first}");
    let (status, page) = phone.fill_in(&here, &[(names[0], "0")]).await;
    assert!(status == 303 && page.contains("没答对"), "{page}");
    assert!(page.contains("<strong>蓝布</strong>（正确答案）") && page.contains(CANARY), "{page}");
    assert_eq!(open_questions(&page), names[1..]);
    assert!(!finished(&wang, lesson).await);
    let rest = [(names[1], "1"), (names[1], "0"), (names[2], "0")];
    let (_, page) = phone.fill_in(&here, &rest).await;
    assert!(page.contains("题都做完了，这一课学完了"), "{page}");
    assert!(finished(&wang, lesson).await);
    let course = wang.call(ShowCourse { course }).await.unwrap();
    assert_eq!(course.card.progress.finished, 1);
});

scene!(who_answers_before_the_end_finishes_at_the_end, |world| async move {
    let (_, lesson) = asking(&world).await;
    let wang = world.person("wangxiuying").await;
    let phone = Phone::of(&world, "wangxiuying").await;
    let here = format!("/study/lessons/{lesson}/check");
    let first = phone.open(&here).await;
    let names = open_questions(&first);
    let all = [(names[0], "1"), (names[1], "0"), (names[2], "1")];
    let (_, page) = phone.fill_in(&here, &all).await;
    assert!(page.contains("把课时的内容看到最后"), "{page}");
    assert!(!finished(&wang, lesson).await);
    assert!(read_to_the_end(&wang, lesson).await);
    assert!(phone.open(&here).await.contains("这一课学完了"));
});

scene!(whoever_comes_to_the_end_while_the_answers_arrive_has_finished, |world| async move {
    let (_, lesson) = asking(&world).await;
    let here = format!("/study/lessons/{lesson}/check");
    for key in ["wangxiuying", "liuqiang", "wufang", "zhengming"] {
        let (person, phone) = (world.person(key).await, Phone::of(&world, key).await);
        let first = phone.open(&here).await;
        let names = open_questions(&first);
        let all = [(names[0], "1"), (names[1], "0"), (names[2], "1")];
        let answering = phone.fill_in(&here, &all);
        join(answering, read_to_the_end(&person, lesson)).await;
        assert!(finished(&person, lesson).await, "{key}");
    }
});

scene!(no_key_leaves_the_server_before_the_answer, |world| async move {
    let (course, lesson) = asking(&world).await;
    let wang = world.person("wangxiuying").await;
    let phone = Phone::of(&world, "wangxiuying").await;
    let page = phone.open(&format!("/study/lessons/{lesson}/check")).await;
    assert!(!page.contains("金丝雀") && !page.contains("正确答案"), "{page}");
    let lesson_text = serde_json::to_string(&wang.call(ShowLesson { lesson }).await.unwrap());
    let course_text = serde_json::to_string(&wang.call(ShowCourse { course }).await.unwrap());
    for text in [lesson_text.unwrap(), course_text.unwrap()] {
        assert!(!text.contains("金丝雀") && !text.contains("蓝布"), "{text}");
    }
    for key in ["wangxiuying", "wufang", "liuqiang"] {
        let refused = world.person(key).await.call(ShowLessonChecks { lesson }).await;
        assert_eq!(refused.unwrap_err().code, Code::NotAllowed, "{key}");
    }
    // Whoever answered one is told the key of that one only.
    let here = format!("/study/lessons/{lesson}/check");
    let names = open_questions(&page);
    let (_, told) = phone.fill_in(&here, &[(names[2], "0")]).await;
    assert_eq!(told.matches(CANARY).count(), 1, "{told}");
    assert!(!told.contains("<strong>蓝布</strong>"), "{told}");
});

scene!(what_is_no_answer_is_said_and_the_first_answer_stays, |world| async move {
    let (_, lesson) = asking(&world).await;
    let phone = Phone::of(&world, "wangxiuying").await;
    let here = format!("/study/lessons/{lesson}/check");
    let first = phone.open(&here).await;
    let names = open_questions(&first);
    let nobodys = uuid::Uuid::now_v7().to_string();
    for nonsense in [&[][..], &[(names[0], "9")], &[(&*nobodys, "0")], &[(names[0], "x")]] {
        let (status, page) = phone.fill_in(&here, nonsense).await;
        assert!(status == 422 && page.contains("还没有选"), "{page}");
        assert!(!page.contains("金丝雀"), "{page}");
    }
    let two = [(names[0], "0"), (names[0], "1")];
    assert_eq!(phone.fill_in(&here, &two).await.0, 422, "of one right answer one is chosen");
    phone.fill_in(&here, &[(names[0], "0")]).await;
    let (_, page) = phone.fill_in(&here, &[(names[0], "1"), (names[2], "0")]).await;
    assert!(page.contains("红布　← 您选的"), "{page}");
    let other = Phone::of(&world, "liuqiang").await;
    assert_eq!(open_questions(&other.open(&here).await).len(), 3, "answers are one's own");
});

scene!(learners_are_asked_what_was_published_and_keep_what_they_answered, |world| async move {
    let (course, lesson) = asking(&world).await;
    let officer = world.person("zhengming").await;
    let phone = Phone::of(&world, "wangxiuying").await;
    let here = format!("/study/lessons/{lesson}/check");
    let first = phone.open(&here).await;
    let names = open_questions(&first);
    phone.fill_in(&here, &[(names[0], "1")]).await;
    let mut changed = questions();
    changed[1].stem = "动手前备好什么？".into();
    changed.swap(0, 2);
    ask(&officer, lesson, 1, changed).await;
    assert!(!phone.open(&here).await.contains("动手前"), "not before it is published");
    let compare = CompareRevisions { course, before: None, after: None };
    let told = officer.call(compare).await.unwrap().changes;
    let lines: Vec<_> = told.iter().flat_map(|it| &it.lines).map(|it| it.text.as_str()).collect();
    assert!(told.len() == 1 && lines.contains(&"多选题：动手前备好什么？"), "{lines:?}");
    publish(&world, course).await;
    let page = phone.open(&here).await;
    assert!(page.contains("动手前备好什么") && page.contains("答对了"), "{page}");
    let open = open_questions(&page);
    assert!(open.len() == 2 && open[0] == names[2] && open[1] != names[1], "{open:?}");
});

scene!(an_officer_writes_five_sound_questions_at_most, |world| async move {
    let officer = world.person("zhengming").await;
    let (_, lessons) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let save = |version, questions| SaveLessonChecks { lesson: lessons[0], version, questions };
    let empty = officer.call(ShowLessonChecks { lesson: lessons[0] }).await.unwrap();
    assert_eq!((empty.version, empty.questions.len()), (0, 0));
    let six = questions().into_iter().chain(questions()).collect();
    let refused = officer.call(save(0, six)).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "questions");
    let mut wrong = questions();
    wrong[0].options[1].correct = false;
    let refused = officer.call(save(0, wrong)).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "questions[0].options");
    let saved = officer.call(save(0, questions())).await.unwrap();
    assert_eq!((saved.version, &saved.questions), (1, &questions()));
    let stale = officer.call(save(0, Vec::new())).await.unwrap_err();
    assert_eq!(stale.code, Code::VersionConflict);
    let nothing = officer.call(save(1, Vec::new())).await.unwrap();
    assert_eq!(nothing.questions, []);
    let phone = Phone::of(&world, "wangxiuying").await;
    let check = format!("/study/lessons/{}/check", lessons[0]);
    assert_eq!(phone.status_of(&check).await, 404, "it is not published and asks nothing");
});
