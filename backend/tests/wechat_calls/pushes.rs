//! Subscribe messages: what arrives, what a refusal means, and how many are on their way.

use std::time::{Duration, Instant};

use backend::wechat::{PushRefused, SubscribeMessage};
use futures_util::future::join_all;
use rstest::rstest;
use wechat_sandbox::Fault;

use crate::{
    server::{OPENID, SEND, consents, reminder, server},
    wechat_stage::{errcode, sandbox, world},
};

#[actix_web::test]
async fn a_message_arrives_as_it_was_meant() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let mut message = reminder();
    message.data[1].1 = "一二三四五六七八九十一二三四五六七八九十\n一".into();
    let pushed = world.app.wechat.push(OPENID, &message).await.unwrap();
    let [sent] = sandbox.sent_messages().try_into().unwrap();
    assert_eq!(pushed.message_id, Some(sent.msgid));
    assert_eq!(
        (sent.person.as_str(), sent.page.as_deref()),
        ("wangxiuying", Some("pages/course/index?id=1"))
    );
    assert_eq!((sent.miniprogram_state.as_str(), sent.lang.as_str()), ("formal", "zh_CN"));
    assert_eq!(sent.data["thing1"], "会议室保洁");
    assert_eq!(sent.data["thing2"], "一二三四五六七八九十一二三四五六七八九…");
    assert_eq!(sent.data["date3"], "2026年11月23日 14:00");
}

#[actix_web::test]
async fn each_consent_is_good_for_one_message() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let wechat = &world.app.wechat;
    wechat.push(OPENID, &reminder()).await.unwrap();
    assert_eq!(wechat.push(OPENID, &reminder()).await, Err(PushRefused::NoCredit));
    consents(&sandbox, 1);
    wechat.push(OPENID, &reminder()).await.unwrap();
}

#[actix_web::test]
async fn a_message_that_wechat_never_takes_is_our_fault() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let message = |change: fn(&mut SubscribeMessage)| {
        let mut message = reminder();
        change(&mut message);
        message
    };
    for (openid, message, errcode) in [
        ("oMP_nobody", reminder(), "40003"),
        (OPENID, message(|it| it.template_id = "TPL_OTHER".into()), "40037"),
        (OPENID, message(|it| drop(it.data.pop())), "47003"),
        (OPENID, message(|it| it.page = Some("pages/nowhere".into())), "41030"),
    ] {
        let refused = world.app.wechat.push(openid, &message).await.unwrap_err();
        let PushRefused::Configuration(why) = &refused else { panic!("{errcode}: {refused:?}") };
        assert!(why.contains(errcode), "{why}");
    }
}

#[actix_web::test]
async fn a_value_that_does_not_fit_is_not_sent() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let mut message = reminder();
    message.data[2].1 = "明天下午".into();
    let refused = world.app.wechat.push(OPENID, &message).await.unwrap_err();
    assert!(matches!(refused, PushRefused::Configuration(why) if why.contains("date3")));
    assert_eq!(sandbox.calls(SEND), 0);
}

#[rstest]
#[case::quota_of_the_day(45009, PushRefused::QuotaUsedUp)]
#[case::calls_of_the_day(44993, PushRefused::QuotaUsedUp)]
#[case::calls_of_the_minute(45011, PushRefused::Retry { ambiguous: false })]
#[case::another_message_to_the_same_person(43108, PushRefused::Retry { ambiguous: false })]
#[case::unheard_of(99999, PushRefused::Retry { ambiguous: false })]
#[case::busy(-1, PushRefused::Retry { ambiguous: true })]
#[case::no_credit(43101, PushRefused::NoCredit)]
#[actix_web::test]
async fn an_error_code_says_what_to_do(#[case] number: i64, #[case] expected: PushRefused) {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.inject(SEND, errcode(number), 1);
    assert_eq!(world.app.wechat.push(OPENID, &reminder()).await, Err(expected));
    assert_eq!(sandbox.calls(SEND), 1, "when to try again is not decided here");
}

#[rstest]
#[case(43107)]
#[case(45168)]
#[case(47001)]
#[case(48001)]
#[case(48004)]
#[case(50002)]
#[actix_web::test]
async fn a_refusal_that_stays_so_is_not_to_be_repeated(#[case] number: i64) {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.inject(SEND, errcode(number), 1);
    let refused = world.app.wechat.push(OPENID, &reminder()).await.unwrap_err();
    assert!(
        matches!(&refused, PushRefused::Configuration(why) if why.contains(&number.to_string()))
    );
}

#[rstest]
#[case::hang(Fault::Hang)]
#[case::one_byte_a_second(Fault::SlowBody { millis_per_byte: 1000 })]
#[case::cut_off(Fault::Truncate { keep_bytes: 5 })]
#[case::huge(Fault::HugeBody { bytes: 1024 * 1024 })]
#[actix_web::test]
async fn a_message_whose_answer_is_late_or_broken_off_may_have_arrived(#[case] fault: Fault) {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.inject(SEND, fault, 1);
    let begun = Instant::now();
    let refused = world.app.wechat.push(OPENID, &reminder()).await.unwrap_err();
    assert_eq!(refused, PushRefused::Retry { ambiguous: true });
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
}

#[rstest]
#[case::gateway_page(Fault::Status { status: 504 })]
#[case::overload(Fault::Status { status: 500 })]
#[case::reset(Fault::Reset)]
#[actix_web::test]
async fn a_message_that_wechat_said_nothing_about_may_go_again(#[case] fault: Fault) {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.inject(SEND, fault, 1);
    let refused = world.app.wechat.push(OPENID, &reminder()).await.unwrap_err();
    assert_eq!((refused, sandbox.calls(SEND)), (PushRefused::Retry { ambiguous: false }, 1));
}

#[rstest]
#[case::busy(errcode(-1))]
#[case::gateway_page(Fault::Status { status: 502 })]
#[case::cut_off(Fault::Truncate { keep_bytes: 5 })]
#[actix_web::test]
async fn a_message_for_which_there_was_no_token_has_not_arrived(#[case] fault: Fault) {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.inject("/cgi-bin/stable_token", fault, 2);
    let refused = world.app.wechat.push(OPENID, &reminder()).await.unwrap_err();
    assert_eq!((refused, sandbox.calls(SEND)), (PushRefused::Retry { ambiguous: false }, 0));
}

#[actix_web::test]
async fn a_message_that_reached_nobody_has_not_arrived() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    world.app.wechat.push(OPENID, &reminder()).await.unwrap();
    // A server that has a token, but no connection yet.
    let wechat = server(&world, &sandbox);
    drop(sandbox);
    let refused = wechat.push(OPENID, &reminder()).await.unwrap_err();
    assert_eq!(refused, PushRefused::Retry { ambiguous: false });
}

#[actix_web::test]
async fn eight_messages_are_on_their_way_at_most() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    consents(&sandbox, 16);
    sandbox.inject(SEND, Fault::Delay { millis: 400 }, 16);
    let message = reminder();
    let begun = Instant::now();
    let outcomes = join_all((0..16).map(|_| world.app.wechat.push(OPENID, &message))).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert!(begun.elapsed() >= Duration::from_millis(800), "{:?}", begun.elapsed());
}

#[actix_web::test]
async fn trouble_with_pushes_stops_them_for_a_while_and_nobodys_sign_in() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let wechat = &world.app.wechat;
    sandbox.inject(SEND, Fault::Status { status: 503 }, 5);
    for calls in 1..=5 {
        let refused = wechat.push(OPENID, &reminder()).await.unwrap_err();
        assert_eq!(refused, PushRefused::Retry { ambiguous: false });
        assert_eq!(sandbox.calls(SEND), calls);
    }
    assert_eq!(wechat.push(OPENID, &reminder()).await, Err(PushRefused::Resting));
    assert_eq!(sandbox.calls(SEND), 5);
    let code = sandbox.mini_program_code("wangxiuying").unwrap();
    assert_eq!(wechat.mini_program_person(&code).await.unwrap().openid, OPENID);
    let code = sandbox.phone_code("wangxiuying").unwrap();
    wechat.phone_number(&code, None).await.unwrap();
    wechat.mini_program_code("s=1", "pages/index/index").await.unwrap();
}

#[actix_web::test]
async fn sign_ins_go_on_while_every_push_hangs() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let wechat = &world.app.wechat;
    sandbox.inject(SEND, Fault::Hang, 20);
    let message = reminder();
    let pushes = join_all((0..20).map(|_| wechat.push(OPENID, &message)));
    let sign_in = async {
        while sandbox.calls(SEND) < 8 {
            tokio::task::yield_now().await;
        }
        let code = sandbox.mini_program_code("wangxiuying").unwrap();
        let begun = Instant::now();
        wechat.mini_program_person(&code).await.unwrap();
        begun.elapsed()
    };
    tokio::select! {
        outcomes = pushes => panic!("the pushes ended first: {outcomes:?}"),
        took = sign_in => assert!(took < Duration::from_secs(1), "{took:?}"),
    }
}
