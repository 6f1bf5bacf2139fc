//! The number behind the phone button.

use std::time::{Duration, Instant};

use backend::wechat::PhoneNumber;
use rstest::rstest;
use shared::problem::Code;
use wechat_sandbox::{Fault, Sandbox, SandboxConfig, SandboxPerson};

use crate::{
    server::OPENID,
    wechat_stage::{errcode, sandbox, world},
};

fn number(country_code: &str, number: &str) -> PhoneNumber {
    PhoneNumber { country_code: country_code.into(), number: number.into() }
}

#[actix_web::test]
async fn the_phone_button_tells_a_number_once() {
    let mut config = SandboxConfig::demo();
    config.people.push(SandboxPerson::new("hongkong", "阿明", "", "+852-51234567"));
    let sandbox = Sandbox::start(config).await.unwrap();
    let world = world(&sandbox).await;
    let wechat = &world.app.wechat;
    let code = sandbox.phone_code("wangxiuying").unwrap();
    let told = wechat.phone_number(&code, Some(OPENID)).await.unwrap();
    assert!(told == number("86", "13800000001"));
    assert_eq!(format!("{told:?}"), "PhoneNumber");
    let again = wechat.phone_number(&code, Some(OPENID)).await.unwrap_err();
    assert_eq!(again.code(), Some(Code::WechatCodeInvalid));
    let code = sandbox.phone_code("hongkong").unwrap();
    assert!(wechat.phone_number(&code, None).await.unwrap() == number("852", "51234567"));
}

#[actix_web::test]
async fn another_persons_code_and_a_code_of_another_kind_tell_nothing() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let theirs = sandbox.phone_code("lijianguo").unwrap();
    let of_sign_in = sandbox.mini_program_code("wangxiuying").unwrap();
    for code in [theirs.as_str(), &of_sign_in, "guessed", ""] {
        let refused = world.app.wechat.phone_number(code, Some(OPENID)).await.unwrap_err();
        assert_eq!(refused.code(), Some(Code::WechatCodeInvalid), "{code}");
    }
}

#[rstest]
#[case(errcode(40013))]
#[case(errcode(45011))]
#[case(Fault::Hang)]
#[case(Fault::Status { status: 500 })]
#[actix_web::test]
async fn a_phone_number_that_cannot_be_had_now_is_told_within_three_seconds(#[case] fault: Fault) {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.inject("/wxa/business/getuserphonenumber", fault, 1);
    let code = sandbox.phone_code("wangxiuying").unwrap();
    let begun = Instant::now();
    let refused = world.app.wechat.phone_number(&code, None).await.unwrap_err();
    assert_eq!(refused.code(), Some(Code::WechatUnavailable));
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}
