//! Signing in through WeCom: the application's token, the page, and whose code it is.

use serde_json::Value;
use wechat_sandbox::{Fault, OUTSIDER, STRANGER};

use crate::support::{OA_APP_ID, World, errcode, text};

const CORP_ID: &str = "ww0000000000000001";
const SECRET: &str = "demo-wecom-secret";
const AUTHORIZE: &str = "/connect/oauth2/authorize";
const GET_TOKEN: &str = "/cgi-bin/gettoken";
const GET_USER_INFO: &str = "/cgi-bin/auth/getuserinfo";

async fn get_token(world: &World, corp_id: &str, secret: &str) -> Value {
    world.get(GET_TOKEN, &[("corpid", corp_id), ("corpsecret", secret)]).await
}

async fn token(world: &World) -> String {
    text(&get_token(world, CORP_ID, SECRET).await, "access_token")
}

async fn user_info(world: &World, token: &str, code: &str) -> Value {
    world.get(GET_USER_INFO, &[("access_token", token), ("code", code)]).await
}

fn request<'a>(scope: &'a str, agent: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("appid", CORP_ID),
        ("redirect_uri", "http://127.0.0.1:8080/enter/wecom/back"),
        ("response_type", "code"),
        ("scope", scope),
        ("state", "s1"),
        ("agentid", agent),
    ]
}

#[tokio::test]
async fn the_same_token_comes_until_it_is_over_and_always_claims_two_hours() {
    let world = World::start().await;
    let first = get_token(&world, CORP_ID, SECRET).await;
    world.sandbox.advance(7000);
    assert_eq!(get_token(&world, CORP_ID, SECRET).await, first);
    assert_eq!(first["expires_in"], 7200);
    world.sandbox.advance(201);
    let old = text(&first, "access_token");
    assert_eq!(errcode(&user_info(&world, &old, "x").await), 42001);
    let new = token(&world).await;
    assert_ne!(old, new);
    assert_eq!(errcode(&user_info(&world, &old, "x").await), 40014);
}

#[tokio::test]
async fn a_wrong_or_missing_credential_is_named() {
    let world = World::start().await;
    for (corp_id, secret, expected) in [
        ("", SECRET, 41002),
        (CORP_ID, "", 41004),
        (OA_APP_ID, SECRET, 40013),
        (CORP_ID, "wrong", 40001),
    ] {
        assert_eq!(errcode(&get_token(&world, corp_id, secret).await), expected);
    }
}

#[tokio::test]
async fn a_members_code_tells_the_userid_once_within_five_minutes() {
    let world = World::start().await;
    let token = token(&world).await;
    let code = world.sandbox.wecom_code("wangxiuying").unwrap();
    assert_eq!(text(&user_info(&world, &token, &code).await, "userid"), "wangxiuying");
    let old = world.sandbox.wecom_code(STRANGER).unwrap();
    world.sandbox.advance(301);
    let of_wechat = world.sandbox.web_code(STRANGER, wechat_sandbox::Scope::Base).unwrap();
    for code in [&code, &old, &of_wechat, "made-up"] {
        assert_eq!(errcode(&user_info(&world, &token, code).await), 40029, "{code}");
    }
    assert_eq!(errcode(&user_info(&world, "", "x").await), 41001);
    assert_eq!(errcode(&user_info(&world, &token, "").await), 41008);
    let in_wechat = world.exchange_web_code(&world.sandbox.wecom_code(STRANGER).unwrap()).await;
    assert_eq!(errcode(&in_wechat), 40029);
}

#[tokio::test]
async fn somebody_outside_the_address_book_has_an_openid_and_no_userid() {
    let world = World::start().await;
    let code = world.sandbox.wecom_code(OUTSIDER).unwrap();
    let answer = user_info(&world, &token(&world).await, &code).await;
    assert_eq!(text(&answer, "openid"), "oOA_outsider");
    assert_eq!((errcode(&answer), answer.get("userid")), (0, None));
}

#[tokio::test]
async fn the_page_returns_a_known_members_code_and_asks_who_it_is_otherwise() {
    let world = World::start().await;
    let response = world.get_response(AUTHORIZE, &request("snsapi_base", "1000002")).await;
    let page = response.text().await.unwrap();
    for shown in ["演示用的企业微信", "王秀英", "陌生企业微信", "外部联系人"]
    {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(!page.contains("快照页用户"));
    world.sandbox.set_auto_person(Some("chenmei"));
    let response = world.get_response(AUTHORIZE, &request("snsapi_base", "1000002")).await;
    let location = response.headers()["location"].to_str().unwrap();
    let code = location.split_once("code=").unwrap().1.strip_suffix("&state=s1").unwrap();
    let answer = user_info(&world, &token(&world).await, code).await;
    assert_eq!(text(&answer, "userid"), "chenmei");
}

#[tokio::test]
async fn another_scope_application_or_order_is_refused_on_a_page() {
    let world = World::start().await;
    world.sandbox.set_auto_person(Some("chenmei"));
    let mut in_disorder = request("snsapi_base", "1000002");
    in_disorder.swap(4, 5);
    for (query, shown) in [
        (request("snsapi_userinfo", "1000002"), "scope 参数错误"),
        (request("snsapi_base", "1000003"), "agentid 参数错误"),
        (in_disorder, "参数错误"),
    ] {
        let response = world.get_response(AUTHORIZE, &query).await;
        assert_eq!(response.status(), 200);
        assert!(response.text().await.unwrap().contains(shown), "{shown}");
    }
}

#[tokio::test]
async fn both_calls_meet_injected_faults() {
    let world = World::start().await;
    let token = token(&world).await;
    for number in [40029, 42001, -1] {
        for path in [GET_TOKEN, GET_USER_INFO] {
            let fault = Fault::Errcode { errcode: number, errmsg: None };
            world.sandbox.inject(path, fault, 1);
        }
        assert_eq!(errcode(&get_token(&world, CORP_ID, SECRET).await), number);
        assert_eq!(errcode(&user_info(&world, &token, "x").await), number);
    }
    world.sandbox.inject(GET_USER_INFO, Fault::Hang, 1);
    let request = world.client.get(world.url(GET_USER_INFO));
    let patience = std::time::Duration::from_millis(300);
    assert!(request.timeout(patience).send().await.unwrap_err().is_timeout());
}
