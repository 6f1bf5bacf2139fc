//! Checking in by the code on the wall.

use chrono::TimeDelta;
use shared::{authoring::*, problem::Code, training::*};

use crate::stage::*;

scene!(whoever_scans_the_wall_is_checked_in, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.person("wangxiuying").await);
    let code = wall(&world, session).await.url;
    let ticket = ming.call(BeginCheckIn { code }).await.unwrap();
    assert_eq!((ticket.session, ticket.checked_in_at), (session, None));
    let done = ming.call(complete(&ticket)).await.unwrap();
    assert_eq!((done.name.as_str(), done.title.as_str()), ("王秀英", "会议室保洁实训"));
    assert_eq!((done.place.as_str(), done.repeated), ("3 号楼 B2", false));
    let seen = attendee(&world, session, ming.id.unwrap()).await.unwrap();
    assert_eq!(seen.method, Some(CheckInMethod::Scan));
    assert_eq!(seen.checked_in_at, Some(done.checked_in_at));
    let shown = ming.call(ShowTrainingSession { session }).await.unwrap();
    assert_eq!(shown.card.checked_in_at, Some(done.checked_in_at));
});

scene!(a_check_in_counts_from_the_scan_however_slow_its_completion, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.person("wangxiuying").await);
    let ticket = begin(&world, &ming, session).await.unwrap();
    let scanned_at = ticket.expires_at - TimeDelta::seconds(60);
    // The session ends while the network is slow.
    end_at(&world, session, scanned_at + TimeDelta::microseconds(1)).await;
    assert_eq!(begin(&world, &ming, session).await.unwrap_err().code, Code::SessionOver);
    let done = ming.call(complete(&ticket)).await.unwrap();
    assert_eq!(done.checked_in_at, scanned_at);
});

scene!(a_code_that_was_seen_before_or_is_not_due_yet_is_stale, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.person("wangxiuying").await);
    // A step may have begun ten seconds before its code is made.
    for seconds in [-86_400, -3600, -60, -26, 12, 30, 170, 3600] {
        let at = now(&world).await + TimeDelta::seconds(seconds);
        let code = token_at(&world, session, at);
        let refused = ming.call(BeginCheckIn { code }).await.unwrap_err();
        assert_eq!(refused.code, Code::CheckInCodeStale, "{seconds} s");
    }
});

scene!(no_flipped_bit_and_no_other_sessions_code_gets_in, |world| async move {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    let (session, ming) = (enrolled_session(&world).await, world.person("wangxiuying").await);
    let other = open_session(&world).await;
    let real = BASE64_URL_SAFE_NO_PAD.decode(token(&world, session).await).unwrap();
    let mut codes: Vec<_> = (0..real.len() * 8)
        .step_by(3)
        .map(|bit| {
            let mut forged = real.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            BASE64_URL_SAFE_NO_PAD.encode(forged)
        })
        .collect();
    let mut moved = BASE64_URL_SAFE_NO_PAD.decode(token(&world, other).await).unwrap();
    moved[3..19].copy_from_slice(session.0.as_bytes());
    codes.push(BASE64_URL_SAFE_NO_PAD.encode(moved));
    codes.push(token(&world, unknown()).await[..51].into());
    codes.extend(["x", "/c/", "https://evil.example/c/x", "\0", "🧹"].map(String::from));
    codes.push("A".repeat(100_000));
    for code in codes {
        let refused = ming.call(BeginCheckIn { code: code.clone() }).await.unwrap_err();
        assert_eq!(refused.code, Code::CheckInCodeStale, "{code}");
    }
    assert!(begin(&world, &ming, session).await.is_ok());
});

scene!(whoever_is_not_enrolled_is_told_whom_to_ask, |world| async move {
    let (session, guo) = (enrolled_session(&world).await, world.person("lijianguo").await);
    let refused = begin(&world, &guo, session).await.unwrap_err();
    assert_eq!(refused.code, Code::NotEnrolled);
    assert_eq!(
        refused.sentence(),
        "您没有报名这一场。可以在“首页 → 实训安排”报名；来不及的，请讲师吴芳补签。"
    );
    assert_eq!(attendee(&world, session, guo.id.unwrap()).await, None);
});

scene!(check_in_is_open_from_half_an_hour_before_the_start_to_the_end, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.person("wangxiuying").await);
    move_by(&world, session, 41).await;
    let early = begin(&world, &ming, session).await.unwrap_err();
    assert_eq!(early.code, Code::CheckInNotOpen);
    let opens_at = ming.call(ShowTrainingSession { session }).await.unwrap().card.check_in_opens_at;
    let when = shared::time::clock_time(opens_at);
    assert!(early.detail.unwrap().ends_with(&format!("{when} 开始签到")));
    move_by(&world, session, -2).await;
    assert!(begin(&world, &ming, session).await.is_ok());
    move_by(&world, session, -150).await;
    assert_eq!(begin(&world, &ming, session).await.unwrap_err().code, Code::SessionOver);
});

scene!(a_cancelled_session_has_no_check_in, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.person("wangxiuying").await);
    let ticket = begin(&world, &ming, session).await.unwrap();
    world.person("zhengming").await.call(CancelTrainingSession { session }).await.unwrap();
    assert_eq!(begin(&world, &ming, session).await.unwrap_err().code, Code::SessionOver);
    assert_eq!(ming.call(complete(&ticket)).await.unwrap_err().code, Code::SessionOver);
    let instructor = world.person("wufang").await;
    assert_eq!(instructor.call(ShowCheckInCode { session }).await.unwrap().codes, []);
});

scene!(leaving_a_session_ends_a_check_in_that_was_begun, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.person("wangxiuying").await);
    let ticket = begin(&world, &ming, session).await.unwrap();
    ming.call(CancelEnrollment { session }).await.unwrap();
    assert_eq!(ming.call(complete(&ticket)).await.unwrap_err().code, Code::NotEnrolled);
    assert_eq!(attendee(&world, session, ming.id.unwrap()).await, None);
});

scene!(whoever_is_in_is_told_so_when_they_scan_again, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.person("wangxiuying").await);
    let first = check_in(&world, &ming, session).await;
    let ticket = begin(&world, &ming, session).await.unwrap();
    assert_eq!(ticket.checked_in_at, Some(first.checked_in_at));
    let again = ming.call(complete(&ticket)).await.unwrap();
    assert_eq!((again.checked_in_at, again.repeated), (first.checked_in_at, true));
});

scene!(checking_in_needs_a_sign_in_and_a_code, |world| async move {
    let session = enrolled_session(&world).await;
    let stranger = world.stranger();
    let refused = begin(&world, &stranger, session).await.unwrap_err();
    assert_eq!(refused.code, Code::NotSignedIn);
    let refused = stranger.call(CompleteCheckIn { ticket: "x".into() }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotSignedIn);
    let ming = world.person("wangxiuying").await;
    let refused = ming.call(BeginCheckIn { code: " ".into() }).await.unwrap_err();
    assert_eq!(fields(&refused), ["code"]);
});
