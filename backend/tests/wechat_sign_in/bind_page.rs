//! The page where somebody whose WeChat is unknown says who they are.

use actix_web::{body::BoxBody, dev::ServiceResponse, http::header};
use shared::{
    accounts::binding::{BindWithInvitation, ClaimMiniProgram, ListTeam, MakeInvitation},
    problem::Code,
};
use wechat_sandbox::{STRANGER, Sandbox};

use crate::{
    browser::{Browser, location, refusal, taken_for},
    mini_program::by_mini_program,
    scene::{self, World},
};

/// The stranger's browser on the page, and where the form is sent.
async fn at_the_page(world: &World, to: &str) -> (Browser, String) {
    let mut browser = Browser::default();
    let back = browser.visit_wechat(world, to).await;
    let here = location(&browser.open(world, &back).await);
    (browser, here)
}

pub async fn code_for_zhang(world: &World) -> String {
    let leader = world.person("liuqiang").await;
    let search = ListTeam { search: Some("张桂兰".into()), cursor: None };
    let person = leader.call(search).await.unwrap().items[0].id;
    leader.call(MakeInvitation { person }).await.unwrap().code
}

impl Browser {
    /// Sends the form as a browser does: from our own page, with its cookies.
    pub async fn bind(
        &mut self,
        world: &World,
        target: &str,
        form: &str,
    ) -> ServiceResponse<BoxBody> {
        let request = self
            .request(target)
            .method(actix_web::http::Method::POST)
            .insert_header((header::ORIGIN, scene::PUBLIC_BASE))
            .insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"))
            .set_payload(form.to_owned());
        let answer = world.send(request).await;
        self.keep_cookies(&answer);
        answer
    }
}

pub fn filled_in(code: &str) -> String {
    // 张桂兰
    format!("name=%E5%BC%A0%E6%A1%82%E5%85%B0&staff_number=D0101&code={code}")
}

async fn stranger() -> (Sandbox, World) {
    taken_for(STRANGER).await
}

#[actix_web::test]
async fn somebody_unknown_says_who_they_are_and_arrives_where_they_were_going() {
    let (_sandbox, world) = stranger().await;
    let (mut browser, here) = at_the_page(&world, "/courses").await;
    assert_eq!(here, "/enter/bind?to=%2Fcourses");
    let (status, page) = refusal(browser.open(&world, &here).await).await;
    assert_eq!(status, 200);
    assert!(page.contains("队长") && page.contains("培训办公室"), "{page}");
    assert!(page.len() < 15_000 && !page.contains("<script"), "{} bytes", page.len());
    let code = code_for_zhang(&world).await;
    assert_eq!(location(&browser.bind(&world, &here, &filled_in(&code)).await), "/courses");
    assert_eq!(browser.me(&world).await.as_deref(), Some("张桂兰"));
    // From now on WeChat lets them in silently.
    let mut another = Browser::default();
    let back = another.visit_wechat(&world, "/").await;
    another.open(&world, &back).await;
    assert_eq!(another.me(&world).await.as_deref(), Some("张桂兰"));
}

#[actix_web::test]
async fn a_wrong_code_loses_nothing_that_was_typed_and_may_be_mended() {
    let (_sandbox, world) = stranger().await;
    let (mut browser, here) = at_the_page(&world, "/").await;
    let (status, page) =
        refusal(browser.bind(&world, &here, &filled_in("%22%3E%3Cb%3E")).await).await;
    assert_eq!(status, 403);
    assert!(page.contains("value=\"张桂兰\"") && page.contains("value=\"D0101\""), "{page}");
    assert!(page.contains("邀请码对不上") && page.contains("role=\"alert\""), "{page}");
    assert!(!page.contains("<b>"), "what was typed is text");
    assert_eq!(browser.me(&world).await, None);
    let (status, page) = refusal(browser.bind(&world, &here, "name=%20&code=").await).await;
    assert_eq!(status, 422);
    assert!(page.contains("请填写姓名") && page.contains("请填写工号"), "{page}");
    let code = code_for_zhang(&world).await;
    assert_eq!(location(&browser.bind(&world, &here, &filled_in(&code)).await), "/");
}

#[actix_web::test]
async fn no_openid_is_in_the_page_or_the_cookie() {
    let (_sandbox, world) = stranger().await;
    let (mut browser, here) = at_the_page(&world, "/").await;
    let (_, page) = refusal(browser.open(&world, &here).await).await;
    assert!(!page.contains("oOA_") && !page.contains("uUN_"), "{page}");
    let cookie = browser.cookie("fingertip_binding").unwrap();
    assert!(cookie.http_only().unwrap_or_default() && !cookie.value().contains("oOA_"));
}

#[actix_web::test]
async fn without_a_good_claim_the_form_leads_back_to_wechat() {
    let (_sandbox, world) = stranger().await;
    let code = code_for_zhang(&world).await;
    let mut nobody = Browser::default();
    assert_eq!(
        location(&nobody.open(&world, "/enter/bind?to=/me").await),
        "/enter/wechat?to=%2Fme"
    );
    assert_eq!(
        location(&nobody.open(&world, "/enter/bind?to=//x.y").await),
        "/enter/wechat?to=%2F"
    );
    let (mut late, here) = at_the_page(&world, "/").await;
    world.sql("UPDATE binding_claims SET expires_at = created_at").await;
    let mut forger = late.clone();
    forger.set_cookie("fingertip_binding", "made-up");
    for browser in [&mut nobody, &mut late, &mut forger] {
        let answer = browser.bind(&world, &here, &filled_in(&code)).await;
        let (status, page) = refusal(answer).await;
        assert_eq!(status, 409);
        assert!(page.contains("重新开始") && page.contains("value=\"张桂兰\""), "{page}");
        assert_eq!(browser.me(&world).await, None);
    }
}

#[actix_web::test]
async fn what_is_no_form_is_an_empty_one() {
    let (_sandbox, world) = stranger().await;
    let (mut browser, here) = at_the_page(&world, "/").await;
    let long = format!("name={}", "x".repeat(100_000));
    for form in ["%FF=%FF", "", "name=a&name=b", &long] {
        let (status, page) = refusal(browser.bind(&world, &here, form).await).await;
        assert_eq!(status, 422, "{}", &page[..200]);
    }
}

#[actix_web::test]
async fn somebody_bound_in_one_app_is_known_in_the_other_by_the_unionid() {
    let (sandbox, world) = stranger().await;
    let (mut browser, here) = at_the_page(&world, "/").await;
    let code = code_for_zhang(&world).await;
    browser.bind(&world, &here, &filled_in(&code)).await;
    // Signing in silently tells no unionid, but other ways do.
    let told =
        "UPDATE wechat_identities SET unionid = 'uUN_stranger' WHERE openid = 'oOA_stranger'";
    world.sql(told).await;
    for _ in 0..2 {
        let code = sandbox.mini_program_code(STRANGER).unwrap();
        assert_eq!(by_mini_program(&world, &code).await.unwrap().me.name, "张桂兰");
    }
    world.sql("UPDATE people SET active = false WHERE name = '张桂兰'").await;
    world.sql("DELETE FROM wechat_identities WHERE openid = 'oMP_stranger'").await;
    let code = sandbox.mini_program_code(STRANGER).unwrap();
    assert!(by_mini_program(&world, &code).await.is_err(), "nor is somebody who left");
}

#[actix_web::test]
async fn a_mini_program_claims_its_wechat_by_a_code_and_binds_it() {
    let (sandbox, world) = stranger().await;
    let claim_by = async |code: &str| {
        world.stranger().call(ClaimMiniProgram { code: code.into() }).await.map(|it| it.claim)
    };
    let used = sandbox.mini_program_code(STRANGER).unwrap();
    let claim = claim_by(&used).await.unwrap();
    for code in [used.as_str(), "made-up", ""] {
        assert_eq!(claim_by(code).await.unwrap_err().code, Code::WechatCodeInvalid);
    }
    let code = code_for_zhang(&world).await;
    let request =
        BindWithInvitation { claim, name: "张桂兰".into(), staff_number: "D0101".into(), code };
    let answer = world.stranger().call(request).await.unwrap();
    assert!(answer.tokens.is_some(), "a mini-program keeps no cookies");
    let code = sandbox.mini_program_code(STRANGER).unwrap();
    assert_eq!(by_mini_program(&world, &code).await.unwrap().me.name, "张桂兰");
}
