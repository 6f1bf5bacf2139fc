//! Setting the callback up in WeChat's console.

use actix_web::test::TestRequest;
use chrono::Utc;

use crate::{
    caller::{KEY, PATH, answer, set_up, signed_at, target},
    scene::{Kind, World},
};

scene!(the_console_gets_its_text_back_as_it_is, |world| async move {
    let mut world = world;
    for keys in ["", KEY] {
        world = set_up(world, keys).await;
        let mut query = signed_at(Utc::now().timestamp());
        query.echostr = "4375120948345356249".into();
        let heard = answer(&world, TestRequest::get().uri(&target(PATH, &query))).await;
        assert_eq!(heard, (200, query.echostr));
    }
});

scene!(nobody_without_the_token_gets_a_text_back, |world| async move {
    let world = set_up(world, KEY).await;
    let now = Utc::now().timestamp();
    let mut touched = signed_at(now);
    touched.nonce.push('1');
    let mut empty = signed_at(now);
    empty.signature = String::new();
    for mut query in [touched, empty, signed_at(now - 660), signed_at(now + 660)] {
        query.echostr = "<script>alert(1)</script>".into();
        let target = target(PATH, &query).replace('<', "%3C").replace('>', "%3E");
        let (status, text) = answer(&world, TestRequest::get().uri(&target)).await;
        assert_eq!(status, 403);
        assert!(!text.contains("script"), "{text}");
    }
});

scene!(an_account_without_a_token_has_no_address, |world| async move {
    for path in [PATH, "/wechat/callback/official-account", "/wechat/callback/other"] {
        let target = target(path, &signed_at(Utc::now().timestamp()));
        for request in [TestRequest::get(), TestRequest::post()] {
            assert_eq!(answer(&world, request.uri(&target)).await.0, 404, "{path}");
        }
    }
    let world = set_up(world, KEY).await;
    let official = target("/wechat/callback/official-account", &signed_at(Utc::now().timestamp()));
    assert_eq!(answer(&world, TestRequest::post().uri(&official)).await.0, 404);
    let put = TestRequest::put().uri(PATH);
    assert_eq!(answer(&world, put).await.0, 405);
});

#[actix_web::test]
async fn a_key_that_is_none_keeps_the_server_from_starting() {
    let world = World::new(Kind::Sqlite).await.unwrap();
    for key in ["short", &KEY[1..], &format!("{KEY}=="), &format!("{KEY},{}!", &KEY[1..])] {
        let mut config = (*world.app.config).clone();
        config.wechat.mini_app_id = "wx1".into();
        config.wechat.mini_token = "AAAAA".into();
        config.wechat.mini_aes_key = key.into();
        let refused = backend::App::start(config).await.err().unwrap().to_string();
        assert!(refused.contains("the mini-program is 43 letters and digits"), "{refused}");
        assert!(!refused.contains(key), "a key is a secret");
    }
}
