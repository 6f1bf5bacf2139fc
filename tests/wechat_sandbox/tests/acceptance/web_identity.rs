//! What a server learns from a web authorisation code.

use serde_json::Value;
use wechat_sandbox::{SNAPSHOT_PERSON, Scope};

use crate::support::{MINI_APP_ID, MINI_SECRET, OA_APP_ID, World, errcode, text};

async fn signed_in(world: &World, person: &str, scope: Scope) -> Value {
    let code = world.sandbox.web_code(person, scope).unwrap();
    world.exchange_web_code(&code).await
}

async fn ask(world: &World, path: &str, answer: &Value, openid: &str) -> Value {
    let token = text(answer, "access_token");
    world.get(path, &[("access_token", &token), ("openid", openid)]).await
}

#[tokio::test]
async fn a_silent_authorisation_tells_the_openid_and_neither_unionid_nor_name() {
    let world = World::start().await;
    let answer = signed_in(&world, "zhaodeshun", Scope::Base).await;
    assert_eq!(text(&answer, "openid"), "oOA_zhaodeshun");
    assert_eq!(text(&answer, "scope"), "snsapi_base");
    assert_eq!(answer["expires_in"], 7200);
    assert!(answer.get("unionid").is_none() && answer.get("is_snapshotuser").is_none());
    let info = ask(&world, "/sns/userinfo", &answer, "oOA_zhaodeshun").await;
    assert_eq!(errcode(&info), 48001);
}

#[tokio::test]
async fn one_person_has_two_openids_and_one_unionid() {
    let world = World::start().await;
    let web = signed_in(&world, "zhaodeshun", Scope::UserInfo).await;
    let code = world.sandbox.mini_program_code("zhaodeshun").unwrap();
    let mini = world.code2session(&code).await;
    assert_ne!(text(&web, "openid"), text(&mini, "openid"));
    assert_eq!(text(&web, "unionid"), text(&mini, "unionid"));
    let info = ask(&world, "/sns/userinfo", &web, "oOA_zhaodeshun").await;
    assert_eq!(text(&info, "nickname"), "赵德顺");
    assert_eq!(text(&info, "unionid"), "uUN_zhaodeshun");
}

#[tokio::test]
async fn a_snapshot_page_user_is_marked_and_has_no_profile() {
    let world = World::start().await;
    let answer = signed_in(&world, SNAPSHOT_PERSON, Scope::UserInfo).await;
    assert_eq!(answer["is_snapshotuser"], 1);
    assert!(answer.get("unionid").is_none());
    let openid = text(&answer, "openid");
    assert_eq!(errcode(&ask(&world, "/sns/userinfo", &answer, &openid).await), 48001);
}

#[tokio::test]
async fn a_web_code_is_good_once_and_for_five_minutes() {
    let world = World::start().await;
    let code = world.sandbox.web_code("chenmei", Scope::Base).unwrap();
    assert_eq!(errcode(&world.exchange_web_code(&code).await), 0);
    assert_eq!(errcode(&world.exchange_web_code(&code).await), 40163);
    let old = world.sandbox.web_code("chenmei", Scope::Base).unwrap();
    world.sandbox.advance(301);
    assert_eq!(errcode(&world.exchange_web_code(&old).await), 40029);
    assert_eq!(errcode(&world.exchange_web_code("").await), 41008);
    let login = world.sandbox.mini_program_code("chenmei").unwrap();
    assert_eq!(errcode(&world.exchange_web_code(&login).await), 40029);
}

#[tokio::test]
async fn the_mini_program_cannot_exchange_a_web_code() {
    let world = World::start().await;
    let code = world.sandbox.web_code("chenmei", Scope::Base).unwrap();
    let query = [
        ("appid", MINI_APP_ID),
        ("secret", MINI_SECRET),
        ("code", code.as_str()),
        ("grant_type", "authorization_code"),
    ];
    assert_eq!(errcode(&world.get("/sns/oauth2/access_token", &query).await), 40013);
}

#[tokio::test]
async fn a_user_token_is_checked_against_its_openid_and_expires_after_two_hours() {
    let world = World::start().await;
    let answer = signed_in(&world, "chenmei", Scope::Base).await;
    assert_eq!(errcode(&ask(&world, "/sns/auth", &answer, "oOA_chenmei").await), 0);
    assert_eq!(errcode(&ask(&world, "/sns/auth", &answer, "oOA_wufang").await), 40003);
    world.sandbox.advance(7201);
    assert_eq!(errcode(&ask(&world, "/sns/auth", &answer, "oOA_chenmei").await), 42001);
    // It is no token for the account's APIs either.
    assert_eq!(world.fate_of(&text(&answer, "access_token")).await, 40001);
}

#[tokio::test]
async fn a_refresh_token_gives_new_access_for_30_days() {
    let world = World::start().await;
    let answer = signed_in(&world, "chenmei", Scope::Base).await;
    let refresh = text(&answer, "refresh_token");
    let query = [
        ("appid", OA_APP_ID),
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh.as_str()),
    ];
    world.sandbox.advance(7201);
    let renewed = world.get("/sns/oauth2/refresh_token", &query).await;
    assert_eq!(text(&renewed, "openid"), "oOA_chenmei");
    assert_eq!(errcode(&ask(&world, "/sns/auth", &renewed, "oOA_chenmei").await), 0);
    world.sandbox.advance(30 * 86_400);
    assert_eq!(errcode(&world.get("/sns/oauth2/refresh_token", &query).await), 42002);
    let mut unknown = query;
    unknown[2].1 = "made-up";
    assert_eq!(errcode(&world.get("/sns/oauth2/refresh_token", &unknown).await), 40030);
}
