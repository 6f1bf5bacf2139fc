//! Signing in from WeCom's browser, on every database.

use actix_web::{
    http::{Method, header},
    test::TestRequest,
};
use shared::{accounts::ListSignIns, notifications::ListInbox};
use wechat_sandbox::{OUTSIDER, STRANGER, Sandbox};

use crate::{
    bind_page::{code_for_zhang, filled_in},
    browser::{Browser, location, refusal, taken_for},
    scene::{Kind, World},
    wechat_stage::{MINI_PROGRAM, OFFICIAL_ACCOUNT, SECRETS, sandbox},
};

pub const GET_TOKEN: &str = "/cgi-bin/gettoken";
pub const CODE_TO_MEMBER: &str = "/cgi-bin/auth/getuserinfo";
const WECOM_BROWSER: &str = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Mobile Safari/537.36 \
                             wxwork/4.1.20 MicroMessenger/7.0.1 Language/zh";

/// A sandbox that takes everybody for this person, and a world that lets members of its company in.
pub async fn stage(kind: Kind, person: &str) -> Option<(Sandbox, World)> {
    let sandbox = sandbox().await;
    sandbox.set_auto_person(Some(person));
    let base = sandbox.base_url.as_str();
    let mut settings = vec!["--wecom-corp-id", "ww0000000000000001", "--wecom-agent-id", "1000002"];
    settings.extend(["--wecom-secret", "demo-wecom-secret", "--wecom-api-base", base]);
    settings.extend(["--wecom-open-base", base, "--api-base", base, "--open-base", base]);
    settings.extend(["--mini-app-id", MINI_PROGRAM, "--mini-app-secret", SECRETS[0]]);
    settings.extend(["--oa-app-id", OFFICIAL_ACCOUNT, "--oa-app-secret", SECRETS[1]]);
    let world = World::configured_on(kind, &settings).await?;
    // The company's address book knows one of the cast.
    let known = "UPDATE wechat_identities SET app_id = 'wecom:ww0000000000000001', \
                 openid = 'wangxiuying', unionid = NULL WHERE openid = 'oOA_wangxiuying'";
    world.sql(known).await;
    Some((sandbox, world))
}

/// Plays a scene on every database: `wecom!(rule, PERSON, |sandbox, world| async { … });`
macro_rules! wecom {
    ($name:ident, $person:expr, |$sandbox:ident, $world:ident| $body:expr) => {
        async fn $name($sandbox: Sandbox, $world: World) {
            $body.await
        }

        mod $name {
            use super::*;

            #[actix_web::test]
            async fn on_sqlite() {
                let (sandbox, world) = stage(Kind::Sqlite, $person).await.unwrap();
                super::$name(sandbox, world).await;
            }

            #[actix_web::test]
            async fn on_postgres() {
                if let Some((sandbox, world)) = stage(Kind::Postgres, $person).await {
                    super::$name(sandbox, world).await;
                }
            }
        }
    };
}

pub(crate) use wecom;

impl Browser {
    /// Leaves for WeCom and comes back as whomever it takes it for: our address to open next.
    pub async fn visit_wecom(&mut self, world: &World, to: &str) -> String {
        let back = self.leave_through(world, &format!("/enter/wecom?to={to}")).await;
        assert!(back.starts_with("/enter/wecom/back?code="), "{back}");
        back
    }
}

wecom!(
    a_member_is_signed_in_silently_and_arrives_where_they_were_going,
    "wangxiuying",
    |sandbox, world| async move {
        for _ in 0..3 {
            let mut browser = Browser::default();
            let back = browser.visit_wecom(&world, "/courses/1").await;
            assert_eq!(location(&browser.open(&world, &back).await), "/courses/1");
            assert_eq!(browser.me(&world).await.as_deref(), Some("王秀英"));
        }
        assert_eq!(sandbox.calls(GET_TOKEN), 1, "one token serves everybody");
        assert_eq!(sandbox.calls(CODE_TO_MEMBER), 3);
    }
);

wecom!(
    in_wecoms_browser_the_door_of_wechat_leads_to_wecoms,
    "wangxiuying",
    |_sandbox, world| async move {
        for (agent, next) in [
            (WECOM_BROWSER, "/enter/wecom?to=%2Fme"),
            ("Mozilla/5.0 MicroMessenger/8.0.50", "http://"),
        ] {
            let request = TestRequest::with_uri("/enter/wechat?to=/me")
                .insert_header((header::USER_AGENT, agent));
            let to = location(&world.send(request).await);
            assert!(
                to.starts_with(next) && to.contains("appid=wxoa") == (next == "http://"),
                "{to}"
            );
        }
    }
);

wecom!(
    an_unknown_member_says_who_they_are_and_is_known_from_then_on,
    STRANGER,
    |_sandbox, world| async move {
        let mut browser = Browser::default();
        let back = browser.visit_wecom(&world, "/courses").await;
        let here = location(&browser.open(&world, &back).await);
        assert_eq!(here, "/enter/wecom/bind?to=%2Fcourses");
        let (status, page) = refusal(browser.open(&world, &here).await).await;
        assert_eq!(status, 200);
        assert!(page.contains("您的企业微信") && page.contains(&here), "{page}");
        let code = code_for_zhang(&world).await;
        // The claim of WeCom's member is none of WeChat's, and the other way round.
        let (status, page) =
            refusal(browser.clone().bind(&world, "/enter/bind?to=/", &filled_in(&code)).await)
                .await;
        assert!(status == 409 && page.contains("/enter/wechat?to="), "{status} {page}");
        assert_eq!(location(&browser.bind(&world, &here, &filled_in(&code)).await), "/courses");
        assert_eq!(browser.me(&world).await.as_deref(), Some("张桂兰"));
        let mut another = Browser::default();
        let back = another.visit_wecom(&world, "/").await;
        assert_eq!(location(&another.open(&world, &back).await), "/");
        assert_eq!(another.me(&world).await.as_deref(), Some("张桂兰"));
    }
);

wecom!(
    a_person_bound_in_wechat_and_in_wecom_is_one_person,
    STRANGER,
    |_sandbox, world| async move {
        let mut browsers = Vec::new();
        for door in ["/enter/wechat?to=/", "/enter/wecom?to=/"] {
            let code = code_for_zhang(&world).await;
            let mut browser = Browser::default();
            let back = browser.leave_through(&world, door).await;
            let here = location(&browser.open(&world, &back).await);
            assert_eq!(location(&browser.bind(&world, &here, &filled_in(&code)).await), "/");
            browsers.push(browser);
        }
        for mut browser in browsers {
            assert_eq!(
                browser.me(&world).await.as_deref(),
                Some("张桂兰"),
                "neither replaced the other"
            );
        }
        let zhang = zhang(&world).await;
        let devices = zhang.call(ListSignIns {}).await.unwrap();
        let kinds: Vec<_> = devices.iter().map(|it| it.kind.label()).collect();
        assert!(kinds.contains(&"微信") && kinds.contains(&"企业微信"), "{kinds:?}");
        assert!(zhang.call(ListInbox::default()).await.unwrap().items.is_empty());
    }
);

wecom!(
    another_entry_in_wecom_takes_the_place_of_the_former_and_leaves_wechat_alone,
    "chenmei",
    |sandbox, world| async move {
        let bind = async |door: &str| {
            let code = code_for_zhang(&world).await;
            let mut browser = Browser::default();
            let back = browser.leave_through(&world, door).await;
            let here = location(&browser.open(&world, &back).await);
            assert_eq!(location(&browser.bind(&world, &here, &filled_in(&code)).await), "/");
        };
        bind("/enter/wecom?to=/").await;
        sandbox.set_auto_person(Some(STRANGER));
        bind("/enter/wechat?to=/").await;
        bind("/enter/wecom?to=/").await;
        let inbox = zhang(&world).await.call(ListInbox::default()).await.unwrap().items;
        assert_eq!(inbox.len(), 1);
        assert!(inbox[0].body.contains("原来的企业微信已经退出登录"), "{}", inbox[0].body);
        for (person, door, next) in [
            (STRANGER, "/enter/wechat?to=/", "/"),
            (STRANGER, "/enter/wecom?to=/", "/"),
            ("chenmei", "/enter/wecom?to=/", "/enter/wecom/bind?to=%2F"),
        ] {
            sandbox.set_auto_person(Some(person));
            let mut browser = Browser::default();
            let back = browser.leave_through(&world, door).await;
            assert_eq!(location(&browser.open(&world, &back).await), next, "{person} {door}");
        }
    }
);

async fn zhang(world: &World) -> crate::scene::Person<'_> {
    use shared::accounts::binding::ListTeam;
    let search = ListTeam { search: Some("张桂兰".into()), cursor: None };
    let found = world.person("liuqiang").await.call(search).await.unwrap();
    crate::scene::Person::signed_in(world, found.items[0].id).await
}

wecom!(
    somebody_from_outside_the_company_is_told_whom_to_ask,
    OUTSIDER,
    |_sandbox, world| async move {
        let mut browser = Browser::default();
        let back = browser.visit_wecom(&world, "/").await;
        let (status, page) = refusal(browser.open(&world, &back).await).await;
        assert_eq!(status, 403);
        for shown in ["还不是本单位企业微信的成员", "管理员把您加进通讯录", "培训办公室"]
        {
            assert!(page.contains(shown), "{page}");
        }
        assert!(
            browser.cookie("fingertip_binding").is_none() && browser.me(&world).await.is_none()
        );
    }
);

#[actix_web::test]
async fn where_wecom_is_not_configured_nothing_of_it_is_there() {
    let (_sandbox, world) = taken_for("wangxiuying").await;
    for target in ["/enter/wecom?to=/", "/enter/wecom/back?code=x&state=y", "/enter/wecom/bind"] {
        let answer = world.send(TestRequest::with_uri(target)).await;
        assert_eq!(answer.status().as_u16(), 404, "{target}");
    }
    let form = TestRequest::with_uri("/enter/wecom/bind")
        .method(Method::POST)
        .insert_header((header::ORIGIN, crate::scene::PUBLIC_BASE))
        .insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"))
        .set_payload("name=x");
    assert_eq!(world.send(form).await.status().as_u16(), 404);
    let door = TestRequest::with_uri("/enter/wechat?to=/me")
        .insert_header((header::USER_AGENT, WECOM_BROWSER));
    assert!(location(&world.send(door).await).contains("appid=wxoa"));
}
