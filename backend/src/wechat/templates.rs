//! The subscribe-message templates that the mini-program has.

use serde::Deserialize;

use super::{
    NOBODY_WAITS, WeChat, reply,
    wire::{Call, Failure},
    within,
};
use crate::Result;

const PATH: &str = "/wxaapi/newtmpl/gettemplate";

/// A template as WeChat describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageTemplate {
    pub id: String,
    pub title: String,
    /// As `thing1`, in their order.
    pub keys: Vec<String>,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    data: Vec<Described>,
}

#[derive(Deserialize)]
struct Described {
    #[serde(rename = "priTmplId")]
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    content: String,
}

impl WeChat {
    /// All of them; nothing where WeChat does not answer now or refuses to, which is logged.
    pub async fn message_templates(&self) -> Result<Option<Vec<MessageTemplate>>> {
        self.mini_program()?;
        let call = Call::get(PATH, Vec::new());
        let deadline = within(NOBODY_WAITS);
        let answer = self.0.ask_with_token(&self.0.pushes, &call, deadline, reply::read).await;
        match answer {
            Ok(Answer { data }) => Ok(Some(data.into_iter().map(described).collect())),
            Err(Failure::Refused(refusal)) => {
                refusal.alarm(PATH);
                Ok(None)
            }
            Err(_) => Ok(None),
        }
    }
}

fn described(template: Described) -> MessageTemplate {
    let Described { id, title, content } = template;
    MessageTemplate { id, title, keys: keys(&content) }
}

/// The keys of lines like `会议时间:{{date2.DATA}}`.
fn keys(content: &str) -> Vec<String> {
    let pieces = content.split("{{").skip(1);
    pieces.filter_map(|it| it.split_once(".DATA}}")).map(|(key, _)| key.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_stand_between_braces_whatever_stands_around_them() {
        let content =
            "课程名称:{{thing1.DATA}}\n提醒 {{不是}}:{{ thing2.DATA}}\n截止:{{date3.DATA}}\n";
        assert_eq!(keys(content), ["thing1", "thing2", "date3"]);
        assert!(keys("没有").is_empty());
    }
}
