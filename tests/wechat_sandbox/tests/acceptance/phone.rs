//! The phone number button.

use serde_json::json;

use crate::support::{MINI_APP_ID, World, errcode};

const PATH: &str = "/wxa/business/getuserphonenumber";

#[tokio::test]
async fn a_phone_code_gives_the_number_once() {
    let world = World::start().await;
    let token = world.mini_token().await;
    let body = json!({ "code": world.sandbox.phone_code("wangxiuying").unwrap() });
    let answer = world.post(PATH, &token, &body).await;
    assert_eq!(errcode(&answer), 0);
    let info = &answer["phone_info"];
    assert_eq!(info["phoneNumber"], "13800000001");
    assert_eq!(info["purePhoneNumber"], "13800000001");
    assert_eq!(info["countryCode"], "86");
    assert_eq!(info["watermark"]["appid"], MINI_APP_ID);
    assert_eq!(errcode(&world.post(PATH, &token, &body).await), 40029);
}

#[tokio::test]
async fn a_login_code_or_an_old_code_gives_no_number() {
    let world = World::start().await;
    let token = world.mini_token().await;
    let login = json!({ "code": world.sandbox.mini_program_code("chenmei").unwrap() });
    assert_eq!(errcode(&world.post(PATH, &token, &login).await), 40029);
    let old = json!({ "code": world.sandbox.phone_code("chenmei").unwrap() });
    world.sandbox.advance(301);
    assert_eq!(errcode(&world.post(PATH, &token, &old).await), 40029);
}

#[tokio::test]
async fn a_code_and_an_openid_of_different_people_do_not_belong_together() {
    let world = World::start().await;
    let token = world.mini_token().await;
    let code = world.sandbox.phone_code("chenmei").unwrap();
    let body = json!({ "code": code, "openid": "oMP_wufang" });
    assert_ne!(errcode(&world.post(PATH, &token, &body).await), 0);
    let code = world.sandbox.phone_code("chenmei").unwrap();
    let body = json!({ "code": code, "openid": "oMP_chenmei" });
    assert_eq!(errcode(&world.post(PATH, &token, &body).await), 0);
}
