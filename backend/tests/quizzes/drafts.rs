//! The officer's side: writing a quiz while people are taking it.

use shared::{
    authoring::*,
    courses::{CourseId, ShowCourse},
    learning::ShowAchievements,
    problem::Code,
    quizzes::*,
    revisions::PublishCourse,
};
use uuid::Uuid;

use crate::{prepared::*, scene::Person};

fn saving(draft: QuizDraft) -> SaveQuizDraft {
    let QuizDraft { course, version, settings, questions } = draft;
    SaveQuizDraft { course, version, settings, questions }
}

scene!(a_draft_comes_back_as_it_was_saved, |world| async move {
    let settings = QuizSettings { pass_mark: 60, ..QuizSettings::default() };
    let course = drafted(&world, settings.clone()).await;
    let officer = world.person("zhengming").await;
    let draft = officer.call(ShowQuizDraft { course }).await.unwrap();
    assert_eq!((draft.version, &draft.settings), (1, &settings));
    let without_ids = draft.questions.iter().cloned().map(|it| QuestionDraft { id: None, ..it });
    assert_eq!(without_ids.collect::<Vec<_>>(), questions());
    let saved = officer.call(saving(draft.clone())).await.unwrap();
    assert_eq!(saved, QuizDraft { version: 2, ..draft });
});

scene!(a_course_without_a_quiz_has_an_empty_draft, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    for table in ["question_keys", "question_versions", "questions", "quizzes"] {
        world.sql(&format!("DELETE FROM {table}")).await;
    }
    let officer = world.person("zhengming").await;
    let draft = officer.call(ShowQuizDraft { course }).await.unwrap();
    assert_eq!((draft.version, draft.questions.len()), (0, 0));
    let unknown = CourseId(Uuid::now_v7());
    let refused = officer.call(ShowQuizDraft { course: unknown }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    let refused = officer.call(saving(QuizDraft { course: unknown, ..draft })).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
});

scene!(only_changed_questions_of_a_revision_get_a_new_version, |world| async move {
    let (course, _) = published(&world, QuizSettings::default()).await;
    let officer = world.person("zhengming").await;
    let mut draft = officer.call(ShowQuizDraft { course }).await.unwrap();
    draft.questions.swap(0, 2);
    draft.questions[1].explanation.push('！');
    draft.questions.push(question(QuestionKind::Single, &[("是", true), ("否", false)]));
    let saved = officer.call(saving(draft.clone())).await.unwrap();
    let ids = |draft: &QuizDraft| draft.questions.iter().map(|it| it.id).collect::<Vec<_>>();
    assert_eq!(ids(&saved)[..3], ids(&draft)[..3], "in the new order");
    assert_eq!(rows(&world, "question_versions").await, 5);
    assert_eq!(rows(&world, "question_keys").await, 5);

    let dropped = QuizDraft { questions: saved.questions[..1].to_vec(), ..saved };
    let saved = officer.call(saving(dropped)).await.unwrap();
    assert_eq!((saved.version, saved.questions.len()), (3, 1));
    assert_eq!(rows(&world, "question_versions").await, 5);
    assert_eq!(rows(&world, "questions WHERE removed_at IS NOT NULL").await, 3);
});

scene!(a_draft_that_saves_itself_again_and_again_leaves_nothing_behind, |world| async move {
    let (course, quiz) = published(&world, QuizSettings::default()).await;
    let (ming, officer) = (world.person("wangxiuying").await, world.person("zhengming").await);
    let mut draft = officer.call(ShowQuizDraft { course }).await.unwrap();
    for letter in "每班打扫两遍".chars() {
        draft.questions[0].stem.push(letter);
        draft.questions[0].options.reverse();
        draft = officer.call(saving(draft)).await.unwrap();
    }
    assert!(draft.questions[0].stem.ends_with("每班打扫两遍"));
    assert_eq!(rows(&world, "question_versions").await, 4, "three asked, one in the draft");
    assert_eq!(rows(&world, "question_keys").await, 4);
    let attempt = start(&ming, quiz).await;
    assert!(attempt.items.iter().all(|it| !it.stem.contains("每班")));
    ming.call(submit(&attempt, all_right(&attempt, 1))).await.unwrap();
    assert_eq!(ming.call(ShowResult { attempt: attempt.id }).await.unwrap().score, 100);
});

scene!(a_running_attempt_keeps_the_questions_it_was_drawn_with, |world| async move {
    let (course, quiz) = published(&world, QuizSettings::default()).await;
    let (ming, officer) = (world.person("wangxiuying").await, world.person("zhengming").await);
    let attempt = start(&ming, quiz).await;
    let mut draft = officer.call(ShowQuizDraft { course }).await.unwrap();
    draft.questions.truncate(1);
    draft.questions[0].stem = "改过的题".into();
    draft.questions[0].options.iter_mut().for_each(|it| it.correct = it.text == "丁");
    officer.call(saving(draft)).await.unwrap();
    publish(&world, course).await;

    let shown = ming.call(ShowAttempt { attempt: attempt.id }).await.unwrap();
    assert_eq!(shown.items, attempt.items);
    ming.call(submit(&attempt, all_right(&attempt, 1))).await.unwrap();
    let result = ming.call(ShowResult { attempt: attempt.id }).await.unwrap();
    assert_eq!((result.score, result.review.len()), (100, 3));
    let next = start(&ming, quiz).await;
    assert_eq!((next.items.len(), &*next.items[0].stem), (1, "改过的题"));
});

scene!(of_two_officers_at_once_the_second_is_told, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    let officer = world.person("zhengming").await;
    let draft = officer.call(ShowQuizDraft { course }).await.unwrap();
    let titled = |title: &str| {
        let settings = QuizSettings { title: title.into(), ..draft.settings.clone() };
        QuizDraft { settings, ..draft.clone() }
    };
    let (first, second) =
        futures_util::join!(officer.call(saving(titled("甲"))), officer.call(saving(titled("乙"))));
    let refused = match (first, second) {
        (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
        both => panic!("one of them is first: {both:?}"),
    };
    assert_eq!(refused.code, Code::VersionConflict);
    for version in [0, 1, 7, -1, i32::MAX] {
        let stale = QuizDraft { version, ..titled("丙") };
        let refused = officer.call(saving(stale)).await.unwrap_err();
        assert_eq!(refused.code, Code::VersionConflict, "version {version}");
    }
});

scene!(what_is_wrong_with_a_draft_is_said_field_by_field, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    let officer = world.person("zhengming").await;
    let mut draft = officer.call(ShowQuizDraft { course }).await.unwrap();
    draft.settings.pass_mark = 101;
    draft.questions[0].stem.clear();
    draft.questions[2].options[0].correct = false;
    let refused = officer.call(saving(draft.clone())).await.unwrap_err();
    let fields: Vec<_> = refused.fields.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(fields, ["settings.pass_mark", "questions[0].stem", "questions[2].options"]);

    let good = officer.call(ShowQuizDraft { course }).await.unwrap();
    let mut foreign = good.clone();
    foreign.questions[1].id = Some(QuestionId(Uuid::now_v7()));
    let refused = officer.call(saving(foreign)).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "questions[1].id");
    assert_eq!(officer.call(ShowQuizDraft { course }).await.unwrap(), good, "nothing was kept");
});

scene!(no_text_and_no_time_that_the_databases_cannot_hold_gets_in, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    let officer = world.person("zhengming").await;
    let mut draft = officer.call(ShowQuizDraft { course }).await.unwrap();
    draft.settings.title = "课\0后测验".into();
    let question = &mut draft.questions[0];
    question.stem.insert(0, '\0');
    question.explanation.push_str("\0\u{7}");
    question.options[0].text.push('\0');
    let saved = officer.call(saving(draft)).await.unwrap();
    assert!(!serde_json::to_string(&saved).unwrap().contains("\\u0000"), "{saved:?}");
    for at in ["-262143-01-01T00:00:00Z", "+262142-12-31T23:59:59Z", "9999-12-31T00:00:00Z"] {
        let mut draft = saved.clone();
        draft.settings.closes_at = Some(at.parse().unwrap());
        let refused = officer.call(saving(draft)).await.unwrap_err();
        let told = (refused.code, &*refused.fields[0].field);
        assert_eq!(told, (Code::InvalidRequest, "settings.closes_at"));
    }
});

/// Whether a course cannot be published because its quiz has no question.
async fn lacks_questions(officer: &Person<'_>, course: CourseId) -> bool {
    let refused = officer.call(PublishCourse::now(course)).await.unwrap_err();
    assert_eq!(refused.code, Code::CourseIncomplete);
    let draft = officer.call(ShowCourseDraft { course }).await.unwrap();
    let said =
        draft.missing.iter().any(|it| it.text.starts_with("测验里还没有题目，请至少出一道题"));
    assert_eq!(said, refused.fields.iter().any(|it| it.field == "questions"));
    said
}

scene!(a_quiz_that_was_begun_needs_a_question_before_its_course_is_published, |world| async move {
    let course = drafted(&world, QuizSettings { minutes: 20, ..QuizSettings::default() }).await;
    let officer = world.person("zhengming").await;
    assert!(!lacks_questions(&officer, course).await);
    let mut draft = officer.call(ShowQuizDraft { course }).await.unwrap();
    draft.questions.clear();
    let emptied = officer.call(saving(draft)).await.unwrap();
    assert!(lacks_questions(&officer, course).await);
    // Whoever wants no quiz puts its settings back.
    let settings = QuizSettings::default();
    officer.call(saving(QuizDraft { settings, ..emptied })).await.unwrap();
    assert!(!lacks_questions(&officer, course).await);
});

scene!(learners_are_asked_what_was_published_whatever_is_written_since, |world| async move {
    let (course, quiz) = published(&world, QuizSettings::default()).await;
    let (ming, officer) = (world.person("wangxiuying").await, world.person("zhengming").await);
    let draft = officer.call(ShowQuizDraft { course }).await.unwrap();
    let settings =
        QuizSettings { title: "新的测验".into(), pass_mark: 10, ..draft.settings.clone() };
    let mut questions = draft.questions.clone();
    questions.truncate(1);
    questions[0].stem = "还没发布的题".into();
    officer.call(saving(QuizDraft { settings, questions, ..draft })).await.unwrap();
    let shown = ming.call(ShowQuiz { quiz }).await.unwrap();
    assert_eq!((&*shown.title, shown.pass_mark, shown.questions), ("课后测验", 80, 3));
    let attempt = start(&ming, quiz).await;
    assert_eq!((attempt.items.len(), &*attempt.title), (3, "课后测验"));
    ming.call(submit(&attempt, vec![])).await.unwrap();

    publish(&world, course).await;
    let shown = ming.call(ShowQuiz { quiz }).await.unwrap();
    assert_eq!((&*shown.title, shown.pass_mark, shown.questions), ("新的测验", 10, 1));
    assert_eq!(shown.attempts_used, 1, "attempts at what it was before count");
    let result = ming.call(ShowResult { attempt: attempt.id }).await.unwrap();
    assert_eq!(result.revision, Some(1), "the result says of what");
    assert_eq!(start(&ming, quiz).await.items[0].stem, "还没发布的题");
    let records = ming.call(ShowAchievements {}).await.unwrap().results;
    assert_eq!(records[0].title, "保洁安全 · 课后测验", "as it was called then");

    let draft = officer.call(ShowQuizDraft { course }).await.unwrap();
    let settings = QuizSettings::default();
    officer.call(saving(QuizDraft { settings, questions: vec![], ..draft })).await.unwrap();
    assert!(ming.call(ShowCourse { course }).await.unwrap().quiz.is_some());
    publish(&world, course).await;
    assert_eq!(ming.call(ShowCourse { course }).await.unwrap().quiz, None);
    assert_eq!(ming.call(ShowQuiz { quiz }).await.unwrap_err().code, Code::NotFound);
});

scene!(learners_and_instructors_write_no_quizzes, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    let draft = world.person("zhengming").await.call(ShowQuizDraft { course }).await.unwrap();
    for key in ["wangxiuying", "liuqiang", "wufang"] {
        let person = world.person(key).await;
        let refused = person.call(ShowQuizDraft { course }).await.unwrap_err();
        assert_eq!(refused.code, Code::NotAllowed);
        let refused = person.call(saving(draft.clone())).await.unwrap_err();
        assert_eq!(refused.code, Code::NotAllowed);
    }
});
