//! Starting an attempt.

use std::collections::HashSet;

use chrono::TimeDelta;
use futures_util::future::join_all;
use shared::{authoring::*, problem::Code, quizzes::*};
use uuid::Uuid;

use crate::prepared::*;

scene!(an_attempt_starts_with_every_question_and_its_end, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await;
    assert_eq!(attempt.state, AttemptState::InProgress);
    assert_eq!(attempt.deadline_at - attempt.started_at, TimeDelta::minutes(15));
    assert_eq!((attempt.writer_epoch, attempt.writer), (1, Some(device(1))));
    let kinds: HashSet<_> = attempt.items.iter().map(|it| it.kind).collect();
    assert_eq!(kinds.len(), 3);
    assert!(attempt.items.iter().all(|it| it.chosen.is_empty() && it.client_seq == 0));
    let shown = ming.call(ShowAttempt { attempt: attempt.id }).await.unwrap();
    assert_eq!(Attempt { now: attempt.now, ..shown }, attempt);
});

scene!(starting_twenty_times_at_once_gives_one_attempt, |world| async move {
    let quiz = quiz(&world).await;
    for key in ["wangxiuying", "lijianguo", "chenmei"] {
        let person = world.person(key).await;
        let starts = (0..20).map(|_| person.call(StartAttempt { quiz, device: None }));
        let started: HashSet<_> =
            join_all(starts).await.into_iter().map(|it| it.unwrap().id).collect();
        assert_eq!(started.len(), 1);
    }
    assert_eq!(rows(&world, "attempts").await, 3);
    assert_eq!(rows(&world, "attempt_items").await, 9);
});

scene!(the_limit_of_attempts_holds_against_starts_at_once, |world| async move {
    let settings = QuizSettings { attempts: 2, ..QuizSettings::default() };
    let quiz = published(&world, settings).await.1;
    let ming = world.person("wangxiuying").await;
    for number in 1..=2 {
        let attempt = start(&ming, quiz).await;
        ming.call(submit(&attempt, vec![])).await.unwrap();
        let shown = ming.call(ShowQuiz { quiz }).await.unwrap();
        assert_eq!((shown.attempts_used, shown.past.len()), (number, number as usize));
    }
    let starts = join_all((0..5).map(|_| ming.call(StartAttempt { quiz, device: None }))).await;
    assert!(starts.into_iter().all(|it| it.unwrap_err().code == Code::AttemptLimit));
    start(&world.person("chenmei").await, quiz).await;
});

scene!(an_attempt_whose_time_ran_out_makes_room_for_the_next, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let first = start(&ming, quiz).await;
    let_time_run_out(&world).await;
    let second = start(&ming, quiz).await;
    assert_ne!(first.id, second.id);
    let result = ming.call(ShowResult { attempt: first.id }).await.unwrap();
    assert_eq!((result.reason, result.attempts_left), (SubmitReason::Timeout, 1));
});

scene!(the_quiz_of_an_unpublished_course_does_not_exist_for_learners, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    let quiz = quiz_of(&world, course).await;
    let ming = world.person("wangxiuying").await;
    assert_eq!(ming.call(ShowQuiz { quiz }).await.unwrap_err().code, Code::NotFound);
    let start = StartAttempt { quiz, device: None };
    assert_eq!(ming.call(start).await.unwrap_err().code, Code::NotFound);
    let start = StartAttempt { quiz: QuizId(Uuid::now_v7()), device: None };
    assert_eq!(ming.call(start).await.unwrap_err().code, Code::NotFound);
});

scene!(nobody_starts_before_the_opening_or_after_the_end, |world| async move {
    let (course, quiz) = published(&world, QuizSettings::default()).await;
    let (ming, officer) = (world.person("wangxiuying").await, world.person("zhengming").await);
    let now = world.app.clock.now(world.app.db.read()).await.unwrap();
    let hour = TimeDelta::hours(1);
    for (opens_at, closes_at) in [(Some(now + hour), None), (None, Some(now - hour))] {
        let draft = officer.call(ShowQuizDraft { course }).await.unwrap();
        let QuizDraft { version, settings, questions, .. } = draft;
        let settings = QuizSettings { opens_at, closes_at, ..settings };
        officer.call(SaveQuizDraft { course, version, settings, questions }).await.unwrap();
        publish(&world, course).await;
        let refused = ming.call(StartAttempt { quiz, device: None }).await.unwrap_err();
        assert_eq!(refused.code, Code::QuizClosed);
        assert!(refused.detail.is_some(), "it says when");
        let shown = ming.call(ShowQuiz { quiz }).await.unwrap();
        let times = [(shown.opens_at, opens_at), (shown.closes_at, closes_at)];
        // PostgreSQL keeps microseconds.
        let off = times.map(|(shown, set)| shown.zip(set).map(|(a, b)| (a - b).num_milliseconds()));
        assert_eq!(off, [opens_at, closes_at].map(|it| it.map(|_| 0)), "and the quiz shows it");
    }
});

scene!(no_attempt_outlasts_the_quiz, |world| async move {
    let now = world.app.clock.now(world.app.db.read()).await.unwrap();
    let closes_at = now + TimeDelta::minutes(5);
    let settings = QuizSettings { closes_at: Some(closes_at), ..QuizSettings::default() };
    let quiz = published(&world, settings).await.1;
    let attempt = start(&world.person("wangxiuying").await, quiz).await;
    // PostgreSQL keeps microseconds.
    let off = attempt.deadline_at - closes_at;
    assert!(off.abs() <= TimeDelta::microseconds(1), "{off}");
});

scene!(a_quiz_without_questions_cannot_be_started, |world| async move {
    let quiz = quiz(&world).await;
    world.sql("DELETE FROM quiz_revision_questions").await;
    let ming = world.person("wangxiuying").await;
    let refused = ming.call(StartAttempt { quiz, device: None }).await.unwrap_err();
    assert_eq!(refused.code, Code::QuizClosed);
});

scene!(option_names_differ_between_two_people, |world| async move {
    let quiz = quiz(&world).await;
    let mut names = HashSet::new();
    for key in ["wangxiuying", "chenmei"] {
        let attempt = start(&world.person(key).await, quiz).await;
        for option in attempt.items.iter().flat_map(|it| &it.options) {
            assert!(names.insert(option.handle.clone()), "{} twice", option.handle);
        }
    }
    assert_eq!(names.len(), 20);
});

scene!(strangers_are_sent_to_sign_in, |world| async move {
    let quiz = quiz(&world).await;
    let refused = world.stranger().call(StartAttempt { quiz, device: None }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotSignedIn);
});
