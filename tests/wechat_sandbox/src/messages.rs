//! `POST /cgi-bin/message/subscribe/send`

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    call::Call,
    callback_event::What,
    config::{AccountKind, Template},
    message_values,
    reply::{Failure, Reply, ok_with},
    sent_messages::SentMessage,
};

#[derive(Deserialize)]
struct SendRequest {
    #[serde(default)]
    touser: String,
    #[serde(default)]
    template_id: String,
    page: Option<String>,
    #[serde(default)]
    data: Value,
    #[serde(default = "formal")]
    miniprogram_state: String,
    #[serde(default = "simplified_chinese")]
    lang: String,
}

fn formal() -> String {
    "formal".to_owned()
}

fn simplified_chinese() -> String {
    "zh_CN".to_owned()
}

/// Sends one message if the person agreed to it.
pub async fn send(call: Call) -> Reply {
    call.require_token_of(AccountKind::MiniProgram)?;
    let request: SendRequest = call.json()?;
    let config = &call.state.config;
    let person = config
        .person_with_mini_openid(&request.touser)
        .ok_or_else(|| Failure::new(40003, "invalid openid"))?;
    let template = config
        .template(&request.template_id)
        .ok_or_else(|| Failure::new(40037, "invalid template_id"))?;
    let data = checked_data(template, &request.data)?;
    check_options(&request)?;
    if request.page.as_ref().is_some_and(|page| !page.is_empty() && !config.has_page(page)) {
        return Err(Failure::new(41030, "invalid page"));
    }
    let state = &call.state;
    let mut world = state.world();
    if !world.consents.spend(&person.mini_openid, template) {
        return Err(Failure::new(43101, "user refuse to accept the msg"));
    }
    let msgid = world.sent.record(SentMessage {
        msgid: 0,
        sent_at: call.now(),
        person: person.key.clone(),
        openid: request.touser,
        template_id: request.template_id,
        title: template.title.clone(),
        page: request.page.filter(|page| !page.is_empty()),
        miniprogram_state: request.miniprogram_state,
        lang: request.lang,
        lines: template
            .lines
            .iter()
            .map(|line| (line.label.clone(), data.get(&line.key).cloned().unwrap_or_default()))
            .collect(),
        data,
    });
    let sent = What::Sent { template: template.id.clone(), msgid, errcode: 0 };
    state.push(&mut world, &person.mini_openid, sent);
    Ok(ok_with(json!({ "msgid": msgid })))
}

/// Every key of the template, none besides, and each value within the rule of its type.
fn checked_data(template: &Template, data: &Value) -> Result<BTreeMap<String, String>, Failure> {
    let argument = |what: String| Failure::new(47003, format!("argument invalid! {what}"));
    let object = data.as_object().ok_or_else(|| argument("data is not an object".to_owned()))?;
    if let Some(key) =
        object.keys().find(|key| !template.lines.iter().any(|line| line.key == **key))
    {
        return Err(argument(format!("data.{key} is not in the template")));
    }
    template
        .lines
        .iter()
        .map(|line| {
            let key = &line.key;
            let value =
                object.get(key).and_then(|entry| entry.get("value")).unwrap_or(&Value::Null);
            match value {
                Value::Null => Err(argument(format!("data.{key}.value is empty"))),
                Value::String(text) if text.is_empty() => {
                    Err(argument(format!("data.{key}.value is empty")))
                }
                Value::String(text) if message_values::accepts(line, text) => {
                    Ok((key.clone(), text.clone()))
                }
                _ => Err(argument(format!("data.{key}.value invalid"))),
            }
        })
        .collect()
}

fn check_options(request: &SendRequest) -> Result<(), Failure> {
    let known_state =
        ["developer", "trial", "formal"].contains(&request.miniprogram_state.as_str());
    let known_lang = ["zh_CN", "en_US", "zh_HK", "zh_TW"].contains(&request.lang.as_str());
    if known_state && known_lang { Ok(()) } else { Err(Failure::new(47001, "data format error")) }
}
