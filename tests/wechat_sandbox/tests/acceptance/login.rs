//! code2Session and the session key.

use serde_json::Value;
use wechat_sandbox::session_key_signature;

use crate::support::{MINI_APP_ID, MINI_SECRET, OA_APP_ID, OA_SECRET, World, errcode, text};

#[tokio::test]
async fn a_code_redeemed_twice_is_refused_the_second_time_with_40163() {
    let world = World::start().await;
    let code = world.sandbox.mini_program_code("wangxiuying").unwrap();
    let first = world.code2session(&code).await;
    assert_eq!(text(&first, "openid"), "oMP_wangxiuying");
    assert_eq!(text(&first, "unionid"), "uUN_wangxiuying");
    assert_eq!(text(&first, "session_key").len(), 24);
    assert!(first.get("errcode").is_none());
    assert_eq!(errcode(&world.code2session(&code).await), 40163);
}

#[tokio::test]
async fn a_code_is_refused_with_40029_one_second_after_its_300_seconds() {
    let world = World::start().await;
    let early = world.sandbox.mini_program_code("lijianguo").unwrap();
    world.sandbox.advance(290);
    assert_eq!(errcode(&world.code2session(&early).await), 0);
    let late = world.sandbox.mini_program_code("lijianguo").unwrap();
    world.sandbox.advance(301);
    assert_eq!(errcode(&world.code2session(&late).await), 40029);
}

#[tokio::test]
async fn codes_of_the_phone_button_and_of_web_authorisation_cannot_sign_in() {
    let world = World::start().await;
    let phone = world.sandbox.phone_code("chenmei").unwrap();
    let web = world.sandbox.web_code("chenmei", wechat_sandbox::Scope::Base).unwrap();
    for code in [phone.as_str(), web.as_str(), "made-up"] {
        assert_eq!(errcode(&world.code2session(code).await), 40029);
    }
}

#[tokio::test]
async fn each_wrong_parameter_of_code2session_has_its_own_error_code() {
    let world = World::start().await;
    let code = world.sandbox.mini_program_code("chenmei").unwrap();
    let right = [
        ("appid", MINI_APP_ID),
        ("secret", MINI_SECRET),
        ("js_code", code.as_str()),
        ("grant_type", "authorization_code"),
    ];
    let wrong = [
        ("appid", "", 41002),
        ("appid", "wx0000000000000000", 40013),
        ("secret", "", 41004),
        ("secret", "guessed", 40125),
        ("js_code", "", 41008),
        ("grant_type", "client_credential", 40002),
    ];
    for (name, value, expected) in wrong {
        let query = right.map(|(key, kept)| (key, if key == name { value } else { kept }));
        let answer = world.get("/sns/jscode2session", &query).await;
        assert_eq!(errcode(&answer), expected, "{name}={value}");
    }
    // None of the refusals used the code up.
    assert_eq!(errcode(&world.get("/sns/jscode2session", &right).await), 0);
}

#[tokio::test]
async fn the_official_account_cannot_sign_in_to_the_mini_program() {
    let world = World::start().await;
    let code = world.sandbox.mini_program_code("chenmei").unwrap();
    let query = [
        ("appid", OA_APP_ID),
        ("secret", OA_SECRET),
        ("js_code", code.as_str()),
        ("grant_type", "authorization_code"),
    ];
    assert_eq!(errcode(&world.get("/sns/jscode2session", &query).await), 40013);
}

#[tokio::test]
async fn a_person_risk_control_refuses_gets_40226_until_the_block_is_lifted() {
    let world = World::start().await;
    world.sandbox.set_blocked("zhoutao", true);
    let code = world.sandbox.mini_program_code("zhoutao").unwrap();
    assert_eq!(errcode(&world.code2session(&code).await), 40226);
    world.sandbox.set_blocked("zhoutao", false);
    let code = world.sandbox.mini_program_code("zhoutao").unwrap();
    assert_eq!(errcode(&world.code2session(&code).await), 0);
}

async fn session_key(world: &World) -> String {
    let code = world.sandbox.mini_program_code("sunlihua").unwrap();
    text(&world.code2session(&code).await, "session_key")
}

async fn signed(world: &World, path: &str, key: &str) -> Value {
    let token = world.mini_token().await;
    let signature = session_key_signature(key, b"");
    let query = [
        ("access_token", token.as_str()),
        ("openid", "oMP_sunlihua"),
        ("signature", signature.as_str()),
        ("sig_method", "hmac_sha256"),
    ];
    world.get(path, &query).await
}

#[tokio::test]
async fn a_session_key_survives_quick_sign_ins_and_dies_with_a_later_one() {
    let world = World::start().await;
    let first = session_key(&world).await;
    assert_eq!(session_key(&world).await, first);
    assert_eq!(errcode(&signed(&world, "/wxa/checksession", &first).await), 0);
    world.sandbox.advance(61);
    let second = session_key(&world).await;
    assert_ne!(second, first);
    assert_eq!(errcode(&signed(&world, "/wxa/checksession", &first).await), 87009);
    assert_eq!(errcode(&signed(&world, "/wxa/checksession", &second).await), 0);
}

#[tokio::test]
async fn resetting_a_session_key_gives_a_new_one_and_kills_the_old() {
    let world = World::start().await;
    assert_eq!(errcode(&signed(&world, "/wxa/resetusersessionkey", "none yet").await), 87007);
    let old = session_key(&world).await;
    let answer = signed(&world, "/wxa/resetusersessionkey", &old).await;
    assert_eq!(text(&answer, "openid"), "oMP_sunlihua");
    let new = text(&answer, "session_key");
    assert_eq!(errcode(&signed(&world, "/wxa/checksession", &old).await), 87009);
    assert_eq!(errcode(&signed(&world, "/wxa/checksession", &new).await), 0);
}

#[test]
fn session_key_signatures_equal_the_collected_vectors() {
    let vectors: Vec<Value> = serde_json::from_str(include_str!("session_key_hmac.json")).unwrap();
    assert_eq!(vectors.len(), 2);
    for vector in vectors {
        let input = &vector["input"];
        let signature =
            session_key_signature(&text(input, "session_key"), text(input, "message").as_bytes());
        assert_eq!(signature, text(&vector["expect"], "signature"), "{}", vector["id"]);
    }
}
