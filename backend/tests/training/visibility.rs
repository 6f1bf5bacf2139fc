//! Which sessions exist for whom.

use shared::{authoring::*, problem::Code, training::*};

use crate::{scene::Person, stage::*};

async fn list(person: &Person<'_>, filter: SessionFilter) -> Vec<TrainingSessionId> {
    let request = ListTrainingSessions { filter: Some(filter), cursor: None };
    let page = person.call(request).await.unwrap();
    page.items.into_iter().map(|it| it.id).collect()
}

scene!(what_is_to_come_is_listed_the_soonest_first, |world| async move {
    let later = planned(&world, details_in(&world, 300).await).await;
    let sooner = planned(&world, details_in(&world, 60).await).await;
    let running = open_session(&world).await;
    let (ended, cancelled) = (open_session(&world).await, open_session(&world).await);
    move_by(&world, ended, -120).await;
    let cancel = CancelTrainingSession { session: cancelled };
    world.person("zhengming").await.call(cancel).await.unwrap();
    let ming = world.person("wangxiuying").await;
    assert_eq!(list(&ming, SessionFilter::Upcoming).await, [running, sooner, later]);
    let page = ming.call(ListTrainingSessions::default()).await.unwrap();
    let states: Vec<_> = page.items.iter().map(|it| it.state).collect();
    assert_eq!(states, [SessionState::Open, SessionState::Planned, SessionState::Planned]);
    assert_eq!((page.items[0].instructor.as_str(), page.next), ("吴芳", None));
});

scene!(a_long_list_is_read_page_by_page_without_gap_or_repetition, |world| async move {
    // Three at a time begin at the same moment.
    let mut planned_ids = Vec::new();
    for n in 0..45 {
        planned_ids.push(planned(&world, details_in(&world, 60 + n / 3).await).await);
    }
    let (ming, mut seen, mut cursor) = (world.person("wangxiuying").await, Vec::new(), None);
    loop {
        let page = ming.call(ListTrainingSessions { filter: None, cursor }).await.unwrap();
        assert!(page.items.len() <= 20 && page.items.is_sorted_by_key(|it| it.starts_at));
        seen.extend(page.items.iter().map(|it| it.id));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let seen_once: std::collections::HashSet<_> = seen.iter().copied().collect();
    assert_eq!((seen.len(), seen_once.len()), (45, 45));
    assert!(planned_ids.iter().all(|it| seen_once.contains(it)));
});

scene!(a_made_up_cursor_is_an_invalid_field, |world| async move {
    let ming = world.person("wangxiuying").await;
    for cursor in ["", "x", "AAAA", "MC8w", "../../etc/passwd", "\u{0}"] {
        let request = ListTrainingSessions { filter: None, cursor: Some(cursor.into()) };
        assert_eq!(fields(&ming.call(request).await.unwrap_err()), ["cursor"], "{cursor}");
    }
});

scene!(people_find_their_own_sessions_again_after_the_end, |world| async move {
    let (own, other) = (enrolled_session(&world).await, open_session(&world).await);
    move_by(&world, own, -120).await;
    move_by(&world, other, -240).await;
    let ming = world.person("wangxiuying").await;
    assert_eq!(list(&ming, SessionFilter::Upcoming).await, []);
    assert_eq!(list(&ming, SessionFilter::Mine).await, [own]);
    assert_eq!(list(&ming, SessionFilter::Teaching).await, []);
    assert_eq!(list(&world.person("wufang").await, SessionFilter::Teaching).await, [own, other]);

    let shown = ming.call(ShowTrainingSession { session: own }).await.unwrap();
    assert_eq!((shown.card.state, shown.card.enrolled), (SessionState::Ended, true));
    assert_eq!((shown.notes.as_str(), shown.teaching), ("带工牌", false));
    let hidden = ming.call(ShowTrainingSession { session: other }).await.unwrap_err();
    assert_eq!(hidden.code, Code::NotFound);
    for key in ["wufang", "zhengming"] {
        let person = world.person(key).await;
        let shown = person.call(ShowTrainingSession { session: other }).await.unwrap();
        assert!(shown.teaching, "{key}");
    }
});

scene!(a_cancelled_session_is_told_to_those_enrolled_and_hidden_from_others, |world| async move {
    let session = enrolled_session(&world).await;
    world.person("zhengming").await.call(CancelTrainingSession { session }).await.unwrap();
    let ming = world.person("wangxiuying").await;
    let shown = ming.call(ShowTrainingSession { session }).await.unwrap();
    assert_eq!(shown.card.state, SessionState::Cancelled);
    let hidden = world.person("lijianguo").await.call(ShowTrainingSession { session }).await;
    assert_eq!(hidden.unwrap_err().code, Code::NotFound);
});

scene!(code_and_attendance_are_for_the_sessions_instructor_and_for_officers, |world| async move {
    let session = enrolled_session(&world).await;
    for key in ["wufang", "zhengming"] {
        let person = world.person(key).await;
        assert_eq!(person.call(ShowCheckInCode { session }).await.unwrap().enrolled, 1);
        assert_eq!(person.call(ShowAttendance { session }).await.unwrap().people.len(), 1);
        let refused = person.call(ShowCheckInCode { session: unknown() }).await.unwrap_err();
        assert_eq!(refused.code, Code::NotFound);
        let refused = person.call(ShowAttendance { session: unknown() }).await.unwrap_err();
        assert_eq!(refused.code, Code::NotFound);
    }
    for key in ["wangxiuying", "liuqiang"] {
        let person = world.person(key).await;
        let refused = person.call(ShowCheckInCode { session }).await.unwrap_err();
        assert_eq!(refused.code, Code::NotAllowed);
        let refused = person.call(ShowAttendance { session }).await.unwrap_err();
        assert_eq!(refused.code, Code::NotAllowed);
    }
    let other = another_instructor(&world).await;
    let refused = other.call(ShowCheckInCode { session }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    let refused = other.call(ShowAttendance { session }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    let by_hand =
        CheckInByHand {
            session, person: world.cast.id("wangxiuying"), reason: "手机没电".into()
        };
    assert_eq!(other.call(by_hand).await.unwrap_err().code, Code::NotFound);
});

scene!(
    the_screen_has_the_codes_of_the_next_three_minutes_while_check_in_is_open,
    |world| async move {
        let (session, instructor) = (open_session(&world).await, world.person("wufang").await);
        let screen = instructor.call(ShowCheckInCode { session }).await.unwrap();
        assert_eq!(screen.codes.len(), 18);
        assert!(screen.codes[0].from <= screen.now && screen.now < screen.codes[0].until);
        assert!(screen.codes.last().unwrap().until <= screen.now + chrono::TimeDelta::minutes(3));
        assert!(screen.codes.windows(2).all(|pair| pair[0].until == pair[1].from));
        for code in &screen.codes {
            let token = token_at(&world, session, code.from);
            assert_eq!(code.url, format!("{}/c/{token}", crate::scene::PUBLIC_BASE));
            assert!(code.digits.len() == 6 && code.digits.bytes().all(|it| it.is_ascii_digit()));
        }
        // An hour early: nothing yet. Two minutes early: those from the opening on. At the end: nothing.
        move_by(&world, session, 100).await;
        assert_eq!(instructor.call(ShowCheckInCode { session }).await.unwrap().codes, []);
        move_by(&world, session, -58).await;
        let early = instructor.call(ShowCheckInCode { session }).await.unwrap();
        assert!(early.codes.iter().all(|it| it.until > early.opens_at));
        assert!((1..18).contains(&early.codes.len()), "{}", early.codes.len());
        move_by(&world, session, -180).await;
        assert_eq!(instructor.call(ShowCheckInCode { session }).await.unwrap().codes, []);
    }
);
