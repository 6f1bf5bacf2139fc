//! What messages say.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::keys::hash;

/// The longest id that is believed.
const LONGEST: usize = 128;
/// Templates of one event at most; WeChat's window asks for five at a time.
const MOST_ITEMS: usize = 20;

/// A message that was believed.
#[derive(Debug, Clone)]
pub struct Message {
    fields: Value,
    /// SHA-256 of its text.
    pub(super) digest: Vec<u8>,
}

impl Message {
    pub fn new(text: &str, fields: Value) -> Self {
        Self { fields, digest: hash(text.as_bytes()) }
    }

    /// A field, whether it is written as a text or as a number.
    pub fn field(&self, name: &str) -> Option<String> {
        scalar(&self.fields[name])
    }

    /// The same for the same message, however often WeChat sends it.
    pub fn identity(&self) -> Vec<String> {
        if let Some(id) = self.field("MsgId") {
            return vec![id];
        }
        // Several events may share a second, so its text is part of it.
        let mut parts: Vec<String> = ["FromUserName", "CreateTime", "Event"]
            .map(|name| self.field(name).unwrap_or_default())
            .into();
        parts.push(format!("{:?}", self.digest));
        parts
    }
}

/// What became of subscribe messages: what somebody allows, or how sending went.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscribeEvents {
    pub app_id: String,
    pub openid: String,
    /// By WeChat's clock, to the second.
    pub at: DateTime<Utc>,
    pub items: Vec<SubscribeItem>,
}

impl std::fmt::Debug for SubscribeEvents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SubscribeEvents").field("items", &self.items).finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscribeItem {
    pub template: String,
    pub what: SubscribeChange,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscribeChange {
    /// One more message is allowed.
    Accepted,
    /// None is allowed any more.
    Refused,
    /// A message that WeChat had taken did not arrive after all.
    Undelivered { message: String, errcode: String },
}

impl SubscribeEvents {
    /// Nothing for every other message, and where there is nothing to do.
    pub fn read(message: &Message, app_id: &str) -> Option<Self> {
        let wrapper = match message.field("Event")?.as_str() {
            "subscribe_msg_popup_event" => "SubscribeMsgPopupEvent",
            "subscribe_msg_change_event" => "SubscribeMsgChangeEvent",
            "subscribe_msg_sent_event" => "SubscribeMsgSentEvent",
            _ => return None,
        };
        let at = message.field("CreateTime")?.parse().ok()?;
        let items: Vec<_> = items(&message.fields, wrapper)
            .iter()
            .take(MOST_ITEMS)
            .filter_map(|item| SubscribeItem::read(item, wrapper))
            .collect();
        (!items.is_empty()).then_some(Self {
            app_id: app_id.to_owned(),
            openid: message.field("FromUserName").filter(|it| is_id(it))?,
            at: DateTime::from_timestamp(at, 0)?,
            items,
        })
    }
}

impl SubscribeItem {
    fn read(item: &Value, wrapper: &str) -> Option<Self> {
        let template = scalar(&item["TemplateId"]).filter(|it| is_id(it))?;
        let status = scalar(&item["SubscribeStatusString"]);
        let what = match (wrapper, status.as_deref()) {
            ("SubscribeMsgSentEvent", _) => undelivered(item)?,
            // In its settings somebody allows messages to come, but not one more.
            ("SubscribeMsgPopupEvent", Some("accept")) => SubscribeChange::Accepted,
            (_, Some("reject")) => SubscribeChange::Refused,
            _ => return None,
        };
        Some(Self { template, what })
    }
}

fn undelivered(item: &Value) -> Option<SubscribeChange> {
    let errcode = scalar(&item["ErrorCode"]).filter(|it| it != "0" && is_id(it))?;
    let message = scalar(&item["MsgID"]).filter(|it| is_id(it))?;
    Some(SubscribeChange::Undelivered { message, errcode })
}

/// One or several, within a wrapper in XML and without one in JSON.
fn items<'a>(fields: &'a Value, wrapper: &str) -> &'a [Value] {
    let in_xml = &fields[wrapper]["List"];
    match if in_xml.is_null() { &fields["List"] } else { in_xml } {
        Value::Array(several) => several,
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.len() <= LONGEST && text.bytes().all(|it| it.is_ascii_graphic())
}
