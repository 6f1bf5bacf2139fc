//! The access token: one renewal for all servers, and none that is not needed.

use std::time::{Duration, Instant};

use backend::wechat::{PushRefused, Pushed, WeChat};
use futures_util::future::join_all;
use serde_json::json;
use shared::problem::Code;
use wechat_sandbox::{Fault, Sandbox};

use crate::{
    scene::World,
    server::{OPENID, SEND, consents, reminder, server, server_with_secret},
    wechat_stage::{MINI_PROGRAM, SECRETS, errcode, sandbox, world},
};

const TOKEN: &str = "/cgi-bin/stable_token";

/// Fifty pushes at once, half of them from each server.
async fn storm(servers: &[WeChat; 2]) -> Vec<Result<Pushed, PushRefused>> {
    let message = reminder();
    join_all((0..50).map(|number| servers[number % 2].push(OPENID, &message))).await
}

/// Renews the token by force until the one before is dead, as an officer of WeChat's console could.
async fn kill_the_token(sandbox: &Sandbox) {
    let body = json!({
        "grant_type": "client_credential",
        "appid": MINI_PROGRAM,
        "secret": SECRETS[0],
        "force_refresh": true,
    });
    for _ in 0..2 {
        let address = format!("{}{TOKEN}", sandbox.base_url);
        reqwest::Client::new().post(address).json(&body).send().await.unwrap();
        sandbox.advance(31);
    }
}

/// Lets the stored token end sooner, for servers that have not read it yet.
async fn expires_in(world: &World, time: Duration) {
    let at = (chrono::Utc::now() + time).to_rfc3339();
    world.sql(&format!("UPDATE wechat_tokens SET expires_at = '{at}'")).await;
}

scene!(two_servers_and_fifty_calls_at_once_fetch_one_token, |world| async move {
    let sandbox = sandbox().await;
    consents(&sandbox, 50);
    let outcomes = storm(&[server(&world, &sandbox), server(&world, &sandbox)]).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(sandbox.calls(TOKEN), 1);
});

scene!(a_dead_token_is_replaced_by_one_call_however_many_stumble_over_it, |world| async move {
    let sandbox = sandbox().await;
    consents(&sandbox, 100);
    let servers = [server(&world, &sandbox), server(&world, &sandbox)];
    storm(&servers).await;
    kill_the_token(&sandbox).await;
    let before = sandbox.calls(TOKEN);
    let outcomes = storm(&servers).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(sandbox.calls(TOKEN), before + 1);
});

scene!(complaints_that_do_not_end_lead_to_one_renewal_and_lose_no_message, |world| async move {
    let sandbox = sandbox().await;
    consents(&sandbox, 50);
    let servers = [server(&world, &sandbox), server(&world, &sandbox)];
    servers[0].push(OPENID, &reminder()).await.unwrap();
    sandbox.inject(SEND, errcode(40001), 70);
    let outcomes = storm(&servers).await;
    let refused = outcomes.iter().filter(|it| it.is_err()).count();
    for outcome in outcomes {
        assert!(
            matches!(outcome, Ok(_) | Err(PushRefused::Retry { ambiguous: false })),
            "{outcome:?}"
        );
    }
    assert!((1..50).contains(&refused), "{refused} refused");
    assert_eq!(sandbox.calls(TOKEN), 2);
    for _ in 0..refused {
        servers[1].push(OPENID, &reminder()).await.unwrap();
    }
    assert_eq!(sandbox.sent_messages().len(), 51);
});

scene!(a_late_complaint_about_an_old_token_leaves_its_successor_alone, |world| async move {
    let sandbox = sandbox().await;
    consents(&sandbox, 3);
    server(&world, &sandbox).push(OPENID, &reminder()).await.unwrap();
    let wechat = server(&world, &sandbox);
    let expiry = Duration::from_millis(1500);
    expires_in(&world, expiry).await;
    sandbox.inject(SEND, Fault::Delay { millis: 3500 }, 1);
    let message = reminder();
    let late = async { wechat.push(OPENID, &message).await };
    let meanwhile = async {
        while sandbox.calls(SEND) < 2 {
            tokio::task::yield_now().await;
        }
        kill_the_token(&sandbox).await;
        tokio::time::sleep(expiry).await;
        wechat.push(OPENID, &message).await.unwrap();
        sandbox.calls(TOKEN)
    };
    let (late, renewed) = tokio::join!(late, meanwhile);
    assert!(late.is_ok(), "{late:?}");
    assert_eq!(sandbox.calls(SEND), 4, "the late call was complained about and made again");
    assert_eq!(sandbox.calls(TOKEN), renewed);
});

scene!(an_expired_token_is_replaced, |world| async move {
    let sandbox = sandbox().await;
    consents(&sandbox, 2);
    let wechat = server(&world, &sandbox);
    wechat.push(OPENID, &reminder()).await.unwrap();
    sandbox.advance(7201);
    wechat.push(OPENID, &reminder()).await.unwrap();
    assert_eq!(sandbox.calls(TOKEN), 2);
});

scene!(a_server_that_starts_later_uses_the_stored_token_which_lies_sealed, |world| async move {
    use sea_orm::{ConnectionTrait, Statement};
    let sandbox = sandbox().await;
    consents(&sandbox, 2);
    server(&world, &sandbox).push(OPENID, &reminder()).await.unwrap();
    server(&world, &sandbox).push(OPENID, &reminder()).await.unwrap();
    assert_eq!(sandbox.calls(TOKEN), 1);
    let db = world.app.db.read();
    let ask =
        Statement::from_string(db.get_database_backend(), "SELECT sealed_token FROM wechat_tokens");
    let sealed: Vec<u8> =
        db.query_one_raw(ask).await.unwrap().unwrap().try_get_by_index(0).unwrap();
    // Every token of the sandbox begins with these.
    assert!(!sealed.windows(3).any(|it| it == b"97_"));
    assert_eq!(world.app.keys.open("wechat-token", &sealed).unwrap()[..3], *b"97_");
});

/// Somebody else's claim to renew the token, until then.
async fn claimed_until(world: &World, seconds_from_now: i64) {
    let until = chrono::Utc::now() + chrono::TimeDelta::seconds(seconds_from_now);
    world
        .sql(&format!(
            "INSERT INTO wechat_tokens VALUES ('{MINI_PROGRAM}', NULL, '2026-01-01T00:00:00+00:00', 7, '{}')",
            until.to_rfc3339()
        ))
        .await;
}

scene!(a_server_that_died_while_renewing_is_waited_for_and_then_replaced, |world| async move {
    let sandbox = sandbox().await;
    claimed_until(&world, 1).await;
    server(&world, &sandbox).push(OPENID, &reminder()).await.unwrap();
    assert_eq!(sandbox.calls(TOKEN), 1);
});

scene!(waiting_for_another_server_ends_in_time, |world| async move {
    let sandbox = sandbox().await;
    claimed_until(&world, 60).await;
    let begun = Instant::now();
    let refused = server(&world, &sandbox).push(OPENID, &reminder()).await.unwrap_err();
    assert_eq!(refused, PushRefused::Retry { ambiguous: false });
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
    assert_eq!((sandbox.calls(TOKEN), sandbox.calls(SEND)), (0, 0));
});

scene!(a_token_about_to_expire_is_renewed_while_messages_go_on, |world| async move {
    let sandbox = sandbox().await;
    consents(&sandbox, 1);
    server(&world, &sandbox).push(OPENID, &reminder()).await.unwrap();
    expires_in(&world, Duration::from_secs(4)).await;
    let wechat = server(&world, &sandbox);
    // From half of its time on; the renewal itself takes long, and nobody notices.
    sandbox.inject(TOKEN, Fault::Delay { millis: 1000 }, 1);
    while sandbox.calls(TOKEN) < 2 {
        consents(&sandbox, 1);
        let begun = Instant::now();
        wechat.push(OPENID, &reminder()).await.unwrap();
        assert!(begun.elapsed() < Duration::from_millis(900), "{:?}", begun.elapsed());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    wechat.push(OPENID, &reminder()).await.unwrap();
});

#[actix_web::test]
async fn a_wrong_secret_is_not_tried_again_and_again() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let wechat = server_with_secret(&world, &sandbox, "wrong");
    for _ in 0..5 {
        let refused = wechat.push(OPENID, &reminder()).await.unwrap_err();
        assert_eq!(refused, PushRefused::Retry { ambiguous: false });
    }
    assert_eq!((sandbox.calls(TOKEN), sandbox.calls(SEND)), (1, 0));
    let refused = wechat.mini_program_person("code").await.unwrap_err();
    assert_eq!(refused.code(), Some(Code::WechatUnavailable));
}

#[actix_web::test]
async fn a_busy_wechat_is_asked_for_the_token_once_more() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.inject(TOKEN, errcode(-1), 1);
    world.app.wechat.push(OPENID, &reminder()).await.unwrap();
    assert_eq!(sandbox.calls(TOKEN), 2);
}

#[actix_web::test]
async fn a_renewal_is_never_forced() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    consents(&sandbox, 3);
    let wechat = &world.app.wechat;
    wechat.push(OPENID, &reminder()).await.unwrap();
    // A forced renewal, possible every thirty seconds, would retire the token the first server holds.
    sandbox.advance(31);
    sandbox.inject(SEND, errcode(42001), 1);
    let other = server(&world, &sandbox);
    other.push(OPENID, &reminder()).await.unwrap();
    sandbox.advance(301);
    wechat.push(OPENID, &reminder()).await.unwrap();
    assert_eq!((sandbox.calls(TOKEN), sandbox.calls(SEND)), (2, 4));
}
