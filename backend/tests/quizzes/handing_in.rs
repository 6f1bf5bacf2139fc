//! Handing in, in time and late, once and often.

use backend::quizzes::submit_overdue;
use chrono::TimeDelta;
use futures_util::{
    FutureExt,
    future::{LocalBoxFuture, join_all},
};
use serde_json::json;
use shared::{
    api::{Method, placeholder},
    problem::Code,
    quizzes::*,
};

use crate::{
    prepared::*,
    scene::{Person, World},
};

scene!(the_first_submission_stands, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await;
    let refused = ming.call(ShowResult { attempt: attempt.id }).await.unwrap_err();
    assert_eq!(refused.code, Code::AttemptUnfinished);

    let request = submit(&attempt, all_right(&attempt, 3));
    let first = ming.call(request.clone()).await.unwrap();
    assert_eq!((first.reason, first.late_ignored.len()), (SubmitReason::Learner, 0));
    assert_eq!(ming.call(request).await.unwrap(), first);

    let newer: Vec<_> = attempt.items.iter().map(|it| answer(it, vec![], 9)).collect();
    let again = ming.call(submit(&attempt, newer.clone())).await.unwrap();
    assert_eq!(again.submitted_at, first.submitted_at);
    assert_eq!(again.late_ignored, [1, 2, 3], "what came after the end is named");
    let refused = ming.call(save(&attempt, newer)).await.unwrap_err();
    assert_eq!(refused.code, Code::AttemptOver);
    let take = TakeOverAttempt { attempt: attempt.id, device: device(2) };
    assert_eq!(ming.call(take).await.unwrap_err().code, Code::AttemptOver);
    let result = ming.call(ShowResult { attempt: attempt.id }).await.unwrap();
    assert_eq!((result.score, result.correct, result.passed), (100, 3, true));
});

scene!(a_wrong_handle_in_a_submission_changes_nothing, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await;
    let wrong = Answer { position: 1, chosen: vec!["AAAAAAAAAA".into()], client_seq: 1 };
    let refused = ming.call(submit(&attempt, vec![wrong])).await.unwrap_err();
    assert_eq!(
        (refused.code, &*refused.fields[0].field),
        (Code::InvalidRequest, "answers[0].chosen")
    );
    let shown = ming.call(ShowAttempt { attempt: attempt.id }).await.unwrap();
    assert_eq!(shown.state, AttemptState::InProgress);
});

scene!(an_answer_up_to_five_seconds_late_counts, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await;
    end_in(&world, 0).await;
    ming.call(save(&attempt, all_right(&attempt, 1))).await.unwrap();
    let handed_in = ming.call(submit(&attempt, all_right(&attempt, 2))).await.unwrap();
    assert_eq!((handed_in.reason, handed_in.late_ignored.len()), (SubmitReason::Learner, 0));
    let result = ming.call(ShowResult { attempt: attempt.id }).await.unwrap();
    assert_eq!(result.score, 100);
});

/// What a write of the domain must answer once the time is up.
async fn write_late(person: &Person<'_>, path: &str, attempt: &Attempt) {
    let answers = json!(all_right(attempt, 5));
    let (epoch, device) = (attempt.writer_epoch, device(2));
    let body = match path {
        "/api/quizzes/{quiz}/attempts" => json!({}),
        "/api/attempts/{attempt}/writer" => json!({ "device": device }),
        "/api/attempts/{attempt}/answers" | "/api/attempts/{attempt}/submission" => {
            json!({ "writer_epoch": epoch, "answers": answers })
        }
        new => panic!("say here what {new} answers after the deadline"),
    };
    let segment = |segment| match placeholder(segment) {
        Some("quiz") => attempt.quiz.to_string(),
        Some(_) => attempt.id.to_string(),
        None => segment.to_owned(),
    };
    let target = path.split('/').map(segment).collect::<Vec<_>>().join("/");
    let method = shared::quizzes::ROUTES.iter().find(|it| it.path == path).unwrap().method;
    let (status, answer) = person.raw(method.as_str(), &target, Some(body.to_string())).await;
    match path {
        "/api/quizzes/{quiz}/attempts" => assert_ne!(answer["id"], json!(attempt.id)),
        "/api/attempts/{attempt}/submission" => {
            assert_eq!(answer["late_ignored"], json!([1, 2, 3]));
            assert_eq!(answer["reason"], "timeout");
        }
        _ => assert_eq!((status, &answer["code"]), (409, &json!("answer_late"))),
    }
}

/// Writes on every route, each with attempts of its own, six seconds and a long time too late,
/// before and after the sweeper came by.
async fn write_late_on_every_route(world: World) {
    let quiz = quiz(&world).await;
    let writes = shared::quizzes::ROUTES.iter().filter(|it| it.method != Method::GET);
    let learners = ["wangxiuying", "lijianguo", "chenmei", "zhaodeshun", "sunlihua", "zhoutao"];
    let mut tried = 0;
    for (route, learner) in writes.zip(learners) {
        let ming = world.person(learner).await;
        for (late, swept) in [(6, false), (100_000, false), (6, true)] {
            let attempt = start(&ming, quiz).await;
            end_in(&world, -late).await;
            if swept {
                submit_overdue(&world.app).await.unwrap();
            }
            write_late(&ming, route.path, &attempt).await;
            let result = ming.call(ShowResult { attempt: attempt.id }).await.unwrap();
            assert_eq!((result.score, result.reason), (0, SubmitReason::Timeout), "{}", route.path);
            tried += 1;
            world.sql("UPDATE attempts SET state = 'voided' WHERE state = 'in_progress'").await;
            world.sql("UPDATE quiz_revisions SET attempts = attempts + 2").await;
        }
    }
    assert_eq!(tried, 12, "every route was tried");
    assert_eq!(rows(&world, "answers").await, 0);
}

scene!(no_route_takes_an_answer_after_the_deadline, |world| write_late_on_every_route(world));

scene!(what_was_saved_in_time_is_graded_when_the_time_is_up, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await;
    let single = item(&attempt, QuestionKind::Single);
    ming.call(save(&attempt, vec![answer(single, right(single), 1)])).await.unwrap();
    end_in(&world, -60).await;
    assert_eq!(submit_overdue(&world.app).await.unwrap(), 1);
    assert_eq!(submit_overdue(&world.app).await.unwrap(), 0);
    let result = ming.call(ShowResult { attempt: attempt.id }).await.unwrap();
    assert_eq!((result.correct, result.questions, result.score), (1, 3, 33));
    assert_eq!((result.passed, result.reason), (false, SubmitReason::Timeout));
    let shown = ming.call(ShowAttempt { attempt: attempt.id }).await.unwrap();
    assert_eq!(result.submitted_at, shown.deadline_at, "it ended with its time");
});

scene!(the_sweeper_leaves_alone_what_can_still_be_written, |world| async move {
    let quiz = quiz(&world).await;
    start(&world.person("wangxiuying").await, quiz).await;
    end_in(&world, 0).await;
    assert_eq!(submit_overdue(&world.app).await.unwrap(), 0);
});

scene!(whoever_looks_at_an_overdue_attempt_finds_it_submitted, |world| async move {
    let quiz = quiz(&world).await;
    for (key, look) in [("wangxiuying", "attempt"), ("chenmei", "quiz"), ("lijianguo", "result")] {
        let person = world.person(key).await;
        let attempt = start(&person, quiz).await.id;
        let_time_run_out(&world).await;
        match look {
            "attempt" => {
                let shown = person.call(ShowAttempt { attempt }).await.unwrap();
                assert_eq!(shown.state, AttemptState::Submitted);
            }
            "quiz" => {
                let shown = person.call(ShowQuiz { quiz }).await.unwrap();
                assert_eq!((shown.running, shown.past.len()), (None, 1));
            }
            _ => drop(person.call(ShowResult { attempt }).await.unwrap()),
        }
    }
    assert_eq!(rows(&world, "results").await, 3);
});

/// Everything that can happen to an attempt at once; refusals are part of it, failures are not.
async fn all_at_once(world: &World, person: &Person<'_>, attempt: &Attempt) {
    let mut calls: Vec<LocalBoxFuture<Option<Code>>> = Vec::new();
    for seq in 1..=8 {
        let answers = all_right(attempt, seq);
        let (save, hand_in) = (save(attempt, answers.clone()), submit(attempt, answers));
        calls.push(person.call(save).map(|it| it.err().map(|it| it.code)).boxed_local());
        calls.push(person.call(hand_in).map(|it| it.err().map(|it| it.code)).boxed_local());
        let sweep = submit_overdue(&world.app).map(|swept| swept.err().map(|it| panic!("{it}")));
        calls.push(sweep.boxed_local());
        let look = person.call(ShowQuiz { quiz: attempt.quiz });
        calls.push(look.map(|it| it.err().map(|it| it.code)).boxed_local());
    }
    let refused: Vec<Code> = join_all(calls).await.into_iter().flatten().collect();
    let expected = [Code::AttemptOver, Code::AnswerLate];
    assert!(refused.iter().all(|it| expected.contains(it)), "{refused:?}");
}

scene!(saves_submissions_and_sweeps_at_once_give_one_result, |world| async move {
    let quiz = quiz(&world).await;
    let learners = ["wangxiuying", "lijianguo", "chenmei", "zhaodeshun", "sunlihua", "zhoutao"];
    for (index, key) in learners.into_iter().enumerate() {
        let person = world.person(key).await;
        let attempt = start(&person, quiz).await;
        let overdue = index % 2 == 1;
        if overdue {
            end_in(&world, -6).await;
        }
        all_at_once(&world, &person, &attempt).await;
        let result = person.call(ShowResult { attempt: attempt.id }).await.unwrap();
        assert_eq!(result.score, if overdue { 0 } else { 100 });
        let frozen = person.call(ShowAttempt { attempt: attempt.id }).await.unwrap();
        person.call(save(&attempt, all_right(&attempt, 99))).await.unwrap_err();
        let shown = person.call(ShowAttempt { attempt: attempt.id }).await.unwrap();
        assert_eq!(shown.items, frozen.items);
    }
    assert_eq!(rows(&world, "results").await, 6);
});

scene!(the_sweeper_submits_more_than_one_batch, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    world.sql("UPDATE quiz_revisions SET attempts = 1000").await;
    // Attempts like the first, under other ids, each of a number of its own.
    let attempt = start(&ming, quiz).await;
    ming.call(save(&attempt, all_right(&attempt, 1))).await.unwrap();
    world.sql("DROP INDEX attempts_one_running").await;
    for number in 2..=250 {
        copy_attempt(&world, number).await;
    }
    let_time_run_out(&world).await;
    let sweeps = join_all((0..3).map(|_| submit_overdue(&world.app))).await;
    let swept: u64 = sweeps.into_iter().map(|it| it.unwrap()).sum();
    assert_eq!((swept, rows(&world, "results").await), (250, 250));
    let scores = "results WHERE score = 100";
    assert_eq!(rows(&world, scores).await, 1, "each was graded by its own answers");
});

/// The first attempt again, without answers.
async fn copy_attempt(world: &World, number: i32) {
    let id = match world.app.db.backend() {
        sea_orm::DbBackend::Postgres => "gen_random_uuid()",
        _ => "randomblob(16)",
    };
    world
        .sql(&format!(
            "INSERT INTO attempts (id, quiz_id, person_id, number, state, started_at, deadline_at, \
             writer_epoch, writer, secret, pass_mark) SELECT {id}, quiz_id, person_id, {number}, \
             state, started_at, deadline_at, writer_epoch, writer, secret, pass_mark \
             FROM attempts WHERE number = 1"
        ))
        .await;
    world
        .sql(&format!(
            "INSERT INTO attempt_items (attempt_id, position, question_version_id, kind, \
             option_order) SELECT (SELECT id FROM attempts WHERE number = {number}), position, \
             question_version_id, kind, option_order FROM attempt_items WHERE attempt_id = \
             (SELECT id FROM attempts WHERE number = 1)"
        ))
        .await;
}

scene!(time_is_the_servers_and_told_with_every_answer, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await;
    let saved = ming.call(save(&attempt, all_right(&attempt, 1))).await.unwrap();
    assert!(saved.now >= attempt.now && saved.now - attempt.now < TimeDelta::minutes(1));
});
