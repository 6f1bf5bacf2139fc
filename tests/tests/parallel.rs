//! What happens once happens once, however many ask for it at the same moment.

use anyhow::{Context, Result};
use futures_util::future::{join_all, try_join_all};
use shared::{
    accounts::{RefreshSignIn, ShowMe},
    courses::{ListCourses, ShowCourse},
    problem::Code,
    quizzes::{QuizId, ShowQuiz, StartAttempt},
    training::{
        BeginCheckIn, CompleteCheckIn, Enroll, ShowAttendance, ShowCheckInCode, ShowTrainingSession,
    },
};
use tests::{Installation, Person, on_every_store};
use uuid::Uuid;

on_every_store!(starting_a_quiz_twenty_times_at_once_makes_one_attempt);
on_every_store!(forty_people_who_want_five_seats_take_exactly_five);
on_every_store!(fifty_uses_of_one_refresh_token_give_one_successor);
on_every_store!(completing_one_check_in_fifty_times_checks_in_once);

async fn starting_a_quiz_twenty_times_at_once_makes_one_attempt(
    installation: Installation,
) -> Result<()> {
    let person = installation.sign_in("wangxiuying").await?;
    let quiz = any_quiz(&person).await?;
    // Whoever starts may do it from several phones at once.
    let start = |_| person.call(StartAttempt { quiz, device: Some(Uuid::new_v4()) });
    let started = try_join_all((0..20).map(start)).await?;
    let mut attempts: Vec<_> = started.iter().map(|attempt| attempt.id).collect();
    attempts.dedup();
    assert_eq!(attempts.len(), 1);
    assert!(started.iter().all(|attempt| attempt.deadline_at == started[0].deadline_at));
    let quiz = person.call(ShowQuiz { quiz }).await?;
    assert_eq!((quiz.attempts_used, quiz.running), (1, Some(attempts[0])));
    Ok(())
}

async fn any_quiz(person: &Person) -> Result<QuizId> {
    let courses = person.call(ListCourses::default()).await?.items;
    let course = courses.first().context("the demo has no course")?.id;
    Ok(person.call(ShowCourse { course }).await?.quiz.context("a course without a quiz")?.id)
}

async fn forty_people_who_want_five_seats_take_exactly_five(
    installation: Installation,
) -> Result<()> {
    let session = installation.new_session(5).await?.id;
    let people = installation.phones.iter().filter(|key| *key != "wufang");
    let people = try_join_all(people.map(|key| installation.sign_in(key))).await?;
    assert!(people.len() >= 40, "only {} people have a phone", people.len());
    let enrol = |person: &Person| {
        let person = person.clone();
        async move { person.call(Enroll { session }).await }
    };
    let outcomes = join_all(people.iter().map(enrol)).await;
    let (enrolled, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!(enrolled.len(), 5);
    for refusal in refused {
        assert_eq!(refusal.err().and_then(|it| it.code()), Some(Code::SessionFull));
    }
    let officer = installation.officer().await?;
    assert_eq!(officer.call(ShowTrainingSession { session }).await?.card.taken, 5);
    assert_eq!(officer.call(ShowAttendance { session }).await?.people.len(), 5);
    Ok(())
}

async fn fifty_uses_of_one_refresh_token_give_one_successor(
    installation: Installation,
) -> Result<()> {
    let person = installation.sign_in("wangxiuying").await?;
    let presented = person.tokens().refresh_token.clone();
    let stranger = Person::stranger(&installation.base);
    let refresh = |token: &str| {
        let request = RefreshSignIn { refresh_token: Some(token.to_owned()) };
        stranger.call(request)
    };
    let answers = try_join_all((0..50).map(|_| refresh(&presented))).await?;
    let mut successors: Vec<_> = answers.into_iter().filter_map(|answer| answer.tokens).collect();
    assert_eq!(successors.len(), 50);
    successors.dedup_by(|one, other| one.refresh_token == other.refresh_token);
    assert_eq!(successors.len(), 1);
    assert_ne!(successors[0].refresh_token, presented);
    refresh(&successors[0].refresh_token).await?;
    assert_eq!(person.call(ShowMe {}).await?.name, "王秀英");
    Ok(())
}

async fn completing_one_check_in_fifty_times_checks_in_once(
    installation: Installation,
) -> Result<()> {
    let session = installation.new_session(30).await?.id;
    let instructor = installation.sign_in("wufang").await?;
    let learner = installation.sign_in("wangxiuying").await?;
    learner.call(Enroll { session }).await?;
    let wall = instructor.call(ShowCheckInCode { session }).await?;
    let now = wall.codes.iter().find(|code| code.from <= wall.now && wall.now < code.until);
    let code = now.context("no code for now")?.url.clone();
    let ticket = learner.call(BeginCheckIn { code }).await?.ticket;
    let complete = |_| learner.call(CompleteCheckIn { ticket: ticket.clone() });
    let answers = try_join_all((0..50).map(complete)).await?;
    let mut times: Vec<_> = answers.iter().map(|answer| answer.checked_in_at).collect();
    times.dedup();
    assert_eq!(times.len(), 1);
    assert_eq!(answers.iter().filter(|answer| !answer.repeated).count(), 1);
    let attendance = instructor.call(ShowAttendance { session }).await?;
    let present = attendance.people.iter().filter(|person| person.checked_in_at.is_some());
    assert_eq!(present.count(), 1);
    assert_eq!(instructor.call(ShowCheckInCode { session }).await?.present, 1);
    Ok(())
}
