//! The pages that a scanned code leads to.

use actix_web::cookie::SameSite;
use chrono::TimeDelta;
use shared::{authoring::*, training::*};

use crate::{browser::Browser, scene::World, stage::*};

const ENTER: &str = "/enter/wechat?to=/c/ready";
const BUTTON: &str = "确认签到</button>";

async fn scan(
    world: &World,
    browser: &Browser<'_>,
    session: TrainingSessionId,
) -> crate::browser::Shown {
    browser.get(&format!("/c/{}", token(world, session).await)).await
}

async fn is_in(world: &World, session: TrainingSessionId, key: &str) -> bool {
    let seen = attendee(world, session, world.cast.id(key)).await;
    seen.is_some_and(|it| it.checked_in_at.is_some())
}

scene!(a_signed_in_phone_scans_and_confirms, |world| async move {
    let session = enrolled_session(&world).await;
    let phone = Browser::of(&world, "wangxiuying").await;
    let asked = scan(&world, &phone, session).await;
    asked.assert_is_a_page(200, &["王秀英，签到：会议室保洁实训", "3 号楼 B2", BUTTON]);
    assert!(asked.body.contains(r#"<form method="post" action="/c/complete">"#));
    assert!(!is_in(&world, session, "wangxiuying").await);
    let done = phone.post("/c/complete").await;
    done.assert_is_a_page(200, &["✓", "王秀英，签到成功", "会议室保洁实训", "3 号楼 B2"]);
    assert!(is_in(&world, session, "wangxiuying").await);
    let pressed_again = phone.post("/c/complete").await;
    pressed_again.assert_is_a_page(200, &["✓", "王秀英，您已经签到了"]);
    let scanned_again = scan(&world, &phone, session).await;
    scanned_again.assert_is_a_page(200, &["✓", "王秀英，您已经签到了"]);
    let at = shared::time::clock_time(
        attendee(&world, session, world.cast.id("wangxiuying"))
            .await
            .unwrap()
            .checked_in_at
            .unwrap(),
    );
    assert!([done, pressed_again, scanned_again].iter().all(|it| it.body.contains(&at)));
});

scene!(a_phone_that_has_to_sign_in_first_loses_nothing_of_its_scan, |world| async move {
    let session = enrolled_session(&world).await;
    let phone = Browser::new(&world);
    let sent = scan(&world, &phone, session).await;
    assert_eq!((sent.status, sent.location.as_deref()), (303, Some(ENTER)));
    let claim = phone.cookie("fingertip_claim").unwrap();
    assert_eq!((claim.http_only(), claim.same_site()), (Some(true), Some(SameSite::Lax)));
    assert!(!sent.body.contains(claim.value()));
    let still_nobody = phone.get("/c/ready").await;
    assert_eq!((still_nobody.status, still_nobody.location.as_deref()), (303, Some(ENTER)));
    phone.sign_in("wangxiuying").await;
    phone.get("/c/ready").await.assert_is_a_page(200, &["王秀英，签到：会议室保洁实训", BUTTON]);
    phone.post("/c/complete").await.assert_is_a_page(200, &["✓", "王秀英，签到成功"]);
    assert!(is_in(&world, session, "wangxiuying").await);
    phone.get("/c/ready").await.assert_is_a_page(200, &["✓", "您已经签到了"]);
    let reopened = phone.get("/c/complete").await;
    assert_eq!((reopened.status, reopened.location.as_deref()), (303, Some("/c/ready")));
});

scene!(a_claim_waits_five_minutes_for_the_sign_in_and_no_longer, |world| async move {
    use backend::training::entity::ticket;
    use sea_orm::EntityTrait;
    let session = enrolled_session(&world).await;
    let phone = Browser::new(&world);
    scan(&world, &phone, session).await;
    let kept = ticket::Entity::find().one(world.app.db.read()).await.unwrap().unwrap();
    assert_eq!((kept.person_id, kept.expires_at), (None, kept.scanned_at + TimeDelta::minutes(5)));
    expire_tickets(&world).await;
    phone.sign_in("wangxiuying").await;
    phone.get("/c/ready").await.assert_is_a_page(409, &["没有签到成功", "再扫一次"]);
    phone.post("/c/complete").await.assert_is_a_page(409, &["没有签到成功", "再扫一次"]);
    assert!(!is_in(&world, session, "wangxiuying").await);
});

scene!(a_sign_in_that_ran_out_is_renewed_by_the_page_itself, |world| async move {
    let session = enrolled_session(&world).await;
    let phone = Browser::of(&world, "wangxiuying").await;
    let (_, old) = (phone.lose("fingertip_access"), phone.cookie("fingertip_refresh").unwrap());
    scan(&world, &phone, session).await.assert_is_a_page(200, &["王秀英，签到", BUTTON]);
    assert!(phone.cookie("fingertip_access").is_some());
    assert_ne!(phone.cookie("fingertip_refresh").unwrap().value(), old.value());
    phone.post("/c/complete").await.assert_is_a_page(200, &["签到成功"]);
    // Whatever the page says, the renewed sign-in is not lost.
    phone.lose("fingertip_access");
    phone.get("/c/old").await.assert_is_a_page(409, &["请再扫一次"]);
    assert!(phone.cookie("fingertip_access").is_some());
});

scene!(a_code_that_is_not_on_the_wall_asks_for_another_scan, |world| async move {
    let session = enrolled_session(&world).await;
    let (stranger, phone) = (Browser::new(&world), Browser::of(&world, "wangxiuying").await);
    let at = now(&world).await;
    for code in [
        token_at(&world, session, at - TimeDelta::seconds(30)),
        token_at(&world, session, at + TimeDelta::seconds(15)),
        token(&world, unknown()).await.replace('A', "B"),
        "x".into(),
        "%00".into(),
    ] {
        for browser in [&stranger, &phone] {
            let shown = browser.get(&format!("/c/{code}")).await;
            shown.assert_is_a_page(409, &["请再扫一次", "大屏幕"]);
        }
    }
    assert!(phone.cookie("fingertip_claim").is_none());
    phone.get("/c/ready").await.assert_is_a_page(409, &["请再扫一次"]);
    phone.post("/c/complete").await.assert_is_a_page(409, &["没有签到成功"]);
});

scene!(a_page_loaded_again_after_the_scan_goes_on_from_it, |world| async move {
    let (session, other) = (enrolled_session(&world).await, enrolled_session(&world).await);
    let phone = Browser::of(&world, "wangxiuying").await;
    scan(&world, &phone, session).await;
    let old = |session| token_at(&world, session, chrono::Utc::now() - TimeDelta::seconds(40));
    let again = phone.get(&format!("/c/{}", old(session))).await;
    assert_eq!((again.status, again.location.as_deref()), (303, Some("/c/ready")));
    phone.get("/c/ready").await.assert_is_a_page(200, &[BUTTON]);
    let of_other = phone.get(&format!("/c/{}", old(other))).await;
    of_other.assert_is_a_page(409, &["请再扫一次"]);
});

scene!(whoever_cannot_check_in_learns_what_to_do, |world| async move {
    let session = enrolled_session(&world).await;
    let (phone, other) =
        (Browser::of(&world, "wangxiuying").await, Browser::of(&world, "lijianguo").await);
    let refused = scan(&world, &other, session).await;
    refused.assert_is_a_page(
        409,
        &["您没有报名这一场", "实训安排", "请讲师吴芳补签", r#"href="/sessions""#],
    );

    move_by(&world, session, 60).await;
    let officer = world.person("zhengming").await;
    let opens = officer.call(ShowCheckInCode { session }).await.unwrap().opens_at;
    let when = format!("{} 开始签到", shared::time::clock_time(opens));
    for browser in [&phone, &Browser::new(&world)] {
        let early = scan(&world, browser, session).await;
        early.assert_is_a_page(409, &["还没到签到时间", &when, "再扫一次"]);
    }
    move_by(&world, session, -180).await;
    for browser in [&phone, &Browser::new(&world)] {
        scan(&world, browser, session).await.assert_is_a_page(409, &["签到已经结束", "讲师"]);
    }
});

scene!(a_claim_is_for_the_person_who_signed_in_first, |world| async move {
    let session = enrolled_session(&world).await;
    world.person("lijianguo").await.call(Enroll { session }).await.unwrap();
    let phone = Browser::new(&world);
    scan(&world, &phone, session).await;
    phone.sign_in("wangxiuying").await;
    phone.get("/c/ready").await.assert_is_a_page(200, &["王秀英"]);
    phone.sign_in("lijianguo").await;
    phone.get("/c/ready").await.assert_is_a_page(409, &["没有签到成功"]);
    phone.post("/c/complete").await.assert_is_a_page(409, &["没有签到成功"]);
    assert!(!is_in(&world, session, "lijianguo").await);
});

scene!(whoever_was_signed_out_meanwhile_is_led_back_to_sign_in, |world| async move {
    let session = enrolled_session(&world).await;
    let phone = Browser::of(&world, "wangxiuying").await;
    scan(&world, &phone, session).await;
    phone.lose("fingertip_access");
    phone.lose("fingertip_refresh");
    // A link and not a redirect: the page's policy lets a form lead nowhere else.
    let shown = phone.post("/c/complete").await;
    shown.assert_is_a_page(
        401,
        &["请重新登录", &format!(r#"href="{}""#, "/enter/wechat?to=/c/ready")],
    );
    phone.sign_in("wangxiuying").await;
    phone.post("/c/complete").await.assert_is_a_page(200, &["签到成功"]);
});

scene!(a_cancelled_session_says_so_even_after_the_scan, |world| async move {
    let session = enrolled_session(&world).await;
    let phone = Browser::of(&world, "wangxiuying").await;
    scan(&world, &phone, session).await;
    world.person("zhengming").await.call(CancelTrainingSession { session }).await.unwrap();
    phone.post("/c/complete").await.assert_is_a_page(409, &["签到已经结束"]);
    phone.get("/c/ready").await.assert_is_a_page(409, &["签到已经结束"]);
});

scene!(what_officers_write_is_shown_as_text, |world| async move {
    let title = "<script>alert(1)</script>&\"'".to_owned();
    let session = planned(&world, SessionDetails { title, ..details(&world).await }).await;
    world.person("wangxiuying").await.call(Enroll { session }).await.unwrap();
    let phone = Browser::of(&world, "wangxiuying").await;
    scan(&world, &phone, session).await.assert_is_a_page(200, &["alert(1)"]);
});
