//! What is pushed, in WeChat's words.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::callback::Format;

/// The original id of the account.
const ACCOUNT: &str = "gh_97417a04a28d";

/// Something that happened to somebody.
#[derive(Clone, Debug)]
pub struct Push {
    pub openid: String,
    /// Unix seconds of the sandbox's clock.
    pub created: i64,
    pub what: What,
    /// In JSON a single item is a bare object; with this it is a list of one, which WeChat's own
    /// samples show as well.
    pub as_list: bool,
}

#[derive(Clone, Debug)]
pub enum What {
    /// The person answered the popup: templates, and whether each was accepted.
    Popup(Vec<(String, bool)>),
    /// The person refused templates in the settings.
    Change(Vec<String>),
    /// A message was sent, or was not after all.
    Sent { template: String, msgid: i64, errcode: i64 },
    /// The person wrote to the mini-program.
    Text { text: String, msgid: i64 },
}

type Fields = Vec<(&'static str, String)>;

impl Push {
    /// The event's name, or the kind of message.
    pub fn name(&self) -> &'static str {
        match self.what {
            What::Popup(_) => "subscribe_msg_popup_event",
            What::Change(_) => "subscribe_msg_change_event",
            What::Sent { .. } => "subscribe_msg_sent_event",
            What::Text { .. } => "text",
        }
    }

    const fn wrapper(&self) -> &'static str {
        match self.what {
            What::Popup(_) => "SubscribeMsgPopupEvent",
            What::Change(_) => "SubscribeMsgChangeEvent",
            What::Sent { .. } => "SubscribeMsgSentEvent",
            What::Text { .. } => "",
        }
    }

    fn head(&self) -> Fields {
        let mut head = vec![
            ("ToUserName", ACCOUNT.to_owned()),
            ("FromUserName", self.openid.clone()),
            ("CreateTime", self.created.to_string()),
        ];
        if let What::Text { text, msgid } = &self.what {
            let rest = [("MsgType", "text"), ("Content", text)].map(|(k, v)| (k, v.to_owned()));
            head.extend(rest);
            head.push(("MsgId", msgid.to_string()));
        } else {
            head.push(("MsgType", "event".to_owned()));
            head.push(("Event", self.name().to_owned()));
        }
        head
    }

    fn items(&self) -> Vec<Fields> {
        let choice = |template: &str, accepted: bool| {
            let status = if accepted { "accept" } else { "reject" };
            vec![("TemplateId", template.to_owned()), ("SubscribeStatusString", status.to_owned())]
        };
        match &self.what {
            What::Popup(answers) => {
                let item = |(template, accepted): &(String, bool)| {
                    let mut fields = choice(template, *accepted);
                    fields.push(("PopupScene", "0".to_owned()));
                    fields
                };
                answers.iter().map(item).collect()
            }
            What::Change(templates) => templates.iter().map(|it| choice(it, false)).collect(),
            What::Sent { template, msgid, errcode } => vec![vec![
                ("TemplateId", template.clone()),
                ("MsgID", msgid.to_string()),
                ("ErrorCode", errcode.to_string()),
                ("ErrorStatus", if *errcode == 0 { "success" } else { "failed" }.to_owned()),
            ]],
            What::Text { .. } => Vec::new(),
        }
    }

    /// The message itself.
    pub fn written(&self, format: Format) -> String {
        match format {
            Format::Json => self.json(),
            Format::Xml => self.xml(),
        }
    }

    /// Every scalar is a text.
    fn json(&self) -> String {
        let mut message = object(self.head());
        let mut items: Vec<Value> =
            self.items().into_iter().map(|fields| Value::Object(object(fields))).collect();
        let list = match items.as_mut_slice() {
            [] => Value::Null,
            [one] if !self.as_list => one.take(),
            _ => Value::Array(items),
        };
        if !list.is_null() {
            message.insert("List".to_owned(), list);
        }
        Value::Object(message).to_string()
    }

    fn xml(&self) -> String {
        let mut xml = "<xml>".to_owned();
        for (name, value) in self.head() {
            // Times and ids stand there without CDATA.
            if ["CreateTime", "MsgId"].contains(&name) {
                write!(xml, "<{name}>{value}</{name}>").expect("a string takes everything");
            } else {
                xml.push_str(&element(name, &value));
            }
            xml.push('\n');
        }
        let items: String = self.items().iter().map(list_element).collect();
        if !items.is_empty() {
            let wrapper = self.wrapper();
            write!(xml, "<{wrapper}>{items}</{wrapper}>").expect("a string takes everything");
        }
        xml + "</xml>"
    }
}

/// What carries a sealed message.
pub fn envelope(format: Format, sealed: &str) -> String {
    match format {
        Format::Json => json!({ "ToUserName": ACCOUNT, "Encrypt": sealed }).to_string(),
        Format::Xml => {
            let [account, sealed] = [("ToUserName", ACCOUNT), ("Encrypt", sealed)]
                .map(|(name, value)| element(name, value));
            format!("<xml>{account}{sealed}</xml>")
        }
    }
}

fn object(fields: Fields) -> Map<String, Value> {
    fields.into_iter().map(|(name, value)| (name.to_owned(), Value::String(value))).collect()
}

fn list_element(fields: &Fields) -> String {
    let inside: String = fields.iter().map(|(name, value)| element(name, value)).collect();
    format!("<List>{inside}</List>")
}

/// A text that contains the end of a CDATA section goes on in another one.
fn element(name: &str, value: &str) -> String {
    let value = value.replace("]]>", "]]]]><![CDATA[>");
    format!("<{name}><![CDATA[{value}]]></{name}>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(what: What, as_list: bool) -> Push {
        Push { openid: "o1".to_owned(), created: 1_620_973_045, what, as_list }
    }

    #[test]
    fn one_item_is_an_object_or_a_list_of_one_and_several_are_a_list() {
        let answers = |count: usize| What::Popup(vec![("T".to_owned(), true); count]);
        let list = |what, as_list| {
            let json: Value =
                serde_json::from_str(&push(what, as_list).written(Format::Json)).unwrap();
            assert_eq!(json["CreateTime"], "1620973045");
            json["List"].clone()
        };
        assert_eq!(list(answers(1), false)["SubscribeStatusString"], "accept");
        assert_eq!(list(answers(1), true).as_array().unwrap().len(), 1);
        assert_eq!(list(answers(2), false).as_array().unwrap().len(), 2);
    }

    #[test]
    fn xml_repeats_the_list_within_a_wrapper() {
        let what = What::Change(vec!["T]]>".to_owned(), "U".to_owned()]);
        let xml = push(what, false).written(Format::Xml);
        assert!(xml.contains("<CreateTime>1620973045</CreateTime>"), "{xml}");
        assert!(xml.contains("<TemplateId><![CDATA[T]]]]><![CDATA[>]]></TemplateId>"), "{xml}");
        assert_eq!(xml.matches("<List>").count(), 2);
        assert!(xml.ends_with("</List></SubscribeMsgChangeEvent></xml>"), "{xml}");
    }
}
