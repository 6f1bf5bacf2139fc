//! Subscribe messages: consent is spent, values are checked, what arrives is on record.

use serde_json::{Value, json};
use wechat_sandbox::{SandboxConfig, Template, TemplateLine};

use crate::support::{World, errcode, text};

const PATH: &str = "/cgi-bin/message/subscribe/send";

fn message() -> Value {
    json!({
        "touser": "oMP_wangxiuying",
        "template_id": "TPL_ASSIGNMENT",
        "page": "pages/course/index?id=7",
        "miniprogram_state": "formal",
        "lang": "zh_CN",
        "data": {
            "thing1": { "value": "会议室保洁标准" },
            "thing2": { "value": "请在截止前学完并完成测验" },
            "date3": { "value": "2026年11月30日 18:00" },
        },
    })
}

fn changed(pointer: &str, value: Value) -> Value {
    let mut message = message();
    *message.pointer_mut(pointer).unwrap() = value;
    message
}

#[tokio::test]
async fn without_credit_a_message_is_refused_with_43101_and_two_accepts_allow_two() {
    let world = World::start().await;
    let token = world.mini_token().await;
    assert_eq!(errcode(&world.post(PATH, &token, &message()).await), 0);
    assert_eq!(errcode(&world.post(PATH, &token, &message()).await), 43101);
    for _ in 0..2 {
        world.sandbox.consent("wangxiuying", "TPL_ASSIGNMENT", true).unwrap();
    }
    for expected in [0, 0, 43101] {
        assert_eq!(errcode(&world.post(PATH, &token, &message()).await), expected);
    }
    assert_eq!(world.sandbox.sent_messages().len(), 3);
}

#[tokio::test]
async fn a_refusal_in_the_popup_adds_nothing_and_takes_nothing() {
    let world = World::start().await;
    assert_eq!(world.sandbox.consent("wangxiuying", "TPL_ASSIGNMENT", false).unwrap(), 1);
    assert_eq!(world.sandbox.consent("wangxiuying", "TPL_ASSIGNMENT", true).unwrap(), 2);
}

#[tokio::test]
async fn a_sent_message_is_on_record_as_the_phone_shows_it() {
    let world = World::start().await;
    let token = world.mini_token().await;
    let answer = world.post(PATH, &token, &message()).await;
    let sent = world.sandbox.sent_messages();
    assert_eq!(sent.len(), 1);
    assert_eq!(answer["msgid"], sent[0].msgid);
    assert!(sent[0].msgid > 1 << 53);
    assert_eq!(sent[0].person, "wangxiuying");
    assert_eq!(sent[0].page.as_deref(), Some("pages/course/index?id=7"));
    assert_eq!(sent[0].lines[0], ("课程名称".to_owned(), "会议室保洁标准".to_owned()));
    assert_eq!(sent[0].lines[2], ("截止时间".to_owned(), "2026年11月30日 18:00".to_owned()));
}

#[tokio::test]
async fn a_thing_of_21_characters_is_refused_with_47003_naming_the_field() {
    let world = World::start().await;
    let token = world.mini_token().await;
    let too_long = changed("/data/thing2/value", json!("学".repeat(21)));
    let answer = world.post(PATH, &token, &too_long).await;
    assert_eq!(errcode(&answer), 47003);
    assert!(text(&answer, "errmsg").contains("data.thing2.value"), "{answer}");
    let just_fits = changed("/data/thing2/value", json!("学".repeat(20)));
    assert_eq!(errcode(&world.post(PATH, &token, &just_fits).await), 0);
}

#[tokio::test]
async fn data_that_does_not_fit_the_template_is_refused_and_costs_no_credit() {
    let world = World::start().await;
    let token = world.mini_token().await;
    let wrong = [
        ("thing1", changed("/data/thing1", json!({ "value": "" }))),
        ("thing1", changed("/data/thing1", Value::Null)),
        ("thing1", changed("/data/thing1", json!("没有 value 这一层"))),
        ("thing2", changed("/data/thing2/value", json!("两行\n不行"))),
        ("thing2", changed("/data/thing2/value", json!(12))),
        ("date3", changed("/data/date3/value", json!("月底之前"))),
        ("number9", {
            let mut message = message();
            message["data"]["number9"] = json!({ "value": "1" });
            message
        }),
        ("data", changed("/data", json!("{\"thing1\":{\"value\":\"字符串\"}}"))),
    ];
    for (field, message) in wrong {
        let answer = world.post(PATH, &token, &message).await;
        assert_eq!(errcode(&answer), 47003, "{field}");
        assert!(text(&answer, "errmsg").contains(field), "{answer}");
    }
    assert_eq!(errcode(&world.post(PATH, &token, &message()).await), 0);
}

#[tokio::test]
async fn unknown_people_templates_pages_and_options_have_their_own_error_codes() {
    let world = World::start().await;
    let token = world.mini_token().await;
    let wrong = [
        (changed("/touser", json!("oMP_nobody")), 40003),
        (changed("/touser", json!("oOA_wangxiuying")), 40003),
        (changed("/template_id", json!("TPL_OTHER")), 40037),
        (changed("/page", json!("pages/none/none")), 41030),
        (changed("/miniprogram_state", json!("released")), 47001),
        (changed("/lang", json!("zh")), 47001),
    ];
    for (message, expected) in wrong {
        assert_eq!(errcode(&world.post(PATH, &token, &message).await), expected, "{message}");
    }
}

#[tokio::test]
async fn one_consent_to_a_long_term_template_is_good_until_it_is_withdrawn() {
    let line = TemplateLine {
        label: "结果".to_owned(),
        key: "enum_string1".to_owned(),
        choices: vec!["合格".to_owned(), "不合格".to_owned()],
    };
    let mut config = SandboxConfig::demo();
    config.templates.push(Template {
        id: "TPL_LONG".to_owned(),
        title: "考核结果".to_owned(),
        lines: vec![line],
        long_term: true,
    });
    let world = World::start_with(config).await;
    let token = world.mini_token().await;
    let message = |value: &str| {
        json!({
            "touser": "oMP_chenmei",
            "template_id": "TPL_LONG",
            "data": { "enum_string1": { "value": value } },
        })
    };
    for _ in 0..3 {
        assert_eq!(errcode(&world.post(PATH, &token, &message("合格")).await), 0);
    }
    assert_eq!(errcode(&world.post(PATH, &token, &message("优秀")).await), 47003);
    world.sandbox.consent("chenmei", "TPL_LONG", false).unwrap();
    assert_eq!(errcode(&world.post(PATH, &token, &message("合格")).await), 43101);
}

#[tokio::test]
async fn the_template_list_shows_keys_in_the_content_as_wechat_writes_them() {
    let world = World::start().await;
    let token = world.mini_token().await;
    let answer = world.get("/wxaapi/newtmpl/gettemplate", &[("access_token", &token)]).await;
    let session = &answer["data"][1];
    assert_eq!(session["priTmplId"], "TPL_SESSION");
    assert_eq!(session["type"], 2);
    let content = "实训名称:{{thing1.DATA}}\n开始时间:{{date2.DATA}}\n地点:{{thing3.DATA}}\n";
    assert_eq!(session["content"], content);
}
