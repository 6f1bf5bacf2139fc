//! 站内信 and consent to WeChat's subscribe messages.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::page::Page;

endpoints! {
    GET  "/api/me/inbox"                   SignedIn ListInbox             => Page<InboxMessage>;
    PUT  "/api/me/inbox/{message}/reading" SignedIn ReadInboxMessage      => ();
    GET  "/api/me/subscriptions"           SignedIn ListSubscriptions     => Vec<Subscription>;
    POST "/api/me/subscriptions"           SignedIn RecordSubscribeChoice => Vec<Subscription>;
}

ids! {
    /// 站内信编号
    InboxMessageId
}

choices! {
    /// 通知种类
    NotificationKind {
        CourseAssigned "必学课程",
        SessionSoon "实训提醒",
        /// In the inbox only.
        WechatChanged "微信更换",
    }
}

/// 查询站内信
#[derive(Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListInbox {
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// 标为已读
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadInboxMessage {
    pub message: InboxMessageId,
}

/// 查询订阅消息额度
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListSubscriptions {}

/// 记录订阅选择
///
/// What `wx.requestSubscribeMessage` answered: one acceptance is one message.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordSubscribeChoice {
    /// The template's id at WeChat.
    pub template: String,
    pub accepted: bool,
}

/// 订阅消息额度
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Subscription {
    pub kind: NotificationKind,
    /// The template's id at WeChat.
    pub template: String,
    /// Messages that may still be sent.
    pub remaining: i32,
}

/// 站内信
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InboxMessage {
    pub id: InboxMessageId,
    pub kind: NotificationKind,
    pub title: String,
    pub body: String,
    /// The app's page to open, as `/courses/…`.
    pub link: String,
    pub created_at: DateTime<Utc>,
    pub read: bool,
}
