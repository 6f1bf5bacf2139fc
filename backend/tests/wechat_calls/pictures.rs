//! Codes to scan that open the mini-program.

use rstest::rstest;
use shared::problem::Code;
use wechat_sandbox::Fault;

use crate::wechat_stage::{errcode, sandbox, world};

const PICTURE: &str = "/wxa/getwxacodeunlimit";

#[actix_web::test]
async fn a_code_to_scan_is_a_picture() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let picture =
        world.app.wechat.mini_program_code("s=0198af", "pages/session/index").await.unwrap();
    let picture = image::load_from_memory(&picture).unwrap();
    assert!(picture.width() >= 280, "{}", picture.width());
}

#[actix_web::test]
async fn a_scene_that_wechat_would_not_take_is_refused_without_asking() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let refused = world.app.wechat.mini_program_code("签到", "/pages/index").await.unwrap_err();
    let backend::Error::Refused(problem) = refused else { panic!("{refused}") };
    let fields: Vec<_> = problem.fields.iter().map(|it| it.field.as_str()).collect();
    assert_eq!((problem.code, fields), (Code::InvalidRequest, vec!["scene", "page"]));
    assert_eq!(sandbox.calls(PICTURE), 0);
}

#[rstest]
#[case::page_not_released(errcode(41030), 1)]
#[case::cut_off(Fault::Truncate { keep_bytes: 300 }, 1)]
#[case::huge(Fault::HugeBody { bytes: 4 * 1024 * 1024 }, 1)]
#[case::gateway_page(Fault::Status { status: 200 }, 1)]
#[case::stale_token_twice(errcode(42001), 2)]
#[actix_web::test]
async fn without_a_picture_wechat_is_unavailable(#[case] fault: Fault, #[case] times: u32) {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.inject(PICTURE, fault, times);
    let refused = world.app.wechat.mini_program_code("s=1", "pages/index/index").await.unwrap_err();
    assert_eq!(refused.code(), Some(Code::WechatUnavailable));
    assert_eq!(sandbox.calls(PICTURE), u64::from(times));
    world.app.wechat.mini_program_code("s=1", "pages/index/index").await.unwrap();
}
