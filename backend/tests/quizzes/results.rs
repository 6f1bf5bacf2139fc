//! Results, and when the explanations are released.

use chrono::TimeDelta;
use serde_json::Value;
use shared::{authoring::*, problem::Code, quizzes::*};

use crate::{
    prepared::*,
    scene::{Person, World},
};

/// Takes the quiz with every answer right or none given.
async fn take(person: &Person<'_>, quiz: QuizId, well: bool) -> AttemptId {
    let attempt = start(person, quiz).await;
    let answers = if well { all_right(&attempt, 1) } else { vec![] };
    person.call(submit(&attempt, answers)).await.unwrap();
    attempt.id
}

async fn with(world: &World, release: ReleasePolicy) -> QuizId {
    let now = world.app.clock.now(world.app.db.read()).await.unwrap();
    let closes_at = Some(now + TimeDelta::hours(2));
    let settings = QuizSettings { release, attempts: 2, closes_at, ..QuizSettings::default() };
    published(world, settings).await.1
}

async fn released(person: &Person<'_>, attempt: AttemptId) -> bool {
    let result = person.call(ShowResult { attempt }).await.unwrap();
    assert_eq!(result.release_note.is_some(), result.review.is_empty(), "{result:?}");
    result.release_note.is_none()
}

scene!(the_review_shows_the_options_as_the_learner_saw_them, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await;
    let multiple = item(&attempt, QuestionKind::Multiple);
    let half = answer(multiple, pick(multiple, &["甲", "乙"]), 1);
    ming.call(submit(&attempt, vec![half])).await.unwrap();
    let result = ming.call(ShowResult { attempt: attempt.id }).await.unwrap();
    assert_eq!((result.score, result.correct, result.passed), (0, 0, false));
    assert_eq!((result.attempts_left, result.pass_mark), (2, 80));
    for (asked, reviewed) in attempt.items.iter().zip(&result.review) {
        assert_eq!((asked.position, &asked.stem), (reviewed.position, &reviewed.stem));
        let shown = asked.options.iter().map(|it| &it.text);
        assert!(shown.eq(reviewed.options.iter().map(|it| &it.text)));
        assert!(reviewed.explanation.contains("金丝雀") && !reviewed.right);
        let correct: Vec<_> =
            reviewed.options.iter().filter(|it| it.correct).map(|it| it.text.as_str()).collect();
        assert_eq!(pick(asked, &correct), right(asked));
    }
    let reviewed = &result.review[usize::try_from(multiple.position).unwrap() - 1];
    let chosen = reviewed.options.iter().filter(|it| it.chosen).count();
    assert_eq!(chosen, 2);
});

scene!(after_submission_the_explanations_are_there_at_once, |world| async move {
    let quiz = with(&world, ReleasePolicy::AfterSubmission).await;
    let ming = world.person("wangxiuying").await;
    let attempt = take(&ming, quiz, false).await;
    assert!(released(&ming, attempt).await);
});

scene!(after_the_last_attempt_means_passed_or_used_up, |world| async move {
    let quiz = with(&world, ReleasePolicy::AfterLastAttempt).await;
    let ming = world.person("wangxiuying").await;
    let first = take(&ming, quiz, false).await;
    assert!(!released(&ming, first).await);
    let second = start(&ming, quiz).await;
    assert!(!released(&ming, first).await, "an attempt is still running");
    ming.call(submit(&second, vec![])).await.unwrap();
    assert!(released(&ming, first).await && released(&ming, second.id).await);

    let mei = world.person("chenmei").await;
    let passed = take(&mei, quiz, true).await;
    assert!(released(&mei, passed).await);
});

scene!(after_the_close_means_after_everybody, |world| async move {
    let quiz = with(&world, ReleasePolicy::AfterClose).await;
    let (ming, mei) = (world.person("wangxiuying").await, world.person("chenmei").await);
    let attempt = take(&ming, quiz, true).await;
    let running = start(&mei, quiz).await;
    assert!(!released(&ming, attempt).await);
    world.sql(&format!("UPDATE quiz_revisions SET closes_at = '{LONG_AGO}'")).await;
    assert!(!released(&ming, attempt).await, "somebody began before the end was moved");
    mei.call(submit(&running, vec![])).await.unwrap();
    assert!(released(&ming, attempt).await);
});

/// Whether a text of a key, or a field that only a key has, is in an answer.
fn tells(answer: &Value) -> bool {
    let text = answer.to_string();
    ["金丝雀", "\"explanation\"", "\"correct\":true", "\"correct\":false", "\"right\""]
        .iter()
        .any(|it| text.contains(it))
}

scene!(nothing_of_a_key_reaches_a_learner_before_its_release, |world| async move {
    let quiz = with(&world, ReleasePolicy::AfterClose).await;
    let course = world.person("zhengming").await;
    let managed = course.call(ListManagedCourses::default()).await.unwrap().items[0].id;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await;
    let id = attempt.id;
    ming.call(save(&attempt, all_right(&attempt, 1))).await.unwrap();
    let mut paths = vec![
        format!("/api/quizzes/{quiz}"),
        format!("/api/attempts/{id}"),
        format!("/api/attempts/{id}/result"),
        format!("/api/courses/{managed}"),
        "/api/courses".into(),
        "/api/today".into(),
        "/api/me/achievements".into(),
    ];
    for running in [true, false] {
        for path in &paths {
            let (status, answer) = ming.raw("GET", path, None).await;
            assert!(!tells(&answer), "{path}: {answer}");
            assert_ne!(status, 500, "{path}");
        }
        if running {
            ming.call(submit(&attempt, vec![])).await.unwrap();
        }
    }
    paths.truncate(3);
    let draft = format!("/api/console/courses/{managed}/quiz");
    let (status, answer) = ming.raw("GET", &draft, None).await;
    assert_eq!((status, tells(&answer)), (403, false));
    let (_, told) = world.person("zhengming").await.raw("GET", &draft, None).await;
    assert!(tells(&told), "the scene would notice a key");
});

scene!(right_and_wrong_answers_are_acknowledged_alike, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await;
    let single = item(&attempt, QuestionKind::Single);
    let mut kept = Vec::new();
    for (text, seq) in [("乙", 1), ("甲", 2)] {
        let saved = ming.call(save(&attempt, vec![answer(single, pick(single, &[text]), seq)]));
        let saved = saved.await.unwrap();
        kept.push((saved.saved[0].position, saved.saved.len(), saved.deadline_at));
    }
    assert_eq!(kept[0], kept[1]);
});

scene!(a_running_attempt_has_no_result, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await.id;
    let refused = ming.call(ShowResult { attempt }).await.unwrap_err();
    assert_eq!(refused.code, Code::AttemptUnfinished);
});

scene!(the_pass_mark_is_that_of_the_start, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await;
    world.sql("UPDATE quiz_revisions SET pass_mark = 30").await;
    let single = item(&attempt, QuestionKind::Single);
    ming.call(submit(&attempt, vec![answer(single, right(single), 1)])).await.unwrap();
    let result = ming.call(ShowResult { attempt: attempt.id }).await.unwrap();
    assert_eq!((result.score, result.pass_mark, result.passed), (33, 80, false));
});
