//! Signing in from the mini-program.

use actix_web::{http::header, test::TestRequest};
use shared::{
    accounts::{ShowMe, SignInWithMiniProgram, SignedInAnswer},
    api::encode,
    problem::{Code, Problem},
};
use wechat_sandbox::{STRANGER, Scope};

use crate::{
    CODE_TO_SESSION,
    scene::World,
    wechat_stage::{sandbox, world},
};

pub async fn by_mini_program(world: &World, code: &str) -> Result<SignedInAnswer, Problem> {
    world.stranger().call(SignInWithMiniProgram { code: code.into() }).await
}

#[actix_web::test]
async fn a_learner_signs_in_with_the_code_of_the_mini_program_and_stays_signed_in() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let code = sandbox.mini_program_code("wangxiuying").unwrap();
    let answer = by_mini_program(&world, &code).await.unwrap();
    assert_eq!(answer.me.name, "王秀英");
    let token = answer.tokens.unwrap().access_token;
    let me = TestRequest::with_uri(&encode(&ShowMe {}).target)
        .insert_header((header::AUTHORIZATION, format!("Bearer {token}")));
    assert_eq!(world.send(me).await.status().as_u16(), 200);
}

#[actix_web::test]
async fn a_code_is_good_for_one_sign_in_within_five_minutes() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let used = sandbox.mini_program_code("wangxiuying").unwrap();
    by_mini_program(&world, &used).await.unwrap();
    let old = sandbox.mini_program_code("wangxiuying").unwrap();
    sandbox.advance(301);
    let of_the_phone_button = sandbox.phone_code("wangxiuying").unwrap();
    let of_the_browser = sandbox.web_code("wangxiuying", Scope::Base).unwrap();
    for code in [used, old, of_the_phone_button, of_the_browser, "guessed".into()] {
        let refused = by_mini_program(&world, &code).await.unwrap_err();
        assert_eq!(refused.code, Code::WechatCodeInvalid);
    }
}

#[actix_web::test]
async fn what_cannot_be_a_code_is_refused_without_asking_wechat() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    for code in ["", " ", "a b", "码", "a\n", &"x".repeat(513)] {
        let refused = world.app.wechat.mini_program_person(code).await.unwrap_err();
        assert_eq!(refused.code(), Some(Code::WechatCodeInvalid), "{code:?}");
    }
    assert_eq!(sandbox.calls(CODE_TO_SESSION), 0);
}

#[actix_web::test]
async fn somebody_the_roster_does_not_know_is_told_so() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let code = sandbox.mini_program_code(STRANGER).unwrap();
    assert_eq!(by_mini_program(&world, &code).await.unwrap_err().code, Code::UnknownPerson);
}

#[actix_web::test]
async fn somebody_whom_wechat_blocks_is_told_to_sign_in_another_way() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.set_blocked("wangxiuying", true);
    let code = sandbox.mini_program_code("wangxiuying").unwrap();
    assert_eq!(by_mini_program(&world, &code).await.unwrap_err().code, Code::WechatBlocked);
}

#[actix_web::test]
async fn an_app_that_is_not_configured_is_named() {
    let world = World::configured(&[]).await;
    let wechat = &world.app.wechat;
    let refused = by_mini_program(&world, "code").await.unwrap_err();
    assert_eq!(refused.code, Code::WechatUnavailable);
    assert_eq!(refused.detail.as_deref(), Some("没有配置小程序"));
    let refused = wechat.official_account_person("code").await.unwrap_err();
    assert!(refused.to_string().contains("微信"), "{refused}");
    assert_eq!(refused.code(), Some(Code::WechatUnavailable));
    let refused = wechat.authorize_url("http://127.0.0.1:8080", "state").unwrap_err();
    assert_eq!(refused.code(), Some(Code::WechatUnavailable));
}
