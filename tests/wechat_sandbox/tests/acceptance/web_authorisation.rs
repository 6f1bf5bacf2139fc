//! The authorize page: silent return, person picker, and WeChat's own error pages.

use reqwest::{Response, Url};
use wechat_sandbox::SandboxConfig;

use crate::support::{OA_APP_ID, World, text};

const PATH: &str = "/connect/oauth2/authorize";
const RETURN: &str = "http://127.0.0.1:8080/enter/wechat/return";

fn request<'a>(scope: &'a str, state: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("appid", OA_APP_ID),
        ("redirect_uri", RETURN),
        ("response_type", "code"),
        ("scope", scope),
        ("state", state),
    ]
}

/// Code and state of the address a redirect leads to.
fn returned(response: &Response) -> (Option<String>, Option<String>) {
    assert_eq!(response.status(), 302);
    let location = response.headers()["location"].to_str().unwrap();
    assert!(location.starts_with(RETURN), "{location}");
    let url = Url::parse(location).unwrap();
    let value = |name: &str| {
        url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    };
    (value("code"), value("state"))
}

async fn error_page(world: &World, query: &[(&str, &str)]) -> String {
    let response = world.get_response(PATH, query).await;
    assert_eq!(response.status(), 200);
    let page = response.text().await.unwrap();
    assert!(!page.contains("<form"), "{page}");
    page
}

#[tokio::test]
async fn with_a_known_person_the_page_returns_at_once_with_code_and_state() {
    let mut config = SandboxConfig::demo();
    config.auto_person = Some("lijianguo".to_owned());
    let world = World::start_with(config).await;
    let response = world.get_response(PATH, &request("snsapi_base", "Abc123")).await;
    let (code, state) = returned(&response);
    assert_eq!(state.as_deref(), Some("Abc123"));
    let answer = world.exchange_web_code(&code.unwrap()).await;
    assert_eq!(text(&answer, "openid"), "oOA_lijianguo");
}

#[tokio::test]
async fn the_picker_shows_everybody_and_a_choice_returns_with_a_fresh_code() {
    let world = World::start().await;
    let page = world.get_response(PATH, &request("snsapi_base", "s1")).await.text().await.unwrap();
    for shown in ["王秀英", "保洁学员", "郑明", "陌生微信", "花名册里没有", "快照页用户"]
    {
        assert!(page.contains(shown), "{shown}");
    }
    assert_eq!(page.matches("value=\"stranger\"").count(), 1);
    let mut choice = request("snsapi_base", "s1");
    choice.push(("person", "stranger"));
    let response = world.get_response("/_sandbox/authorize", &choice).await;
    assert!(response.headers().get("set-cookie").is_none());
    let (code, state) = returned(&response);
    assert_eq!(state.as_deref(), Some("s1"));
    let answer = world.exchange_web_code(&code.unwrap()).await;
    assert_eq!(text(&answer, "openid"), "oOA_stranger");
}

#[tokio::test]
async fn a_remembered_choice_makes_the_next_authorisation_silent_until_it_is_forgotten() {
    let world = World::start().await;
    let mut choice = request("snsapi_base", "s1");
    choice.extend([("remember", "1"), ("person", "chenmei")]);
    let response = world.get_response("/_sandbox/authorize", &choice).await;
    let cookie =
        response.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let again = world.client.get(world.url(PATH)).query(&request("snsapi_base", "s2"));
    let (code, _) = returned(&again.header("cookie", cookie).send().await.unwrap());
    let answer = world.exchange_web_code(&code.unwrap()).await;
    assert_eq!(text(&answer, "openid"), "oOA_chenmei");
    let forgotten = world.get_response("/_sandbox/forget", &[]).await;
    assert!(forgotten.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
}

#[tokio::test]
async fn refusing_to_show_ones_profile_returns_without_a_code() {
    let world = World::start().await;
    let page =
        world.get_response(PATH, &request("snsapi_userinfo", "s1")).await.text().await.unwrap();
    assert!(page.contains("name=\"refuse\""));
    let mut choice = request("snsapi_userinfo", "s1");
    choice.push(("refuse", "1"));
    let response = world.get_response("/_sandbox/authorize", &choice).await;
    assert_eq!(returned(&response), (None, Some("s1".to_owned())));
}

#[tokio::test]
async fn parameters_in_another_order_are_refused() {
    let world = World::start().await;
    let right = request("snsapi_base", "s1");
    for (first, second) in [(0, 1), (1, 2), (2, 3), (3, 4)] {
        let mut swapped = right.clone();
        swapped.swap(first, second);
        assert!(error_page(&world, &swapped).await.contains("参数错误"));
    }
    // An address that was not percent-encoded spills its own parameters into the query.
    let raw = format!(
        "{PATH}?appid={OA_APP_ID}&redirect_uri={RETURN}?a=1&b=2&response_type=code&scope=snsapi_base&state=s"
    );
    assert!(world.get_response(&raw, &[]).await.text().await.unwrap().contains("参数错误"));
}

#[tokio::test]
async fn only_the_configured_hosts_may_be_returned_to() {
    let world = World::start().await;
    for address in [
        "http://www.localhost/",
        "http://127.0.0.1.evil.example/",
        "http://evil.example/?127.0.0.1",
        "http://127.0.0.1@evil.example/",
        "javascript://127.0.0.1/",
        "/enter/wechat/return",
        "",
    ] {
        let mut query = request("snsapi_base", "s1");
        query[1].1 = address;
        assert!(error_page(&world, &query).await.contains("10003"), "{address}");
    }
}

#[tokio::test]
async fn a_state_of_letters_and_digits_up_to_128_is_taken_and_anything_else_refused() {
    let world = World::start().await;
    world.sandbox.set_auto_person(Some("chenmei"));
    let longest = "a".repeat(128);
    let response = world.get_response(PATH, &request("snsapi_base", &longest)).await;
    assert_eq!(returned(&response).1, Some(longest.clone()));
    for state in [format!("{longest}a").as_str(), "a-b", "a.b", "状态"] {
        assert!(
            error_page(&world, &request("snsapi_base", state)).await.contains("state 参数错误")
        );
    }
}

#[tokio::test]
async fn a_wrong_appid_scope_or_response_type_is_refused() {
    let world = World::start().await;
    for (position, value, shown) in [
        (0, "wxmini000000000001", "AppID 参数错误"),
        (2, "token", "response_type"),
        (3, "snsapi_login", "10005"),
    ] {
        let mut query = request("snsapi_base", "s1");
        query[position].1 = value;
        assert!(error_page(&world, &query).await.contains(shown), "{value}");
    }
}
