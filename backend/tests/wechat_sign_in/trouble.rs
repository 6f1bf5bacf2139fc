//! What WeChat may answer, and what is made of it.

use std::time::{Duration, Instant};

use rstest::rstest;
use shared::{accounts::ShowMe, problem::Code};
use wechat_sandbox::{Fault, FaultRule};

use crate::{
    CODE_TO_SESSION, CODE_TO_TOKEN,
    mini_program::by_mini_program,
    wechat_stage::{errcode, sandbox, world},
};

#[rstest]
#[case(40029, Code::WechatCodeInvalid)]
#[case(40163, Code::WechatCodeInvalid)]
#[case(41008, Code::WechatCodeInvalid)]
#[case(40226, Code::WechatBlocked)]
#[case(50002, Code::WechatBlocked)]
#[case(45011, Code::WechatUnavailable)]
#[case(40001, Code::WechatUnavailable)]
#[case(40013, Code::WechatUnavailable)]
#[case(40125, Code::WechatUnavailable)]
#[case(40164, Code::WechatUnavailable)]
#[case(41002, Code::WechatUnavailable)]
#[case(41004, Code::WechatUnavailable)]
#[case(48001, Code::WechatUnavailable)]
#[case(99999, Code::WechatUnavailable)]
#[actix_web::test]
async fn every_error_code_has_its_meaning_and_is_asked_about_once(
    #[case] number: i64,
    #[case] expected: Code,
) {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let wechat = &world.app.wechat;
    sandbox.inject("*", errcode(number), 2);
    let refused = wechat.mini_program_person("code").await.unwrap_err();
    assert_eq!(refused.code(), Some(expected));
    let refused = wechat.official_account_person("code").await.unwrap_err();
    assert_eq!(refused.code(), Some(expected));
    assert_eq!((sandbox.calls(CODE_TO_SESSION), sandbox.calls(CODE_TO_TOKEN)), (1, 1));
}

#[actix_web::test]
async fn a_busy_wechat_is_asked_once_more_and_no_oftener() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.inject(CODE_TO_SESSION, errcode(-1), 1);
    let code = sandbox.mini_program_code("wangxiuying").unwrap();
    assert_eq!(by_mini_program(&world, &code).await.unwrap().me.name, "王秀英");
    sandbox.inject(CODE_TO_SESSION, errcode(-1), 3);
    let code = sandbox.mini_program_code("wangxiuying").unwrap();
    assert_eq!(by_mini_program(&world, &code).await.unwrap_err().code, Code::WechatUnavailable);
    assert_eq!(sandbox.calls(CODE_TO_SESSION), 4);
}

#[rstest]
#[case::text_for_a_number(Fault::StringErrcode)]
#[case::unknown_fields(Fault::UnknownField)]
#[case::late(Fault::Delay { millis: 300 })]
#[actix_web::test]
async fn an_answer_in_an_unusual_form_is_understood(#[case] fault: Fault) {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.inject(CODE_TO_SESSION, fault, 1);
    let code = sandbox.mini_program_code("wangxiuying").unwrap();
    assert_eq!(by_mini_program(&world, &code).await.unwrap().me.name, "王秀英");
}

#[rstest]
#[case::hang(Fault::Hang)]
#[case::one_byte_a_second(Fault::SlowBody { millis_per_byte: 1000 })]
#[case::too_late(Fault::Delay { millis: 60_000 })]
#[case::gateway_page(Fault::Status { status: 502 })]
#[case::page_with_status_ok(Fault::Status { status: 200 })]
#[case::sent_elsewhere(Fault::Status { status: 302 })]
#[case::reset(Fault::Reset)]
#[case::cut_off(Fault::Truncate { keep_bytes: 12 })]
#[case::huge(Fault::HugeBody { bytes: 64 * 1024 * 1024 })]
#[actix_web::test]
async fn without_an_answer_wechat_is_unavailable_within_three_seconds(#[case] fault: Fault) {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.inject(CODE_TO_SESSION, fault.clone(), 1);
    let code = sandbox.mini_program_code("wangxiuying").unwrap();
    let begun = Instant::now();
    let refused = by_mini_program(&world, &code).await.unwrap_err();
    assert_eq!(refused.code, Code::WechatUnavailable);
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    assert_eq!(sandbox.calls(CODE_TO_SESSION), 1, "a code that may be spent is not tried again");
}

#[actix_web::test]
async fn a_code_whose_answer_was_lost_is_refused_and_a_new_one_signs_in() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let lost =
        FaultRule { path: CODE_TO_SESSION.into(), times: 1, processed: true, fault: Fault::Reset };
    sandbox.inject_rule(lost);
    let code = sandbox.mini_program_code("wangxiuying").unwrap();
    assert_eq!(by_mini_program(&world, &code).await.unwrap_err().code, Code::WechatUnavailable);
    assert_eq!(by_mini_program(&world, &code).await.unwrap_err().code, Code::WechatCodeInvalid);
    let code = sandbox.mini_program_code("wangxiuying").unwrap();
    assert_eq!(by_mini_program(&world, &code).await.unwrap().me.name, "王秀英");
}

#[actix_web::test]
async fn a_wechat_that_does_not_answer_is_not_asked_for_a_while() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.inject(CODE_TO_SESSION, Fault::Status { status: 503 }, 5);
    for expected in [1, 2, 3, 4, 5, 5, 5] {
        let refused = world.app.wechat.mini_program_person("code").await.unwrap_err();
        assert_eq!(refused.code(), Some(Code::WechatUnavailable));
        assert_eq!(sandbox.calls(CODE_TO_SESSION), expected);
    }
}

#[actix_web::test]
async fn whoever_is_signed_in_goes_on_while_wechat_is_down() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let learner = world.person("wangxiuying").await;
    drop(sandbox);
    assert_eq!(by_mini_program(&world, "code").await.unwrap_err().code, Code::WechatUnavailable);
    assert_eq!(learner.call(ShowMe {}).await.unwrap().name, "王秀英");
}
