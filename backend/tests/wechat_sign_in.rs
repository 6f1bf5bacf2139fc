//! Signing in through WeChat: in the mini-program, in WeChat's browser, and when WeChat is in trouble.

#[macro_use]
mod scene;
mod wechat_stage;

use std::{
    io::Write,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use actix_web::{
    body::{BoxBody, to_bytes},
    cookie::Cookie,
    dev::ServiceResponse,
    http::header,
    test::TestRequest,
};
use rstest::rstest;
use scene::World;
use shared::{
    accounts::*,
    api::encode,
    problem::{Code, Problem},
};
use tracing_subscriber::fmt::MakeWriter;
use wechat_sandbox::{Fault, FaultRule, SNAPSHOT_PERSON, STRANGER, Sandbox, Scope};
use wechat_stage::{SECRETS, errcode, sandbox, world};

const CODE_TO_SESSION: &str = "/sns/jscode2session";
const CODE_TO_TOKEN: &str = "/sns/oauth2/access_token";

async fn by_mini_program(world: &World, code: &str) -> Result<SignedInAnswer, Problem> {
    world.stranger().call(SignInWithMiniProgram { code: code.into() }).await
}

// --- The mini-program ---

#[actix_web::test]
async fn a_learner_signs_in_with_the_code_of_the_mini_program_and_stays_signed_in() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let code = sandbox.mini_program_code("wangxiuying").unwrap();
    let answer = by_mini_program(&world, &code).await.unwrap();
    assert_eq!(answer.me.name, "王秀英");
    let token = answer.tokens.unwrap().access_token;
    let me = TestRequest::with_uri(&encode(&ShowMe {}).target)
        .insert_header((header::AUTHORIZATION, format!("Bearer {token}")));
    assert_eq!(world.send(me).await.status().as_u16(), 200);
}

#[actix_web::test]
async fn a_code_is_good_for_one_sign_in_within_five_minutes() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let used = sandbox.mini_program_code("wangxiuying").unwrap();
    by_mini_program(&world, &used).await.unwrap();
    let old = sandbox.mini_program_code("wangxiuying").unwrap();
    sandbox.advance(301);
    let of_the_phone_button = sandbox.phone_code("wangxiuying").unwrap();
    let of_the_browser = sandbox.web_code("wangxiuying", Scope::Base).unwrap();
    for code in [used, old, of_the_phone_button, of_the_browser, "guessed".into()] {
        let refused = by_mini_program(&world, &code).await.unwrap_err();
        assert_eq!(refused.code, Code::WeChatCodeInvalid);
    }
}

#[actix_web::test]
async fn what_cannot_be_a_code_is_refused_without_asking_wechat() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    for code in ["", " ", "a b", "码", "a\n", &"x".repeat(513)] {
        let refused = world.app.wechat.mini_program_person(code).await.unwrap_err();
        assert_eq!(refused.code(), Some(Code::WeChatCodeInvalid), "{code:?}");
    }
    assert_eq!(sandbox.calls(CODE_TO_SESSION), 0);
}

#[actix_web::test]
async fn somebody_the_roster_does_not_know_is_told_so() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let code = sandbox.mini_program_code(STRANGER).unwrap();
    assert_eq!(by_mini_program(&world, &code).await.unwrap_err().code, Code::UnknownPerson);
}

#[actix_web::test]
async fn somebody_whom_wechat_blocks_is_told_to_sign_in_another_way() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.set_blocked("wangxiuying", true);
    let code = sandbox.mini_program_code("wangxiuying").unwrap();
    assert_eq!(by_mini_program(&world, &code).await.unwrap_err().code, Code::WeChatBlocked);
}

#[actix_web::test]
async fn an_app_that_is_not_configured_is_named() {
    let world = World::configured(&[]).await;
    let wechat = &world.app.wechat;
    let refused = by_mini_program(&world, "code").await.unwrap_err();
    assert_eq!(refused.code, Code::WeChatUnavailable);
    assert_eq!(refused.detail.as_deref(), Some("没有配置小程序"));
    let refused = wechat.official_account_person("code").await.unwrap_err();
    assert!(refused.to_string().contains("微信"), "{refused}");
    assert_eq!(refused.code(), Some(Code::WeChatUnavailable));
    let refused = wechat.authorize_url("http://127.0.0.1:8080", "state").unwrap_err();
    assert_eq!(refused.code(), Some(Code::WeChatUnavailable));
}

// --- What WeChat answers ---

#[rstest]
#[case(40029, Code::WeChatCodeInvalid)]
#[case(40163, Code::WeChatCodeInvalid)]
#[case(41008, Code::WeChatCodeInvalid)]
#[case(40226, Code::WeChatBlocked)]
#[case(50002, Code::WeChatBlocked)]
#[case(45011, Code::WeChatUnavailable)]
#[case(40001, Code::WeChatUnavailable)]
#[case(40013, Code::WeChatUnavailable)]
#[case(40125, Code::WeChatUnavailable)]
#[case(40164, Code::WeChatUnavailable)]
#[case(41002, Code::WeChatUnavailable)]
#[case(41004, Code::WeChatUnavailable)]
#[case(48001, Code::WeChatUnavailable)]
#[case(99999, Code::WeChatUnavailable)]
#[actix_web::test]
async fn every_error_code_has_its_meaning_and_is_asked_about_once(
    #[case] number: i64,
    #[case] expected: Code,
) {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let wechat = &world.app.wechat;
    sandbox.inject("*", errcode(number), 2);
    let refused = wechat.mini_program_person("code").await.unwrap_err();
    assert_eq!(refused.code(), Some(expected));
    let refused = wechat.official_account_person("code").await.unwrap_err();
    assert_eq!(refused.code(), Some(expected));
    assert_eq!((sandbox.calls(CODE_TO_SESSION), sandbox.calls(CODE_TO_TOKEN)), (1, 1));
}

#[actix_web::test]
async fn a_busy_wechat_is_asked_once_more_and_no_oftener() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.inject(CODE_TO_SESSION, errcode(-1), 1);
    let code = sandbox.mini_program_code("wangxiuying").unwrap();
    assert_eq!(by_mini_program(&world, &code).await.unwrap().me.name, "王秀英");
    sandbox.inject(CODE_TO_SESSION, errcode(-1), 3);
    let code = sandbox.mini_program_code("wangxiuying").unwrap();
    assert_eq!(by_mini_program(&world, &code).await.unwrap_err().code, Code::WeChatUnavailable);
    assert_eq!(sandbox.calls(CODE_TO_SESSION), 4);
}

#[rstest]
#[case::text_for_a_number(Fault::StringErrcode)]
#[case::unknown_fields(Fault::UnknownField)]
#[case::late(Fault::Delay { millis: 300 })]
#[actix_web::test]
async fn an_answer_in_an_unusual_form_is_understood(#[case] fault: Fault) {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.inject(CODE_TO_SESSION, fault, 1);
    let code = sandbox.mini_program_code("wangxiuying").unwrap();
    assert_eq!(by_mini_program(&world, &code).await.unwrap().me.name, "王秀英");
}

#[rstest]
#[case::hang(Fault::Hang)]
#[case::one_byte_a_second(Fault::SlowBody { millis_per_byte: 1000 })]
#[case::too_late(Fault::Delay { millis: 60_000 })]
#[case::gateway_page(Fault::Status { status: 502 })]
#[case::page_with_status_ok(Fault::Status { status: 200 })]
#[case::sent_elsewhere(Fault::Status { status: 302 })]
#[case::reset(Fault::Reset)]
#[case::cut_off(Fault::Truncate { keep_bytes: 12 })]
#[case::huge(Fault::HugeBody { bytes: 64 * 1024 * 1024 })]
#[actix_web::test]
async fn without_an_answer_wechat_is_unavailable_within_three_seconds(#[case] fault: Fault) {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.inject(CODE_TO_SESSION, fault.clone(), 1);
    let code = sandbox.mini_program_code("wangxiuying").unwrap();
    let begun = Instant::now();
    let refused = by_mini_program(&world, &code).await.unwrap_err();
    assert_eq!(refused.code, Code::WeChatUnavailable);
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    assert_eq!(sandbox.calls(CODE_TO_SESSION), 1, "a code that may be spent is not tried again");
}

#[actix_web::test]
async fn a_code_whose_answer_was_lost_is_refused_and_a_new_one_signs_in() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let lost = FaultRule {
        path: CODE_TO_SESSION.into(),
        times: 1,
        processed: true,
        fault: Fault::Reset,
    };
    sandbox.inject_rule(lost);
    let code = sandbox.mini_program_code("wangxiuying").unwrap();
    assert_eq!(by_mini_program(&world, &code).await.unwrap_err().code, Code::WeChatUnavailable);
    assert_eq!(by_mini_program(&world, &code).await.unwrap_err().code, Code::WeChatCodeInvalid);
    let code = sandbox.mini_program_code("wangxiuying").unwrap();
    assert_eq!(by_mini_program(&world, &code).await.unwrap().me.name, "王秀英");
}

#[actix_web::test]
async fn a_wechat_that_does_not_answer_is_not_asked_for_a_while() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.inject(CODE_TO_SESSION, Fault::Status { status: 503 }, 5);
    for expected in [1, 2, 3, 4, 5, 5, 5] {
        let refused = world.app.wechat.mini_program_person("code").await.unwrap_err();
        assert_eq!(refused.code(), Some(Code::WeChatUnavailable));
        assert_eq!(sandbox.calls(CODE_TO_SESSION), expected);
    }
}

#[actix_web::test]
async fn whoever_is_signed_in_goes_on_while_wechat_is_down() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let learner = world.person("wangxiuying").await;
    drop(sandbox);
    assert_eq!(by_mini_program(&world, "code").await.unwrap_err().code, Code::WeChatUnavailable);
    assert_eq!(learner.call(ShowMe {}).await.unwrap().name, "王秀英");
}

// --- WeChat's browser ---

/// A browser at our door: the cookies it was given.
#[derive(Default, Clone)]
struct Browser(Vec<Cookie<'static>>);

impl Browser {
    async fn open(&mut self, world: &World, target: &str) -> ServiceResponse<BoxBody> {
        let mut request = TestRequest::with_uri(target).peer_addr("127.0.0.1:40000".parse().unwrap());
        for cookie in &self.0 {
            request = request.cookie(cookie.clone());
        }
        let answer = world.send(request).await;
        for cookie in answer.response().cookies() {
            self.0.retain(|it| it.name() != cookie.name());
            if !cookie.value().is_empty() {
                self.0.push(cookie.into_owned());
            }
        }
        answer
    }

    /// Leaves for WeChat and comes back as whomever WeChat takes it for: our address to open next.
    async fn visit_wechat(&mut self, world: &World, to: &str) -> String {
        let target = format!("/enter/wechat?to={to}");
        let away = location(&self.open(world, &target).await);
        assert!(away.ends_with("#wechat_redirect"), "{away}");
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let answer = client.build().unwrap().get(away).send().await.unwrap();
        let back = answer.headers()[header::LOCATION.as_str()].to_str().unwrap();
        back.strip_prefix(scene::PUBLIC_BASE).unwrap().to_owned()
    }

    /// Whom we take it for.
    async fn me(&mut self, world: &World) -> Option<String> {
        let answer = self.open(world, &encode(&ShowMe {}).target).await;
        let signed_in = answer.status().is_success();
        let body = to_bytes(answer.into_body()).await.unwrap();
        signed_in.then(|| serde_json::from_slice::<Me>(&body).unwrap().name)
    }
}

fn location(answer: &ServiceResponse<BoxBody>) -> String {
    assert_eq!(answer.status().as_u16(), 303);
    answer.headers().get(header::LOCATION).unwrap().to_str().unwrap().to_owned()
}

async fn refusal(answer: ServiceResponse<BoxBody>) -> (u16, String) {
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body()).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

async fn taken_for(person: &str) -> (Sandbox, World) {
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
    let (status, page) = refusal(browser.open(&world, &back).await).await;
    assert_eq!(status, 403);
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
    assert_eq!(problem.code, Code::WeChatCodeInvalid);
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

// --- Secrets ---

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, text: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(text);
        Ok(text.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[actix_web::test]
async fn no_code_and_no_secret_is_logged_or_answered() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let log = Log::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone());
    let logging = tracing::subscriber::set_default(subscriber.finish());
    let mut said = Vec::new();
    let mut canaries = SECRETS.map(str::to_owned).to_vec();
    for fault in [
        errcode(40029),
        errcode(40125),
        Fault::Status { status: 500 },
        Fault::Reset,
        Fault::Truncate { keep_bytes: 30 },
        Fault::UnknownField,
    ] {
        sandbox.inject(CODE_TO_SESSION, fault, 1);
        let code = sandbox.mini_program_code("wangxiuying").unwrap();
        said.push(format!("{:?}", world.app.wechat.mini_program_person(&code).await));
        canaries.push(code);
    }
    drop(sandbox);
    said.push(format!("{:?}", world.app.wechat.mini_program_person("last-code").await));
    canaries.push("last-code".into());
    drop(logging);
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("WeChat refused a call") && log.contains("40125"), "{log}");
    assert!(log.contains("WeChat could not be asked"), "{log}");
    for canary in canaries {
        assert!(!log.contains(&canary), "{canary} in {log}");
        assert!(!said.iter().any(|text| text.contains(&canary)), "{canary} in {said:?}");
    }
    assert!(!log.contains("session_key") && !said.iter().any(|it| it.contains("session_key")));
}
