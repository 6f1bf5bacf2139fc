//! The files by which WeChat checks whose host this is.

use actix_web::{body::to_bytes, http::header, test::TestRequest};

use crate::scene::World;

/// Status, content type and text of what is at an address.
async fn got(world: &World, method: &str, path: &str) -> (u16, String, String) {
    let request = TestRequest::with_uri(path).method(method.parse().unwrap());
    let answer = world.send(request.peer_addr("127.0.0.1:40000".parse().unwrap())).await;
    let status = answer.status().as_u16();
    let kind = answer.headers().get(header::CONTENT_TYPE).unwrap().to_str().unwrap().to_owned();
    let body = to_bytes(answer.into_body()).await.unwrap();
    (status, kind, String::from_utf8(body.to_vec()).unwrap())
}

#[actix_web::test]
async fn a_file_of_the_settings_is_answered_exactly_where_wechat_looks() {
    let files = "MP_verify_Ab1.txt:Ab1,xY2.txt:3f4a9c";
    let world = World::configured(&["--domain-files", files]).await;
    for (path, content) in [
        ("/MP_verify_Ab1.txt", "Ab1"),
        ("/xY2.txt", "3f4a9c"),
        ("/xY2.txt?from=wechat", "3f4a9c"),
        // A rule for the codes on the wall ends there.
        ("/c/xY2.txt", "3f4a9c"),
    ] {
        let (status, kind, text) = got(&world, "GET", path).await;
        assert_eq!((status, text.as_str()), (200, content), "{path}");
        assert!(kind.starts_with("text/plain"), "{path}: {kind}");
    }
}

#[actix_web::test]
async fn no_other_file_is_there() {
    let world = World::configured(&["--domain-files", "xY2.txt:3f4a9c"]).await;
    for path in [
        "/other.txt",
        "/c/other.txt",
        "/xy2.txt",
        "/xY2.txt.txt",
        "/me/xY2.txt",
        "/c/../xY2.txt",
        "/..%2fxY2.txt",
        "/%2e%2e/xY2.txt",
        "/secret.key.txt",
    ] {
        let (status, kind, text) = got(&world, "GET", path).await;
        assert_eq!(status, 404, "{path}: {text}");
        assert!(kind.starts_with("application/problem+json"), "{path}: {kind}");
    }
    assert_eq!(got(&world, "POST", "/xY2.txt").await.0, 404);
}

#[actix_web::test]
async fn without_settings_there_is_no_file() {
    let world = World::configured(&[]).await;
    assert_eq!(got(&world, "GET", "/MP_verify_Ab1.txt").await.0, 404);
}
