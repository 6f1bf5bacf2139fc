//! What other parts of the product learn about quizzes.

use backend::quizzes;
use shared::{authoring::*, courses::CourseId, quizzes::*, reports::ShowCourseReport};
use uuid::Uuid;

use crate::prepared::*;

scene!(a_course_knows_its_quiz_and_who_has_passed, |world| async move {
    let (course, quiz) = published(&world, QuizSettings::default()).await;
    let (ming, mei) = (world.person("wangxiuying").await, world.person("chenmei").await);
    let db = world.app.db.read();
    let of = [course, CourseId(Uuid::now_v7())];
    assert_eq!(quizzes::question_count(db, &of).await.unwrap(), [(course, 3)].into());

    for answers in [false, true] {
        let attempt = start(&ming, quiz).await;
        let answers = if answers { all_right(&attempt, 1) } else { vec![] };
        ming.call(submit(&attempt, answers)).await.unwrap();
    }
    let attempt = start(&mei, quiz).await;
    ming.call(ShowQuiz { quiz }).await.unwrap();
    for (person, passed) in [(ming.id.unwrap(), true), (mei.id.unwrap(), false)] {
        let card = quizzes::card(db, course, person).await.unwrap().unwrap();
        assert_eq!((card.id, card.questions, card.passed), (quiz, 3, passed));
        let by = quizzes::passed_by(db, person, &of).await.unwrap();
        assert_eq!(by, [(course, passed)].into());
    }
    let best = quizzes::best_scores(db, course).await.unwrap();
    assert_eq!(best, [(ming.id.unwrap(), (100, true))].into());
    mei.call(submit(&attempt, vec![])).await.unwrap();
    let best = quizzes::best_scores(db, course).await.unwrap();
    assert_eq!(best[&mei.id.unwrap()], (0, false));
});

scene!(a_report_names_the_revision_that_the_best_paper_was_drawn_from, |world| async move {
    let (course, quiz) = published(&world, QuizSettings::default()).await;
    let (officer, ming) = (world.person("zhengming").await, world.person("wangxiuying").await);
    let drawn_from = async || {
        let report = ShowCourseReport { course, organization: None, post: None };
        officer.call(report).await.unwrap().rows[0].best_revision
    };
    let answer = async |right: bool| {
        let attempt = start(&ming, quiz).await;
        let answers = if right { all_right(&attempt, 1) } else { vec![] };
        ming.call(submit(&attempt, answers)).await.unwrap();
    };
    answer(true).await;
    assert_eq!(drawn_from().await, Some(1));
    let QuizDraft { version, settings, questions, .. } =
        officer.call(ShowQuizDraft { course }).await.unwrap();
    let settings = QuizSettings { attempts: 9, ..settings };
    officer.call(SaveQuizDraft { course, version, settings, questions }).await.unwrap();
    publish(&world, course).await;
    answer(false).await;
    assert_eq!(drawn_from().await, Some(1), "the best one is still the first");
    answer(true).await;
    assert_eq!(drawn_from().await, Some(2), "as good, and newer");
});

scene!(a_quiz_without_questions_is_no_quiz, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    let officer = world.person("zhengming").await;
    let settings = QuizSettings::default();
    officer.call(SaveQuizDraft { course, version: 1, settings, questions: vec![] }).await.unwrap();
    let (db, ming) = (world.app.db.read(), world.cast.id("wangxiuying"));
    assert_eq!(quizzes::card(db, course, ming).await.unwrap(), None);
    assert!(quizzes::passed_by(db, ming, &[course]).await.unwrap().is_empty());
    assert!(quizzes::question_count(db, &[course]).await.unwrap().is_empty());
});

scene!(a_learner_finds_the_running_attempt_and_the_past_ones, |world| async move {
    let quiz = quiz(&world).await;
    let ming = world.person("wangxiuying").await;
    let (db, id) = (world.app.db.read(), ming.id.unwrap());
    let now = || world.app.clock.process_now();
    assert_eq!(quizzes::running_attempt(db, id, now()).await.unwrap(), None);
    let first = start(&ming, quiz).await;
    let running = quizzes::running_attempt(db, id, now()).await.unwrap().unwrap();
    assert_eq!((running.attempt, running.deadline_at), (first.id, first.deadline_at));
    assert_eq!(running.title, "保洁安全 · 课后测验");
    ming.call(submit(&first, vec![])).await.unwrap();
    assert_eq!(quizzes::running_attempt(db, id, now()).await.unwrap(), None);

    let second = start(&ming, quiz).await;
    assert_eq!(quizzes::records(db, id).await.unwrap().len(), 1);
    ming.call(submit(&second, all_right(&second, 1))).await.unwrap();
    let records = quizzes::records(db, id).await.unwrap();
    let told: Vec<_> = records.iter().map(|it| (it.attempt, it.score, it.passed)).collect();
    assert_eq!(told, [(second.id, 100, true), (first.id, 0, false)]);
    let shown = ming.call(ShowQuiz { quiz }).await.unwrap();
    assert_eq!((shown.past[0].attempt, shown.past[0].score), (second.id, 100));
    assert_eq!((shown.questions, &*shown.course_title), (3, "保洁安全"));
});
