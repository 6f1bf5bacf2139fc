//! Binding the mini-program by the phone number that WeChat vouches for.

use backend::keys::mac;
use shared::{
    accounts::{SignedInAnswer, binding::*},
    problem::{Code, Problem},
};
use wechat_sandbox::{STRANGER, Sandbox};

use crate::{
    mini_program::by_mini_program,
    scene::World,
    wechat_stage::{sandbox, world},
};

/// The stranger's.
const PHONE: &str = "13900000099";

/// Puts a phone number on the roster, as an import would.
async fn has_phone(world: &World, name: &str, phone: &str) {
    let index = mac(&world.app.keys.derive("roster phone index"), &[phone.as_bytes()]);
    let hex = index.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    let columns = "person_id, sealed_phone, phone_index";
    world
        .sql(&format!(
            "INSERT INTO person_particulars ({columns})
             SELECT id, X'00', X'{hex}' FROM people WHERE name = '{name}'"
        ))
        .await;
}

async fn claim(sandbox: &Sandbox, world: &World) -> String {
    let code = sandbox.mini_program_code(STRANGER).unwrap();
    world.stranger().call(ClaimMiniProgram { code }).await.unwrap().claim
}

async fn bind(world: &World, claim: &str, code: &str) -> Result<SignedInAnswer, Problem> {
    world.stranger().call(BindWithPhone { claim: claim.into(), code: code.into() }).await
}

#[actix_web::test]
async fn a_phone_on_the_roster_binds_its_person_once() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    has_phone(&world, "张桂兰", PHONE).await;
    let claim = claim(&sandbox, &world).await;
    let code = sandbox.phone_code(STRANGER).unwrap();
    let answer = bind(&world, &claim, &code).await.unwrap();
    assert_eq!(answer.me.name, "张桂兰");
    assert!(answer.tokens.is_some());
    let code = sandbox.mini_program_code(STRANGER).unwrap();
    assert_eq!(by_mini_program(&world, &code).await.unwrap().me.name, "张桂兰");
    let code = sandbox.phone_code(STRANGER).unwrap();
    assert_eq!(bind(&world, &claim, &code).await.unwrap_err().code, Code::BindingOver);
}

#[actix_web::test]
async fn a_phone_that_is_not_enough_is_answered_alike() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let claim = claim(&sandbox, &world).await;
    let mut answers = Vec::new();
    let mut attempt = async || {
        let code = sandbox.phone_code(STRANGER).unwrap();
        let refused = bind(&world, &claim, &code).await.unwrap_err();
        answers.push(Problem { request_id: None, ..refused });
    };
    attempt().await;
    has_phone(&world, "张桂兰", PHONE).await;
    world.sql("UPDATE people SET active = false WHERE name = '张桂兰'").await;
    attempt().await;
    // Whoever has the number now would take the place of somebody with a WeChat of their own.
    world.sql("DELETE FROM person_particulars").await;
    has_phone(&world, "王秀英", PHONE).await;
    attempt().await;
    assert_eq!(answers[0].code, Code::UnknownPerson);
    assert!(answers[0].detail.as_ref().unwrap().contains("邀请码"));
    assert!(answers.iter().all(|it| *it == answers[0]), "{answers:?}");
    let code = sandbox.mini_program_code("wangxiuying").unwrap();
    assert_eq!(by_mini_program(&world, &code).await.unwrap().me.name, "王秀英");
}

#[actix_web::test]
async fn the_phone_of_somebody_else_and_a_made_up_claim_bind_nobody() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    has_phone(&world, "张桂兰", "13800000002").await;
    let claim = claim(&sandbox, &world).await;
    let theirs = sandbox.phone_code("lijianguo").unwrap();
    for code in [theirs.as_str(), "guessed", ""] {
        assert_eq!(bind(&world, &claim, code).await.unwrap_err().code, Code::WechatCodeInvalid);
    }
    let code = sandbox.phone_code(STRANGER).unwrap();
    for claim in ["", "made-up", &code] {
        assert_eq!(bind(&world, claim, &code).await.unwrap_err().code, Code::BindingOver);
    }
}

#[actix_web::test]
async fn a_wechat_tries_its_phone_five_times_an_hour() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let claim = claim(&sandbox, &world).await;
    for _ in 0..5 {
        let code = sandbox.phone_code(STRANGER).unwrap();
        assert_eq!(bind(&world, &claim, &code).await.unwrap_err().code, Code::UnknownPerson);
    }
    let code = sandbox.phone_code(STRANGER).unwrap();
    assert_eq!(bind(&world, &claim, &code).await.unwrap_err().code, Code::TooManyTries);
}
