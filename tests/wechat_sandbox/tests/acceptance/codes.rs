//! Mini-program codes: a picture or JSON, never both.

use serde_json::{Value, json};

use crate::support::{World, errcode, json_of};

const PATH: &str = "/wxa/getwxacodeunlimit";

async fn refusal(world: &World, body: &Value) -> i64 {
    let token = world.mini_token().await;
    errcode(&world.post(PATH, &token, body).await)
}

async fn picture(world: &World, body: &Value) -> (String, Vec<u8>) {
    let token = world.mini_token().await;
    let response = world.post_response(PATH, &token, body).await;
    let content_type = response.headers()["content-type"].to_str().unwrap().to_owned();
    (content_type, response.bytes().await.unwrap().to_vec())
}

#[tokio::test]
async fn a_code_is_a_jpeg_and_with_is_hyaline_a_png_of_the_width_asked_for() {
    let world = World::start().await;
    let page = "pages/session/index";
    let (content_type, bytes) = picture(&world, &json!({ "scene": "s=42", "page": page })).await;
    assert_eq!(content_type, "image/jpeg");
    assert_eq!(image::guess_format(&bytes).unwrap(), image::ImageFormat::Jpeg);
    assert_eq!(image::load_from_memory(&bytes).unwrap().width(), 430);

    let body = json!({ "scene": "s=42", "page": page, "is_hyaline": true, "width": 280 });
    let (content_type, bytes) = picture(&world, &body).await;
    assert_eq!(content_type, "image/png");
    let picture = image::load_from_memory(&bytes).unwrap().to_rgba8();
    assert_eq!(picture.dimensions(), (280, 280));
    assert_eq!(picture.get_pixel(0, 0).0[3], 0);
}

#[tokio::test]
async fn a_scene_of_33_characters_is_refused_with_40169_and_one_of_32_is_drawn() {
    let world = World::start().await;
    assert_eq!(refusal(&world, &json!({ "scene": "s".repeat(33) })).await, 40169);
    assert_eq!(refusal(&world, &json!({ "scene": "" })).await, 40169);
    let (content_type, _) = picture(&world, &json!({ "scene": "s".repeat(32) })).await;
    assert_eq!(content_type, "image/jpeg");
}

#[tokio::test]
async fn a_percent_sign_or_chinese_in_the_scene_is_refused_with_40129() {
    let world = World::start().await;
    for scene in ["a%20b", "实训", "a b"] {
        assert_eq!(refusal(&world, &json!({ "scene": scene })).await, 40129, "{scene}");
    }
    let all_symbols = json!({ "scene": "!#$&'()*+,/:;=?@-._~" });
    assert_eq!(picture(&world, &all_symbols).await.0, "image/jpeg");
}

#[tokio::test]
async fn an_unknown_page_is_refused_with_41030_unless_the_check_is_off() {
    let world = World::start().await;
    let body = |page: &str, check: bool| json!({ "scene": "a", "page": page, "check_path": check });
    assert_eq!(refusal(&world, &body("pages/none/none", true)).await, 41030);
    assert_eq!(refusal(&world, &body("/pages/index/index", true)).await, 41030);
    assert_eq!(refusal(&world, &body("pages/index/index?a=1", true)).await, 41030);
    assert_eq!(picture(&world, &body("pages/none/none", false)).await.0, "image/jpeg");
}

#[tokio::test]
async fn bad_options_are_refused_with_40097_and_a_form_with_40169() {
    let world = World::start().await;
    for body in [
        json!({ "scene": "a", "env_version": "formal" }),
        json!({ "scene": "a", "width": 279 }),
        json!({ "scene": "a", "width": 1281 }),
        json!({ "scene": "a", "line_color": { "r": 300, "g": 0, "b": 0 } }),
    ] {
        assert_eq!(refusal(&world, &body).await, 40097, "{body}");
    }
    assert_eq!(refusal(&world, &json!({ "scene": "scancode_time=1" })).await, 85096);
    let token = world.mini_token().await;
    let request = world.client.post(world.url(PATH)).query(&[("access_token", token)]);
    let answer = json_of(request.body("scene=a").send().await.unwrap()).await;
    assert_eq!(errcode(&answer), 40169);
}
