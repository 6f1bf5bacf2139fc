//! 站内信 and consent to WeChat's subscribe messages.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::page::Page;

endpoints! {
    GET  "/api/me/inbox"                        SignedIn ListInbox                 => Page<InboxMessage>;
    PUT  "/api/me/inbox/reading"                SignedIn ReadWholeInbox            => ();
    PUT  "/api/me/inbox/{message}/reading"      SignedIn ReadInboxMessage          => ();
    GET  "/api/me/subscriptions"                SignedIn ListSubscriptions         => Vec<Subscription>;
    POST "/api/me/subscriptions"                SignedIn RecordSubscribeChoice     => Vec<Subscription>;
    GET  "/api/me/notification-settings"        SignedIn ShowNotificationSettings  => NotificationSettings;
    PUT  "/api/me/notification-settings/{kind}" SignedIn ChangeNotificationSetting => NotificationSettings;
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
        /// What was changed of the own account, another WeChat included; in the inbox only.
        WechatChanged "账号安全",
        /// For team leaders.
        TeamDigest "班组日报",
        /// What an instructor answered to a question; in the inbox only.
        EnquiryAnswered "讲师答复",
        /// For officers: a revision of a course waits for them.
        RevisionWaiting "校核评审",
        /// For officers: what became of a revision that they submitted.
        RevisionDecided "评审结果",
        /// For officers: clauses under their links changed.
        StandardChanged "标准变动",
        /// For those who answer: somebody asked about a course.
        EnquiryAsked "学员提问",
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

/// 全部标为已读
///
/// Up to the newest message that the person saw: what came since stays unread.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadWholeInbox {
    /// The first of the list.
    pub newest: InboxMessageId,
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

/// 查看消息设置
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowNotificationSettings {}

/// 修改消息设置
///
/// Concerns WeChat only: the inbox always gets the message.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeNotificationSetting {
    pub kind: NotificationKind,
    pub by_wechat: bool,
}

/// 消息设置
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NotificationSettings {
    /// Those that concern the person and that WeChat can be sent at all.
    pub kinds: Vec<NotificationSetting>,
    /// When nobody is disturbed; absent: everybody may be at any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<QuietTime>,
}

/// 免打扰时段
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuietTime {
    /// As `21:00`.
    pub from: String,
    pub to: String,
}

/// 一种消息的设置
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NotificationSetting {
    pub kind: NotificationKind,
    /// Whether WeChat sends it too, where the person agreed to.
    pub by_wechat: bool,
    /// Messages that the person still allows WeChat.
    pub remaining: i32,
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
