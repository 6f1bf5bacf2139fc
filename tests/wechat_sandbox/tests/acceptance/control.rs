//! The same control over HTTP, and the page for the demo's audience.

use std::{fs, process::Stdio, time::Duration};

use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::{process::Command, time::sleep};
use wechat_sandbox::{Sandbox, SandboxConfig};

use crate::support::{World, errcode, json_of, text};

async fn order(world: &World, path: &str, body: &Value) -> (StatusCode, Value) {
    let response = world.client.post(world.url(path)).json(body).send().await.unwrap();
    let status = response.status();
    let bytes = response.bytes().await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

#[tokio::test]
async fn codes_can_be_ordered_over_http() {
    let world = World::start().await;
    let person = json!({ "person": "wufang" });
    let (_, answer) = order(&world, "/_sandbox/mini-program-code", &person).await;
    let session = world.code2session(&text(&answer, "code")).await;
    assert_eq!(text(&session, "openid"), "oMP_wufang");
    let (_, answer) = order(&world, "/_sandbox/phone-code", &person).await;
    let token = world.mini_token().await;
    let body = json!({ "code": text(&answer, "code") });
    let number = world.post("/wxa/business/getuserphonenumber", &token, &body).await;
    assert_eq!(number["phone_info"]["phoneNumber"], "13800000008");
    let (_, answer) = order(&world, "/_sandbox/web-code", &person).await;
    let web = world.exchange_web_code(&text(&answer, "code")).await;
    assert_eq!(text(&web, "openid"), "oOA_wufang");
}

#[tokio::test]
async fn orders_for_unknown_people_or_with_unknown_fields_are_refused() {
    let world = World::start().await;
    let nobody = json!({ "person": "nobody" });
    for path in [
        "/_sandbox/mini-program-code",
        "/_sandbox/phone-code",
        "/_sandbox/web-code",
        "/_sandbox/auto-person",
    ] {
        assert_eq!(order(&world, path, &nobody).await.0, 404, "{path}");
    }
    let misspelt = json!({ "advance_second": 10 });
    assert_eq!(order(&world, "/_sandbox/clock", &misspelt).await.0, 400);
}

#[tokio::test]
async fn consent_messages_and_calls_can_be_read_and_set_over_http() {
    let world = World::start().await;
    let consent = json!({ "openid": "oMP_wufang", "template_id": "TPL_SESSION", "accept": true });
    assert_eq!(order(&world, "/_sandbox/consent", &consent).await.1["credits"], 2);
    let token = world.mini_token().await;
    let body = json!({
        "touser": "oMP_wufang",
        "template_id": "TPL_SESSION",
        "data": {
            "thing1": { "value": "消防实训" },
            "date2": { "value": "2026-12-01 09:00" },
            "thing3": { "value": "二号楼一层" },
        },
    });
    assert_eq!(errcode(&world.post("/cgi-bin/message/subscribe/send", &token, &body).await), 0);
    let messages = world.get("/_sandbox/messages", &[]).await;
    assert_eq!(messages["messages"][0]["data"]["thing1"], "消防实训");
    let calls = world.get("/_sandbox/calls", &[]).await;
    assert_eq!(calls["counts"]["/cgi-bin/message/subscribe/send"], 1);
    assert_eq!(calls["latest"][0]["errcode"], 0);
    // Calls are told without their queries, which carry secrets.
    assert!(!calls.to_string().contains(&token));
}

#[tokio::test]
async fn faults_and_the_clock_can_be_set_over_http() {
    let world = World::start().await;
    let fault =
        json!({ "path": "/sns/jscode2session", "times": 2, "kind": "errcode", "errcode": 45011 });
    assert_eq!(order(&world, "/_sandbox/faults", &fault).await.0, 204);
    assert_eq!(errcode(&world.code2session("any").await), 45011);
    let pending = world.get("/_sandbox/faults", &[]).await;
    assert_eq!(pending["faults"][0]["times"], 1);
    world.client.delete(world.url("/_sandbox/faults")).send().await.unwrap();
    let code = world.sandbox.mini_program_code("wufang").unwrap();
    let (_, clock) = order(&world, "/_sandbox/clock", &json!({ "advance_seconds": 301 })).await;
    assert_eq!(clock["offset_seconds"], 301);
    assert_eq!(errcode(&world.code2session(&code).await), 40029);
}

#[tokio::test]
async fn the_overview_page_shows_people_messages_and_calls() {
    let world = World::start().await;
    world.code2session("made-up").await;
    let page = world.get_response("/_sandbox", &[]).await.text().await.unwrap();
    for shown in ["王秀英", "oOA_wangxiuying", "学习任务提醒 1 条", "/sns/jscode2session", "40029"]
    {
        assert!(page.contains(shown), "{shown}");
    }
}

#[tokio::test]
async fn a_dropped_sandbox_frees_its_address_even_while_a_call_hangs() {
    let world = World::start().await;
    world.sandbox.inject("*", wechat_sandbox::Fault::Hang, 1);
    let hanging = world.client.get(world.url("/sns/auth")).send();
    let hanging = tokio::spawn(hanging);
    while world.sandbox.calls("/sns/auth") == 0 {
        tokio::task::yield_now().await;
    }
    let mut config = SandboxConfig::demo();
    config.bind = world.sandbox.base_url.trim_start_matches("http://").parse().unwrap();
    drop(world);
    assert!(hanging.await.unwrap().is_err());
    let again = Sandbox::start(config.clone()).await.unwrap();
    assert!(Sandbox::start(config).await.is_err());
    drop(again);
}

#[tokio::test]
async fn the_program_serves_a_people_file_and_says_where() {
    let folder = std::env::temp_dir().join(format!("wechat_sandbox_{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let (people, address) = (folder.join("people.json"), folder.join("address"));
    fs::write(&people, r#"[{"key":"lin","name":"林一","phone":"13700000001"}]"#).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_wechat_sandbox"))
        .args(["--bind", "127.0.0.1:0", "--auto-person", "lin", "--people"])
        .arg(&people)
        .arg("--address-file")
        .arg(&address)
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let base_url = loop {
        assert!(program.try_wait().unwrap().is_none(), "the program ended early");
        match fs::read_to_string(&address) {
            Ok(base_url) => break base_url,
            Err(_) => sleep(Duration::from_millis(20)).await,
        }
    };
    let world = World::start().await;
    let people = world.client.get(format!("{base_url}/_sandbox/people")).send().await.unwrap();
    let people = json_of(people).await;
    assert_eq!(people["people"][0]["oa_openid"], "oOA_lin");
    assert_eq!(people["people"][1]["key"], "stranger");
    program.kill().await.unwrap();
    fs::remove_dir_all(&folder).unwrap();
}
