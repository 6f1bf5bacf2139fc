//! Signatures for pages in WeChat's browser: only for ours, and by one ticket for all servers.

use backend::wechat::{WeChat, signature};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
use shared::{
    problem::Code,
    wechat::{JsSdkSignature, SignJsSdk},
};
use wechat_sandbox::Sandbox;

use crate::{
    scene::{PUBLIC_BASE, World},
    wechat_stage::{OFFICIAL_ACCOUNT, SECRETS, errcode, sandbox, world},
};

const TICKET: &str = "/cgi-bin/ticket/getticket";
const TOKEN: &str = "/cgi-bin/stable_token";
const PAGE: &str = "https://learn.example.cn/check-in?from=singlemessage";

/// One more server on the world's database.
fn server(world: &World, sandbox: &Sandbox) -> WeChat {
    let app = &world.app;
    let mut config = (*app.config).clone();
    config.wechat.api_base.clone_from(&sandbox.base_url);
    config.wechat.oa_app_id = OFFICIAL_ACCOUNT.into();
    config.wechat.oa_app_secret = SECRETS[1].to_owned().into();
    WeChat::new(&config, app.db.clone(), app.clock.clone(), &app.keys).unwrap()
}

/// Whether WeChat would take it for this page now.
fn is_good(sandbox: &Sandbox, signed: &JsSdkSignature, url: &str) -> bool {
    let Some(ticket) = sandbox.page_ticket() else { return false };
    let JsSdkSignature { app_id, timestamp, nonce, signature } = signed;
    let expected = signature::of_page(&ticket, nonce, *timestamp, url);
    app_id == OFFICIAL_ACCOUNT && *signature == expected
}

/// Lets the stored ticket be over, for servers that have not read it yet.
async fn ticket_is_over(world: &World) {
    let past = (Utc::now() - TimeDelta::seconds(1)).to_rfc3339();
    world
        .sql(&format!("UPDATE wechat_tokens SET expires_at = '{past}' WHERE app_id LIKE '% jsapi'"))
        .await;
}

/// When the servers ask for another ticket.
async fn believed_until(world: &World) -> DateTime<Utc> {
    use sea_orm::{ConnectionTrait, Statement};
    let db = world.app.db.read();
    let ask = "SELECT expires_at FROM wechat_tokens WHERE app_id LIKE '% jsapi'";
    let ask = Statement::from_string(db.get_database_backend(), ask);
    db.query_one_raw(ask).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

#[actix_web::test]
async fn a_page_of_ours_is_signed_for_whoever_is_signed_in() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let url = format!("{PUBLIC_BASE}/check-in?from=singlemessage&isappinstalled=0");
    let wang = world.person("wangxiuying").await;
    let signed = wang.call(SignJsSdk { url: format!("{url}#top") }).await.unwrap();
    assert!(is_good(&sandbox, &signed, &url), "{signed:?}");
    let again = wang.call(SignJsSdk { url }).await.unwrap();
    assert_ne!(signed.nonce, again.nonce);
    assert_eq!(sandbox.calls(TICKET), 1);
}

#[actix_web::test]
async fn pages_of_others_and_strangers_get_no_signature_and_wechat_is_not_asked() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let wang = world.person("wangxiuying").await;
    for url in
        ["https://evil.example/", "http://127.0.0.1:80801/", "http://127.0.0.1:8080@evil/", ""]
    {
        let refused = wang.call(SignJsSdk { url: url.into() }).await.unwrap_err();
        assert_eq!(refused.code, Code::InvalidRequest, "{url}");
        assert_eq!(refused.fields[0].field, "url");
    }
    let url = format!("{PUBLIC_BASE}/");
    let refused = world.stranger().call(SignJsSdk { url }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotSignedIn);
    assert_eq!((sandbox.calls(TICKET), sandbox.calls(TOKEN)), (0, 0));
}

scene!(two_servers_and_fifty_pages_at_once_fetch_one_ticket, |world| async move {
    let sandbox = sandbox().await;
    let servers = [server(&world, &sandbox), server(&world, &sandbox)];
    let pages = (0..50).map(|number| servers[number % 2].page_signature(PAGE, 1_700_000_000));
    for signed in join_all(pages).await {
        assert!(is_good(&sandbox, &signed.unwrap(), PAGE));
    }
    assert_eq!((sandbox.calls(TICKET), sandbox.calls(TOKEN)), (1, 1));
});

scene!(a_ticket_that_wechat_repeats_is_believed_for_minutes_only, |world| async move {
    let sandbox = sandbox().await;
    server(&world, &sandbox).page_signature(PAGE, 0).await.unwrap();
    assert!(believed_until(&world).await > Utc::now() + TimeDelta::minutes(110));
    // Our clock is ahead: for WeChat the ticket is not over yet, and its answer says two hours.
    ticket_is_over(&world).await;
    let signed = server(&world, &sandbox).page_signature(PAGE, 0).await.unwrap();
    assert!(is_good(&sandbox, &signed, PAGE));
    assert!(believed_until(&world).await <= Utc::now() + TimeDelta::minutes(5));
    // Now it is over there too.
    sandbox.advance(7201);
    ticket_is_over(&world).await;
    let signed = server(&world, &sandbox).page_signature(PAGE, 0).await.unwrap();
    assert!(is_good(&sandbox, &signed, PAGE));
    assert!(believed_until(&world).await > Utc::now() + TimeDelta::minutes(110));
    assert_eq!(sandbox.calls(TICKET), 4, "the access token was over too, and replaced");
});

scene!(a_ticket_is_asked_for_again_with_another_token_or_when_wechat_is_busy, |world| async move {
    let sandbox = sandbox().await;
    for code in [42001, -1] {
        sandbox.inject(TICKET, errcode(code), 1);
        let signed = server(&world, &sandbox).page_signature(PAGE, 0).await.unwrap();
        assert!(is_good(&sandbox, &signed, PAGE), "{code}");
        ticket_is_over(&world).await;
    }
    assert_eq!(sandbox.calls(TICKET), 4);
});

#[actix_web::test]
async fn a_wechat_that_refuses_tickets_is_not_asked_for_every_page() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.inject(TICKET, errcode(45011), 1);
    for detail in [Some("用的人太多，请等一分钟"), None, None] {
        let refused = world.app.wechat.page_signature(PAGE, 0).await.unwrap_err();
        let backend::Error::Refused(problem) = refused else { panic!("{refused}") };
        assert_eq!((problem.code, problem.detail.as_deref()), (Code::WechatUnavailable, detail));
    }
    assert_eq!(sandbox.calls(TICKET), 1);
}

#[actix_web::test]
async fn without_an_official_account_pages_do_without_wechats_scanner() {
    let world = World::configured(&[]).await;
    let wang = world.person("wangxiuying").await;
    let refused = wang.call(SignJsSdk { url: format!("{PUBLIC_BASE}/") }).await.unwrap_err();
    assert_eq!(refused.code, Code::WechatUnavailable);
}
