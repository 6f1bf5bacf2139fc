//! Links that open the mini-program.

use serde_json::json;

use crate::support::{World, errcode, json_of, text};

const URL_LINK: &str = "/wxa/generate_urllink";
const SCHEME: &str = "/wxa/generatescheme";

#[tokio::test]
async fn a_link_and_a_scheme_are_given_for_a_released_page() {
    let world = World::start().await;
    let token = world.mini_token().await;
    let body = json!({ "path": "pages/index/index", "query": "a=1&b=2", "expire_type": 1, "expire_interval": 30 });
    let link = text(&world.post(URL_LINK, &token, &body).await, "url_link");
    assert!(link.starts_with("https://wxaurl.cn/"), "{link}");
    let body = json!({ "jump_wxa": { "path": "pages/index/index", "query": "a=1&b=2" }, "expire_type": 0, "expire_time": world.sandbox.now() + 86_400 });
    let link = text(&world.post(SCHEME, &token, &body).await, "openlink");
    assert!(link.starts_with("weixin://dl/business/?t="), "{link}");
}

#[tokio::test]
async fn links_to_nowhere_or_for_more_than_30_days_are_refused() {
    let world = World::start().await;
    let token = world.mini_token().await;
    let wrong = [
        (json!({ "path": "pages/none/none", "expire_type": 1, "expire_interval": 1 }), 40165),
        (json!({ "query": "no-pair", "expire_type": 1, "expire_interval": 1 }), 40212),
        (json!({ "env_version": "formal", "expire_type": 1, "expire_interval": 1 }), 85402),
        (json!({ "expire_type": 1, "expire_interval": 31 }), 85401),
        (json!({ "expire_type": 0, "expire_time": world.sandbox.now() + 31 * 86_400 }), 85401),
        (json!({ "expire_type": 0, "expire_time": world.sandbox.now() - 60 }), 85401),
    ];
    for (body, expected) in wrong {
        assert_eq!(errcode(&world.post(URL_LINK, &token, &body).await), expected, "{body}");
    }
}

#[tokio::test]
async fn a_scheme_whose_ampersand_was_escaped_is_refused_with_40212() {
    let world = World::start().await;
    let token = world.mini_token().await;
    let body = r#"{"jump_wxa":{"query":"a=1\u0026b=2"},"expire_type":1,"expire_interval":1}"#;
    let request = world.client.post(world.url(SCHEME)).query(&[("access_token", token)]).body(body);
    assert_eq!(errcode(&json_of(request.send().await.unwrap()).await), 40212);
}
