//! The manners of every answer.

use std::collections::BTreeSet;

use serde_json::json;

use crate::support::{World, ends_with_rid, errcode, json_of};

const GET_APIS: [&str; 9] = [
    "/sns/jscode2session",
    "/wxa/checksession",
    "/wxa/resetusersessionkey",
    "/cgi-bin/token",
    "/wxaapi/newtmpl/gettemplate",
    "/sns/oauth2/access_token",
    "/sns/oauth2/refresh_token",
    "/sns/auth",
    "/sns/userinfo",
];

const POST_APIS: [&str; 6] = [
    "/cgi-bin/stable_token",
    "/wxa/business/getuserphonenumber",
    "/cgi-bin/message/subscribe/send",
    "/wxa/getwxacodeunlimit",
    "/wxa/generate_urllink",
    "/wxa/generatescheme",
];

#[tokio::test]
async fn every_failure_is_http_200_with_an_errcode_and_a_message_that_ends_in_a_rid() {
    let world = World::start().await;
    for path in GET_APIS {
        let answer = world.get(path, &[]).await;
        assert!(errcode(&answer) != 0 && ends_with_rid(&answer), "{path}: {answer}");
    }
    for path in POST_APIS {
        let answer = world.post(path, "", &json!({})).await;
        assert!(errcode(&answer) != 0 && ends_with_rid(&answer), "{path}: {answer}");
    }
}

#[tokio::test]
async fn the_wrong_method_is_refused_with_43001_or_43002() {
    let world = World::start().await;
    for path in GET_APIS {
        assert_eq!(errcode(&world.post(path, "", &json!({})).await), 43001, "{path}");
    }
    for path in POST_APIS {
        assert_eq!(errcode(&world.get(path, &[]).await), 43002, "{path}");
    }
}

#[tokio::test]
async fn json_answers_claim_to_be_plain_text_now_and_then() {
    let world = World::start().await;
    let mut claimed = BTreeSet::new();
    for _ in 0..3 {
        let response = world.get_response("/sns/jscode2session", &[]).await;
        claimed.insert(response.headers()["content-type"].to_str().unwrap().to_owned());
        json_of(response).await;
    }
    let expected = ["application/json; encoding=utf-8", "text/plain"].map(str::to_owned);
    assert_eq!(claimed, BTreeSet::from(expected));
}
