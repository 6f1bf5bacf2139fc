//! 消息投递: what became of the messages through WeChat, and of what else is done in the background.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{accounts::PersonCard, notifications::NotificationKind, page::Page};

endpoints! {
    GET  "/api/console/deliveries"                    Operator ShowDeliveries => Deliveries;
    GET  "/api/console/deliveries/dead"               Operator ListDeadJobs   => Page<DeadJob>;
    POST "/api/console/deliveries/dead/retries"       Operator RetryDeadJobs  => Retried;
    POST "/api/console/deliveries/dead/{job}/retries" Operator RetryDeadJob   => Retried;
}

ids! {
    /// 后台任务编号
    JobId
}

choices! {
    /// 后台任务种类
    JobKind {
        PushCourseAssigned "必学课程提醒",
        PushSessionSoon "实训提醒",
        PushTeamDigest "班组日报",
        /// In the inbox only.
        PushWechatChanged "微信更换提醒",
        /// In the inbox only.
        PushEnquiryAnswered "讲师答复提醒",
        PushRevisionWaiting "校核评审提醒",
        PushRevisionDecided "评审结果提醒",
        PushStandardChanged "标准变动提醒",
        PushEnquiryAsked "学员提问提醒",
        /// What WeChat told about who allows messages.
        SubscribeEvents "订阅变化",
        RosterImport "花名册导入",
        StandardImport "标准的读取",
        MediaPreparation "课件和视频的处理",
        CoursePublication "课程定时发布",
    }

    /// 没有发微信的原因
    SkipReason {
        NoConsent "本人没有允许微信提醒",
        SwitchedOff "本人关掉了这种提醒",
        NotBound "没有绑定小程序",
        Expired "已经过时",
        /// Not configured, or there is none for this kind.
        NoTemplate "没有配置消息模板",
    }

    /// 投递失败的原因
    DeadReason {
        NobodyKnows "发了两次，微信都没有回音，不知道收到没有",
        NotTaken "试了很多次，微信一直没有收下",
        UnknownPerson "微信不认识这个人的小程序身份，请本人重新打开小程序登录",
        UnknownTemplate "小程序后台没有这个消息模板，请核对模板编号",
        BadContent "消息内容不符合模板的要求",
        UnknownPage "消息要打开的页面还没有随小程序发布",
        NotAllowed "小程序没有发这种消息的权限，或者被微信停用了",
        BadWords "微信认为消息里有不能发的词",
        Restricted "这个微信号被限制使用",
        NoMiniProgram "没有配置小程序",
        Unreadable "任务内容读不出来，可能是旧版本留下的",
        Other "处理时出错，试了很多次都没有成功",
    }
}

/// 查看消息投递情况
///
/// The last seven days.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowDeliveries {}

/// 查询投递失败的任务
///
/// The last given up first.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListDeadJobs {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<JobKind>,
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// 重新投递一个任务
///
/// It starts afresh. What is not worth sending any more is dropped.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetryDeadJob {
    pub job: JobId,
}

/// 重新投递一种任务
///
/// All of the kind that are dead now.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetryDeadJobs {
    pub kind: JobKind,
}

/// 消息投递情况
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Deliveries {
    /// What ended before this does not count.
    pub since: DateTime<Utc>,
    pub kinds: Vec<DeliveryCount>,
    /// The templates that are configured.
    pub templates: Vec<TemplateState>,
}

/// 一种消息的投递数
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeliveryCount {
    pub kind: JobKind,
    /// WeChat took it.
    pub sent: u32,
    /// In the inbox only.
    pub skipped: u32,
    pub dead: u32,
    /// Not ended yet.
    pub waiting: u32,
    /// Why those were skipped.
    pub reasons: Vec<SkipCount>,
}

/// 一种原因的数目
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SkipCount {
    pub reason: SkipReason,
    pub count: u32,
}

/// 消息模板的核对结果
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TemplateState {
    pub kind: NotificationKind,
    /// The template's id at WeChat.
    pub template: String,
    /// What it is called there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What does not fit, in words; messages of this kind wait until it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// Absent: it was not read yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<DateTime<Utc>>,
}

/// 投递失败的任务
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DeadJob {
    pub id: JobId,
    /// Absent for a kind that this version no longer knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<JobKind>,
    /// Whom the message was for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonCard>,
    /// The first line of the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    pub reason: DeadReason,
    /// The number under which WeChat explains it for a week, and its error code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    pub tries: u32,
    pub given_up_at: DateTime<Utc>,
    /// Not worth sending any more.
    pub expired: bool,
}

/// 重新投递的结果
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Retried {
    /// To be done again.
    pub queued: u32,
    /// Dropped, because they are not worth sending any more.
    pub expired: u32,
    /// Left as they are, because their content cannot be read.
    pub unreadable: u32,
}
