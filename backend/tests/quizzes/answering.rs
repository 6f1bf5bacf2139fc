//! Saving answers, and going on with them on another device.

use futures_util::future::join_all;
use rand::seq::SliceRandom;
use shared::{problem::Code, quizzes::*};
use uuid::Uuid;

use crate::prepared::*;

scene!(a_saved_answer_is_there_when_the_attempt_is_opened_again, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await;
    let saved = ming.call(save(&attempt, all_right(&attempt, 7))).await.unwrap();
    let seqs: Vec<_> = saved.saved.iter().map(|it| (it.position, it.client_seq)).collect();
    assert_eq!(seqs, [(1, 7), (2, 7), (3, 7)]);
    assert_eq!(saved.deadline_at, attempt.deadline_at);
    let again = start(&ming, quiz).await;
    for item in &again.items {
        let (mut chosen, mut wanted) = (item.chosen.clone(), right(item));
        chosen.sort();
        wanted.sort();
        assert_eq!((chosen, item.client_seq), (wanted, 7));
    }
});

scene!(an_older_answer_never_replaces_a_newer_one, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await;
    let single = item(&attempt, QuestionKind::Single);
    let newer = answer(single, pick(single, &["丙"]), 9);
    ming.call(save(&attempt, vec![newer.clone()])).await.unwrap();
    for old in [answer(single, pick(single, &["甲"]), 8), answer(single, pick(single, &["乙"]), 9)]
    {
        let saved = ming.call(save(&attempt, vec![old])).await.unwrap();
        assert_eq!(saved.saved, [SavedAnswer { position: single.position, client_seq: 9 }]);
    }
    let shown = ming.call(ShowAttempt { attempt: attempt.id }).await.unwrap();
    assert_eq!(item(&shown, QuestionKind::Single).chosen, newer.chosen);
});

scene!(the_highest_number_wins_in_whatever_order_saves_arrive, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await;
    for round in 0..12_i64 {
        let mut numbers: Vec<i64> = (round * 10 + 1..=round * 10 + 10).collect();
        numbers.shuffle(&mut rand::rng());
        // Both questions in one message, in an order of their own: two messages that lock them in
        // different orders must not lock each other out.
        let message = |&number: &i64| {
            let options = ["甲", "乙", "丙", "丁"];
            let text = options[usize::try_from(number).unwrap() % 4];
            let of = |kind| {
                let item = item(&attempt, kind);
                answer(item, pick(item, &[text]), number)
            };
            let mut answers = vec![of(QuestionKind::Single), of(QuestionKind::Multiple)];
            answers.shuffle(&mut rand::rng());
            (save(&attempt, answers), text)
        };
        let messages: Vec<_> = numbers.iter().map(message).collect();
        let last = *numbers.iter().max().unwrap();
        let text = messages[numbers.iter().position(|it| *it == last).unwrap()].1;
        let saves = messages.into_iter().map(|(message, _)| ming.call(message));
        for saved in join_all(saves).await {
            saved.unwrap();
        }
        let shown = ming.call(ShowAttempt { attempt: attempt.id }).await.unwrap();
        for kind in [QuestionKind::Single, QuestionKind::Multiple] {
            let item = item(&shown, kind);
            assert_eq!((item.client_seq, &item.chosen), (last, &pick(item, &[text])));
        }
    }
});

scene!(of_two_answers_to_one_question_in_one_message_the_newer_counts, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await;
    let single = item(&attempt, QuestionKind::Single);
    let both = [("丁", 5), ("甲", 3)].map(|(text, seq)| answer(single, pick(single, &[text]), seq));
    let saved = ming.call(save(&attempt, both.to_vec())).await.unwrap();
    assert_eq!(saved.saved, [SavedAnswer { position: single.position, client_seq: 5 }]);
});

scene!(an_answer_can_be_taken_back, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await;
    let single = item(&attempt, QuestionKind::Single);
    for (chosen, seq) in [(right(single), 1), (vec![], 2)] {
        ming.call(save(&attempt, vec![answer(single, chosen, seq)])).await.unwrap();
    }
    let shown = ming.call(ShowAttempt { attempt: attempt.id }).await.unwrap();
    assert!(item(&shown, QuestionKind::Single).chosen.is_empty());
});

scene!(what_was_not_asked_or_offered_is_refused_field_by_field, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await;
    let single = item(&attempt, QuestionKind::Single);
    let multiple = item(&attempt, QuestionKind::Multiple);
    let good = || answer(single, right(single), 1);
    let no_such = Answer { position: 99, ..good() };
    let other_question = Answer { chosen: right(multiple), ..good() };
    let two = Answer { chosen: pick(single, &["甲", "乙"]), ..good() };
    let invented = Answer { chosen: vec!["AAAAAAAAAA".into()], ..good() };
    let zero = Answer { client_seq: 0, ..good() };
    let huge = Answer { client_seq: i64::MAX, ..good() };
    for (wrong, field) in [
        (no_such, "answers[1].position"),
        (other_question, "answers[1].chosen"),
        (two, "answers[1].chosen"),
        (invented, "answers[1].chosen"),
        (zero, "answers[1].client_seq"),
        (huge, "answers[1].client_seq"),
    ] {
        let refused = ming.call(save(&attempt, vec![good(), wrong])).await.unwrap_err();
        assert_eq!(refused.code, Code::InvalidRequest);
        let fields: Vec<_> = refused.fields.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, [field]);
    }
    for count in [0, 51] {
        let refused = ming.call(save(&attempt, vec![good(); count])).await.unwrap_err();
        assert_eq!((refused.code, &*refused.fields[0].field), (Code::InvalidRequest, "answers"));
    }
    assert_eq!(rows(&world, "answers").await, 0, "nothing of a refused message is kept");
});

scene!(an_attempt_exists_for_its_learner_only, |world| async move {
    let quiz = quiz(&world).await;
    let attempt = start(&world.person("wangxiuying").await, quiz).await;
    for key in ["lijianguo", "zhengming"] {
        let other = world.person(key).await;
        let id = attempt.id;
        let answers = all_right(&attempt, 1);
        let refused = [
            other.call(ShowAttempt { attempt: id }).await.unwrap_err(),
            other.call(TakeOverAttempt { attempt: id, device: device(2) }).await.unwrap_err(),
            other.call(save(&attempt, answers.clone())).await.unwrap_err(),
            other.call(submit(&attempt, answers)).await.unwrap_err(),
            other.call(ShowResult { attempt: id }).await.unwrap_err(),
        ];
        assert!(refused.iter().all(|it| it.code == Code::NotFound), "{refused:?}");
        let unknown = ShowAttempt { attempt: AttemptId(Uuid::now_v7()) };
        assert_eq!(other.call(unknown).await.unwrap_err().title, refused[0].title);
    }
    assert_eq!((rows(&world, "answers").await, rows(&world, "results").await), (0, 0));
});

scene!(the_device_that_took_over_writes_and_the_other_is_told, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let old = start(&ming, quiz).await;
    ming.call(save(&old, all_right(&old, 1))).await.unwrap();
    let take = || TakeOverAttempt { attempt: old.id, device: device(2) };
    let new = ming.call(take()).await.unwrap();
    assert_eq!((new.writer_epoch, new.writer), (2, Some(device(2))));
    assert!(new.items.iter().all(|it| it.client_seq == 1), "what was saved came along");
    assert_eq!(ming.call(take()).await.unwrap().writer_epoch, 2, "asking again changes nothing");

    let refused = ming.call(save(&old, all_right(&old, 5))).await.unwrap_err();
    assert_eq!(refused.code, Code::AttemptElsewhere);
    let refused = ming.call(submit(&old, all_right(&old, 5))).await.unwrap_err();
    assert_eq!(refused.code, Code::AttemptElsewhere);
    let saved = ming.call(save(&new, all_right(&new, 2))).await.unwrap();
    assert!(saved.saved.iter().all(|it| it.client_seq == 2), "nothing of the old device got in");
    ming.call(submit(&new, vec![])).await.unwrap();
});

scene!(two_devices_that_take_over_at_once_never_share_a_number, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await.id;
    let taking = (2..8).map(|it| ming.call(TakeOverAttempt { attempt, device: device(it) }));
    for taken in join_all(taking).await {
        taken.unwrap();
    }
    let shown = ming.call(ShowAttempt { attempt }).await.unwrap();
    assert_eq!(shown.writer_epoch, 7);
});
