//! Never more people than seats, each person once.

use backend::accounts::{Reach, people};
use futures_util::future::join_all;
use shared::{accounts::PersonId, authoring::*, problem::Code, training::*};

use crate::{
    scene::{Person, World},
    stage::*,
};

/// Everybody on the roster, signed in.
async fn everybody(world: &World) -> Vec<Person<'_>> {
    let roster = people::list(world.app.db.read(), &Reach::everything(), None).await.unwrap();
    join_all(roster.into_iter().map(|it| Person::signed_in(world, it.id))).await
}

async fn listed(world: &World, session: TrainingSessionId) -> Vec<PersonId> {
    let attendance = world.person("wufang").await.call(ShowAttendance { session }).await.unwrap();
    attendance.people.into_iter().map(|it| it.person).collect()
}

async fn taken(world: &World, session: TrainingSessionId) -> i32 {
    let shown = world.person("wufang").await.call(ShowTrainingSession { session }).await.unwrap();
    shown.card.taken
}

scene!(sixty_who_enrol_at_once_fill_five_seats_and_no_more, |world| async move {
    let session = planned(&world, SessionDetails { seats: 5, ..details(&world).await }).await;
    let people = everybody(&world).await;
    // Some are impatient and press twice.
    let calls = people
        .iter()
        .cycle()
        .take(60)
        .map(async |person| (person.id.unwrap(), person.call(Enroll { session }).await));
    let mut let_in = Vec::new();
    for (person, answer) in join_all(calls).await {
        match answer {
            Ok(card) => {
                assert!(card.enrolled && card.taken <= 5);
                let_in.push(person);
            }
            Err(refused) => assert_eq!(refused.code, Code::SessionFull),
        }
    }
    let_in.sort_unstable();
    let_in.dedup();
    let mut listed = listed(&world, session).await;
    listed.sort_unstable();
    assert_eq!((let_in.len(), &let_in), (5, &listed));
    assert_eq!(taken(&world, session).await, 5);
});

scene!(seats_taken_are_the_people_enrolled_whatever_comes_at_once, |world| async move {
    let session = planned(&world, SessionDetails { seats: 8, ..details(&world).await }).await;
    let people = everybody(&world).await;
    for round in 0..3_usize {
        let calls = people.iter().enumerate().map(async |(n, person)| {
            let leaves = (n + round) % 3 == 0;
            if leaves {
                person.call(CancelEnrollment { session }).await.map(drop)
            } else {
                person.call(Enroll { session }).await.map(drop)
            }
        });
        for refused in join_all(calls).await.into_iter().filter_map(Result::err) {
            assert_eq!(refused.code, Code::SessionFull);
        }
        let (taken, listed) = (taken(&world, session).await, listed(&world, session).await);
        assert_eq!(usize::try_from(taken).unwrap(), listed.len());
        assert!(taken <= 8);
    }
});

scene!(enrolling_twice_takes_one_seat_and_leaving_twice_gives_one_back, |world| async move {
    let session = open_session(&world).await;
    let (ming, mei) = (world.person("wangxiuying").await, world.person("chenmei").await);
    mei.call(Enroll { session }).await.unwrap();
    let once = ming.call(Enroll { session }).await.unwrap();
    let again = ming.call(Enroll { session }).await.unwrap();
    assert_eq!((once.enrolled, once.taken), (true, 2));
    assert_eq!(once, again);
    let left = ming.call(CancelEnrollment { session }).await.unwrap();
    let left_again = ming.call(CancelEnrollment { session }).await.unwrap();
    assert_eq!((left.enrolled, left.taken), (false, 1));
    assert_eq!(left, left_again);
});

scene!(a_seat_that_is_given_back_can_be_taken, |world| async move {
    let session = planned(&world, SessionDetails { seats: 1, ..details(&world).await }).await;
    let (ming, mei) = (world.person("wangxiuying").await, world.person("chenmei").await);
    ming.call(Enroll { session }).await.unwrap();
    assert_eq!(mei.call(Enroll { session }).await.unwrap_err().code, Code::SessionFull);
    ming.call(CancelEnrollment { session }).await.unwrap();
    assert!(mei.call(Enroll { session }).await.unwrap().enrolled);
});

scene!(people_enrol_until_the_session_ends_and_not_after, |world| async move {
    let session = open_session(&world).await;
    let (ming, mei) = (world.person("wangxiuying").await, world.person("chenmei").await);
    move_by(&world, session, -109).await;
    ming.call(Enroll { session }).await.unwrap();
    move_by(&world, session, -2).await;
    assert_eq!(mei.call(Enroll { session }).await.unwrap_err().code, Code::SessionOver);
    let refused = ming.call(CancelEnrollment { session }).await.unwrap_err();
    assert_eq!(refused.code, Code::SessionOver);
});

scene!(nobody_enrols_in_a_cancelled_session, |world| async move {
    let session = open_session(&world).await;
    world.person("zhengming").await.call(CancelTrainingSession { session }).await.unwrap();
    let refused = world.person("chenmei").await.call(Enroll { session }).await.unwrap_err();
    assert_eq!(refused.code, Code::SessionOver);
});

scene!(whoever_is_checked_in_keeps_their_seat, |world| async move {
    let session = enrolled_session(&world).await;
    let ming = world.person("wangxiuying").await;
    check_in(&world, &ming, session).await;
    let refused = ming.call(CancelEnrollment { session }).await.unwrap_err();
    assert_eq!(fields(&refused), ["session"]);
    assert_eq!(taken(&world, session).await, 1);
});

scene!(enrolling_needs_a_session_and_a_sign_in, |world| async move {
    let (ming, session) = (world.person("wangxiuying").await, unknown());
    assert_eq!(ming.call(Enroll { session }).await.unwrap_err().code, Code::NotFound);
    assert_eq!(ming.call(CancelEnrollment { session }).await.unwrap_err().code, Code::NotFound);
    let session = open_session(&world).await;
    let refused = world.stranger().call(Enroll { session }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotSignedIn);
    let refused = world.stranger().call(CancelEnrollment { session }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotSignedIn);
    let target = "/api/training-sessions/no-id/enrollment";
    let (status, problem) = ming.raw("PUT", target, Some("{}".into())).await;
    assert_eq!((status, problem["fields"][0]["field"].as_str()), (422, Some("session")));
});
