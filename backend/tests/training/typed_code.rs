//! The six digits below the code, for broken cameras.

use backend::accounts::{Reach, people};
use shared::{authoring::*, problem::Code, training::*};

use crate::{
    scene::{Person, World},
    stage::*,
};

fn typed(digits: &str) -> BeginCheckIn {
    BeginCheckIn { code: digits.into() }
}

/// Six digits that are on no wall now.
async fn wrong_digits(world: &World, session: TrainingSessionId) -> String {
    let screen = world.person("wufang").await.call(ShowCheckInCode { session }).await.unwrap();
    let shown: Vec<_> = screen.codes.into_iter().map(|it| it.digits).collect();
    // The ones of the last minute are unknown here, but as good as never among these.
    (0..100).map(|n| format!("{n:06}")).find(|it| !shown.contains(it)).unwrap()
}

scene!(digits_check_in_however_they_are_typed, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.person("wangxiuying").await);
    let digits = wall(&world, session).await.digits;
    let wide: String =
        digits.chars().map(|it| char::from_u32(u32::from(it) - 0x30 + 0xFF10).unwrap()).collect();
    let spaced = format!(" {}\u{3000}{} ", &digits[..3], &digits[3..]);
    for code in [digits, wide, spaced] {
        let ticket = ming.call(BeginCheckIn { code }).await.unwrap();
        assert_eq!(ticket.session, session);
        ming.call(complete(&ticket)).await.unwrap();
    }
    let seen = attendee(&world, session, ming.id.unwrap()).await.unwrap();
    assert_eq!(seen.method, Some(CheckInMethod::TypedCode));
});

scene!(digits_belong_to_one_of_the_sessions_the_person_is_enrolled_in, |world| async move {
    let (one, other) = (enrolled_session(&world).await, enrolled_session(&world).await);
    let foreign = open_session(&world).await;
    let ming = world.person("wangxiuying").await;
    for session in [one, other] {
        let digits = wall(&world, session).await.digits;
        assert_eq!(ming.call(typed(&digits)).await.unwrap().session, session);
    }
    let digits = wall(&world, foreign).await.digits;
    assert_eq!(ming.call(typed(&digits)).await.unwrap_err().code, Code::CheckInCodeWrong);
});

scene!(after_five_tries_only_the_instructor_helps, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.person("wangxiuying").await);
    let wrong = wrong_digits(&world, session).await;
    for _ in 0..5 {
        let refused = ming.call(typed(&wrong)).await.unwrap_err();
        assert_eq!(refused.code, Code::CheckInCodeWrong);
    }
    let right = wall(&world, session).await.digits;
    let refused = ming.call(typed(&right)).await.unwrap_err();
    assert_eq!(refused.code, Code::TooManyTries);
    assert!(refused.sentence().contains("讲师"));
    // Scanning is no guessing.
    assert!(begin(&world, &ming, session).await.is_ok());
});

scene!(many_who_guess_together_are_stopped_and_disturb_no_other_session, |world| async move {
    let session = planned(&world, SessionDetails { seats: 100, ..details(&world).await }).await;
    let wrong = wrong_digits(&world, session).await;
    let roster = people::list(world.app.db.read(), &Reach::everything(), None).await.unwrap();
    assert!(roster.len() * 5 > 200);
    let mut stopped = 0;
    for person in roster {
        let person = Person::signed_in(&world, person.id).await;
        person.call(Enroll { session }).await.unwrap();
        for _ in 0..5 {
            match person.call(typed(&wrong)).await.unwrap_err().code {
                Code::TooManyTries => stopped += 1,
                code => assert_eq!(code, Code::CheckInCodeWrong),
            }
        }
    }
    assert!(stopped > 0);
});

scene!(whoever_has_nowhere_to_check_in_is_told_why, |world| async move {
    let (session, guo) = (enrolled_session(&world).await, world.person("lijianguo").await);
    let digits = wall(&world, session).await.digits;
    let refused = guo.call(typed(&digits)).await.unwrap_err();
    assert_eq!(refused.code, Code::NotEnrolled);
    assert!(refused.sentence().contains("请讲师补签"), "{}", refused.sentence());
    move_by(&world, session, -120).await;
    let ming = world.person("wangxiuying").await;
    assert_eq!(ming.call(typed(&digits)).await.unwrap_err().code, Code::NotEnrolled);
});

scene!(a_slip_of_the_thumb_is_no_wrong_try, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.person("wangxiuying").await);
    for _ in 0..6 {
        assert_eq!(fields(&ming.call(typed("12345")).await.unwrap_err()), ["code"]);
    }
    let digits = wall(&world, session).await.digits;
    assert!(ming.call(typed(&digits)).await.is_ok());
});
