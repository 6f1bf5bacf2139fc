//! Signing in from WeCom's browser with what is forged, used or broken, on every database.

use wechat_sandbox::{Fault, FaultRule, Sandbox};

use crate::{
    browser::{Browser, location, refusal},
    scene::{Kind, World},
    wechat_stage::errcode,
    wecom::{CODE_TO_MEMBER, GET_TOKEN, stage, wecom},
};

wecom!(
    a_state_is_good_once_and_in_the_browser_that_left,
    "wangxiuying",
    |sandbox, world| async move {
        let mut browser = Browser::default();
        let back = browser.visit_wecom(&world, "/").await;
        let mut copy = browser.clone();
        let mut without_journey = Browser::default();
        let mut on_another_journey = Browser::default();
        on_another_journey.visit_wecom(&world, "/").await;
        let mut through_wechat = Browser::default();
        through_wechat.visit_wechat(&world, "/").await;
        for other in [&mut without_journey, &mut on_another_journey, &mut through_wechat] {
            let (status, page) = refusal(other.open(&world, &back).await).await;
            assert!(status == 401 && page.contains("企业微信登录没有成功"), "{status} {page}");
            assert_eq!(other.me(&world).await, None);
        }
        assert_eq!(sandbox.calls(CODE_TO_MEMBER), 0, "nobody's code is spent for them");
        browser.open(&world, &back).await;
        let fresh = sandbox.wecom_code("wangxiuying").unwrap();
        let state = back.rsplit_once("state=").unwrap().1;
        let again = format!("/enter/wecom/back?code={fresh}&state={state}");
        assert_eq!(refusal(copy.open(&world, &again).await).await.0, 401);
        assert_eq!(copy.me(&world).await, None);
        assert_eq!(
            location(&browser.open(&world, &back).await),
            "/",
            "a reloaded page just goes on"
        );
    }
);

wecom!(a_code_that_was_used_signs_nobody_in, "wangxiuying", |_sandbox, world| async move {
    let mut browser = Browser::default();
    let back = browser.visit_wecom(&world, "/").await;
    browser.open(&world, &back).await;
    let used = back.split_once("code=").unwrap().1.split_once('&').unwrap().0;
    let mut another = Browser::default();
    let own = another.visit_wecom(&world, "/").await;
    let state = own.rsplit_once("state=").unwrap().1;
    let replayed = format!("/enter/wecom/back?code={used}&state={state}");
    let (status, page) = refusal(another.open(&world, &replayed).await).await;
    assert!(status == 401 && page.contains("再试一次"), "{status} {page}");
    assert_eq!(another.me(&world).await, None);
});

wecom!(
    while_wecom_is_down_those_signed_in_go_on_and_the_page_offers_to_retry,
    "wangxiuying",
    |sandbox, world| async move {
        let mut signed_in = Browser::default();
        let back = signed_in.visit_wecom(&world, "/").await;
        signed_in.open(&world, &back).await;
        for fault in [Fault::Hang, Fault::Status { status: 502 }, errcode(60020)] {
            let mut browser = Browser::default();
            let back = browser.visit_wecom(&world, "/courses").await;
            sandbox.inject(CODE_TO_MEMBER, fault, 1);
            let begun = std::time::Instant::now();
            let (status, page) = refusal(browser.open(&world, &back).await).await;
            assert!(status == 503 && page.contains("企业微信暂时没有回应"), "{status} {page}");
            assert!(page.contains("/enter/wecom?to=%2Fcourses"), "{page}");
            assert!(begun.elapsed().as_secs() < 3);
            assert_eq!(signed_in.me(&world).await.as_deref(), Some("王秀英"));
        }
        let mut browser = Browser::default();
        let back = browser.visit_wecom(&world, "/courses").await;
        assert_eq!(location(&browser.open(&world, &back).await), "/courses");
    }
);

wecom!(
    without_a_token_the_code_is_not_spent_and_nobody_waits_long,
    "wangxiuying",
    |sandbox, world| async move {
        let mut browser = Browser::default();
        let back = browser.visit_wecom(&world, "/").await;
        sandbox.inject(GET_TOKEN, Fault::Hang, 1);
        let begun = std::time::Instant::now();
        let (status, page) = refusal(browser.open(&world, &back).await).await;
        assert!(status == 503 && begun.elapsed().as_secs() < 3, "{status} {page}");
        assert_eq!(sandbox.calls(CODE_TO_MEMBER), 0);
    }
);

wecom!(
    a_busy_wecom_and_a_token_that_is_over_are_asked_once_more,
    "wangxiuying",
    |sandbox, world| async move {
        for (number, calls, tokens) in [(-1, 2, 1), (42001, 4, 2), (40014, 6, 2)] {
            sandbox.inject(CODE_TO_MEMBER, errcode(number), 1);
            let mut browser = Browser::default();
            let back = browser.visit_wecom(&world, "/").await;
            assert_eq!(location(&browser.open(&world, &back).await), "/", "{number}");
            assert_eq!((sandbox.calls(CODE_TO_MEMBER), sandbox.calls(GET_TOKEN)), (calls, tokens));
        }
        let lost = FaultRule {
            path: CODE_TO_MEMBER.into(),
            times: 1,
            processed: true,
            fault: errcode(40029),
        };
        sandbox.inject_rule(lost);
        let mut browser = Browser::default();
        let back = browser.visit_wecom(&world, "/").await;
        assert_eq!(refusal(browser.open(&world, &back).await).await.0, 401);
    }
);
