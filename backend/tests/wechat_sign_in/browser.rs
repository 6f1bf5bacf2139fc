//! Signing in from WeChat's browser: leaving, coming back, and the pages for those who are not let in.

use actix_web::{
    body::{BoxBody, to_bytes},
    cookie::Cookie,
    dev::ServiceResponse,
    http::header,
    test::TestRequest,
};
use shared::{
    accounts::{Me, ShowMe},
    api::encode,
    problem::Code,
};
use wechat_sandbox::{Fault, SNAPSHOT_PERSON, STRANGER, Sandbox, Scope};

use crate::{
    CODE_TO_TOKEN,
    scene::{self, World},
    wechat_stage::{sandbox, world},
};

/// A browser at our door: the cookies it was given.
#[derive(Default, Clone)]
pub struct Browser(Vec<Cookie<'static>>);

impl Browser {
    pub async fn open(&mut self, world: &World, target: &str) -> ServiceResponse<BoxBody> {
        let answer = world.send(self.request(target)).await;
        self.keep_cookies(&answer);
        answer
    }

    /// A request with the cookies.
    pub fn request(&self, target: &str) -> TestRequest {
        let request = TestRequest::with_uri(target).peer_addr("127.0.0.1:40000".parse().unwrap());
        self.0.iter().fold(request, |request, cookie| request.cookie(cookie.clone()))
    }

    pub fn keep_cookies(&mut self, answer: &ServiceResponse<BoxBody>) {
        for cookie in answer.response().cookies() {
            self.0.retain(|it| it.name() != cookie.name());
            if !cookie.value().is_empty() {
                self.0.push(cookie.into_owned());
            }
        }
    }

    pub fn cookie(&self, name: &str) -> Option<&Cookie<'static>> {
        self.0.iter().find(|it| it.name() == name)
    }

    pub fn set_cookie(&mut self, name: &'static str, value: &'static str) {
        self.0.retain(|it| it.name() != name);
        self.0.push(Cookie::new(name, value));
    }

    /// Leaves for WeChat and comes back as whomever WeChat takes it for: our address to open next.
    pub async fn visit_wechat(&mut self, world: &World, to: &str) -> String {
        self.leave_through(world, &format!("/enter/wechat?to={to}")).await
    }

    /// The same through this address of ours.
    pub async fn leave_through(&mut self, world: &World, target: &str) -> String {
        let away = location(&self.open(world, target).await);
        assert!(away.ends_with("#wechat_redirect"), "{away}");
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let answer = client.build().unwrap().get(away).send().await.unwrap();
        let back = answer.headers()[header::LOCATION.as_str()].to_str().unwrap();
        back.strip_prefix(scene::PUBLIC_BASE).unwrap().to_owned()
    }

    /// Whom we take it for.
    pub async fn me(&mut self, world: &World) -> Option<String> {
        let answer = self.open(world, &encode(&ShowMe {}).target).await;
        let signed_in = answer.status().is_success();
        let body = to_bytes(answer.into_body()).await.unwrap();
        signed_in.then(|| serde_json::from_slice::<Me>(&body).unwrap().name)
    }
}

pub fn location(answer: &ServiceResponse<BoxBody>) -> String {
    assert_eq!(answer.status().as_u16(), 303);
    answer.headers().get(header::LOCATION).unwrap().to_str().unwrap().to_owned()
}

pub async fn refusal(answer: ServiceResponse<BoxBody>) -> (u16, String) {
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body()).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

pub async fn taken_for(person: &str) -> (Sandbox, World) {
    let sandbox = sandbox().await;
    sandbox.set_auto_person(Some(person));
    let world = world(&sandbox).await;
    (sandbox, world)
}

#[actix_web::test]
async fn a_learner_is_signed_in_silently_and_arrives_where_they_were_going() {
    let (_sandbox, world) = taken_for("wangxiuying").await;
    let mut browser = Browser::default();
    let back = browser.visit_wechat(&world, "/courses/1").await;
    assert_eq!(location(&browser.open(&world, &back).await), "/courses/1");
    assert_eq!(browser.me(&world).await.as_deref(), Some("王秀英"));
}

#[actix_web::test]
async fn a_reloaded_page_takes_whoever_is_signed_in_already_on() {
    let (_sandbox, world) = taken_for("wangxiuying").await;
    let mut browser = Browser::default();
    let back = browser.visit_wechat(&world, "/").await;
    browser.open(&world, &back).await;
    assert_eq!(location(&browser.open(&world, &back).await), "/");
    assert_eq!(browser.me(&world).await.as_deref(), Some("王秀英"));
}

#[actix_web::test]
async fn coming_back_works_only_in_the_browser_that_left() {
    let (_sandbox, world) = taken_for("wangxiuying").await;
    let back = Browser::default().visit_wechat(&world, "/").await;
    let mut without_journey = Browser::default();
    let mut on_another_journey = Browser::default();
    on_another_journey.visit_wechat(&world, "/").await;
    for browser in [&mut without_journey, &mut on_another_journey] {
        let (status, page) = refusal(browser.open(&world, &back).await).await;
        assert_eq!(status, 401);
        assert!(page.contains("再试一次"), "{page}");
        assert_eq!(browser.me(&world).await, None);
    }
}

#[actix_web::test]
async fn a_journey_ends_once() {
    let (sandbox, world) = taken_for("wangxiuying").await;
    let mut browser = Browser::default();
    let back = browser.visit_wechat(&world, "/").await;
    let mut copy = browser.clone();
    browser.open(&world, &back).await;
    let fresh = sandbox.web_code("wangxiuying", Scope::Base).unwrap();
    let state = back.rsplit_once("state=").unwrap().1;
    let again = format!("/enter/wechat/back?code={fresh}&state={state}");
    assert_eq!(refusal(copy.open(&world, &again).await).await.0, 401);
    assert_eq!(copy.me(&world).await, None);
}

#[actix_web::test]
async fn somebody_who_declines_at_wechat_may_try_again() {
    let (_sandbox, world) = taken_for("wangxiuying").await;
    let mut browser = Browser::default();
    let back = browser.visit_wechat(&world, "/").await;
    let state = back.rsplit_once("state=").unwrap().1;
    let declined = format!("/enter/wechat/back?state={state}");
    assert_eq!(refusal(browser.open(&world, &declined).await).await.0, 401);
}

#[actix_web::test]
async fn somebody_the_roster_does_not_know_sees_whom_to_ask() {
    let (_sandbox, world) = taken_for(STRANGER).await;
    let mut browser = Browser::default();
    let back = browser.visit_wechat(&world, "/").await;
    let next = location(&browser.open(&world, &back).await);
    let (status, page) = refusal(browser.open(&world, &next).await).await;
    assert_eq!(status, 200);
    assert!(page.contains("队长") && page.contains("培训办公室"), "{page}");
    assert_eq!(browser.me(&world).await, None);
}

#[actix_web::test]
async fn the_stand_in_of_a_snapshot_page_is_nobody() {
    let (sandbox, world) = taken_for(SNAPSHOT_PERSON).await;
    let mut browser = Browser::default();
    let back = browser.visit_wechat(&world, "/").await;
    assert_eq!(refusal(browser.open(&world, &back).await).await.0, 401);
    assert_eq!(browser.me(&world).await, None);
    let code = sandbox.web_code(SNAPSHOT_PERSON, Scope::Base).unwrap();
    let refused = world.app.wechat.official_account_person(&code).await.unwrap_err();
    let backend::Error::Refused(problem) = refused else { panic!("{refused}") };
    assert_eq!(problem.code, Code::WechatCodeInvalid);
    assert!(problem.detail.unwrap().contains("使用完整服务"));
}

#[actix_web::test]
async fn while_wechat_is_down_the_page_offers_to_retry() {
    let (sandbox, world) = taken_for("wangxiuying").await;
    let mut browser = Browser::default();
    let back = browser.visit_wechat(&world, "/courses").await;
    sandbox.inject(CODE_TO_TOKEN, Fault::Status { status: 502 }, 1);
    let (status, page) = refusal(browser.open(&world, &back).await).await;
    assert_eq!(status, 503);
    assert!(page.contains("微信暂时没有回应"), "{page}");
    assert!(page.contains("/enter/wechat?to=%2Fcourses"), "{page}");
    let back = browser.visit_wechat(&world, "/courses").await;
    assert_eq!(location(&browser.open(&world, &back).await), "/courses");
}
