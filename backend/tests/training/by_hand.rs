//! Instructors check in those whose phone does not.

use shared::{accounts::PersonId, problem::Code, training::*};
use uuid::Uuid;

use crate::stage::*;

fn by_hand(session: TrainingSessionId, person: PersonId, reason: &str) -> CheckInByHand {
    CheckInByHand { session, person, reason: reason.into() }
}

scene!(a_person_without_a_phone_is_checked_in_by_hand_with_the_reason, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.cast.id("wangxiuying"));
    let instructor = world.person("wufang").await;
    let shown = instructor.call(by_hand(session, ming, " 手机没电 ")).await.unwrap();
    let [seen] = &shown.people[..] else { panic!("{shown:?}") };
    assert_eq!((seen.person, seen.name.as_str()), (ming, "王秀英"));
    assert_eq!(
        (seen.method, seen.reason.as_deref()),
        (Some(CheckInMethod::ByHand), Some("手机没电"))
    );
    let again = instructor.call(by_hand(session, ming, "又点了一次")).await.unwrap();
    assert_eq!(again.people, shown.people);
    let phone_again = begin(&world, &world.person("wangxiuying").await, session).await.unwrap();
    assert_eq!(phone_again.checked_in_at, seen.checked_in_at);
});

scene!(somebody_who_only_turned_up_is_listed_too_and_takes_no_seat, |world| async move {
    let (session, guo) = (enrolled_session(&world).await, world.cast.id("lijianguo"));
    let officer = world.person("zhengming").await;
    let shown = officer.call(by_hand(session, guo, "临时来的")).await.unwrap();
    assert_eq!(shown.people.len(), 2);
    let came = shown.people.iter().filter(|it| it.checked_in_at.is_some()).count();
    assert_eq!(came, 1);
    let guo = world.person("lijianguo").await;
    let card = guo.call(ShowTrainingSession { session }).await.unwrap().card;
    assert_eq!((card.taken, card.enrolled, card.checked_in_at.is_some()), (1, false, true));
});

scene!(who_scanned_stays_in_by_scan, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.person("wangxiuying").await);
    let done = check_in(&world, &ming, session).await;
    let instructor = world.person("wufang").await;
    let shown = instructor.call(by_hand(session, ming.id.unwrap(), "名单核对")).await.unwrap();
    assert_eq!(shown.people[0].method, Some(CheckInMethod::Scan));
    assert_eq!(
        (shown.people[0].checked_in_at, &shown.people[0].reason),
        (Some(done.checked_in_at), &None)
    );
});

scene!(checking_in_by_hand_needs_a_reason_and_an_active_person, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.cast.id("wangxiuying"));
    let instructor = world.person("wufang").await;
    for reason in ["", " 电 ", "\0\0\0", "\u{3000}\u{3000}", &"长".repeat(101)] {
        let refused = instructor.call(by_hand(session, ming, reason)).await.unwrap_err();
        assert_eq!(fields(&refused), ["reason"], "{reason:?}");
    }
    let nobody = PersonId(Uuid::now_v7());
    let refused = instructor.call(by_hand(session, nobody, "手机没电")).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    world.sql("UPDATE people SET active = false WHERE staff_number = 'D0002'").await;
    let left = world.cast.id("lijianguo");
    let refused = instructor.call(by_hand(session, left, "手机没电")).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    let strange = instructor.call(by_hand(session, ming, "没\0电")).await.unwrap();
    assert_eq!(strange.people[0].reason.as_deref(), Some("没电"));
});

scene!(paper_lists_are_entered_within_a_week_after_but_not_before, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.cast.id("wangxiuying"));
    let instructor = world.person("wufang").await;
    move_by(&world, session, 60).await;
    let early = instructor.call(by_hand(session, ming, "纸质名单")).await.unwrap_err();
    assert_eq!(early.code, Code::CheckInNotOpen);
    let week = 7 * 24 * 60;
    move_by(&world, session, -60 - week - 120).await;
    let late = instructor.call(by_hand(session, ming, "纸质名单")).await.unwrap_err();
    assert_eq!(late.code, Code::SessionOver);
    move_by(&world, session, 60).await;
    assert!(instructor.call(by_hand(session, ming, "纸质名单")).await.is_ok());
});

scene!(learners_check_nobody_in_by_hand, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.cast.id("wangxiuying"));
    for key in ["wangxiuying", "liuqiang"] {
        let refused = world.person(key).await.call(by_hand(session, ming, "手机没电")).await;
        assert_eq!(refused.unwrap_err().code, Code::NotAllowed);
    }
});
