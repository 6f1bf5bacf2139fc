//! `GET /wxaapi/newtmpl/gettemplate`

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::{
    call::Call,
    config::{AccountKind, Template},
    reply::{Reply, ok_with},
};

/// The account's private templates.
pub async fn get_template(call: Call) -> Reply {
    call.require_token_of(AccountKind::MiniProgram)?;
    let templates: Vec<Value> = call.state.config.templates.iter().map(described).collect();
    Ok(ok_with(json!({ "data": templates })))
}

fn described(template: &Template) -> Value {
    let mut content = String::new();
    for line in &template.lines {
        writeln!(content, "{}:{{{{{}.DATA}}}}", line.label, line.key)
            .expect("writing to a string cannot fail");
    }
    let choices: Vec<Value> = template
        .lines
        .iter()
        .filter(|line| !line.choices.is_empty())
        .map(|line| json!({ "keywordCode": format!("{}.DATA", line.key), "enumValueList": line.choices }))
        .collect();
    let mut described = json!({
        "priTmplId": template.id,
        "title": template.title,
        "content": content,
        "example": "",
        "type": if template.long_term { 3 } else { 2 },
    });
    if !choices.is_empty() {
        described["keywordEnumValueList"] = Value::Array(choices);
    }
    described
}
