//! 审计日志: what was done, by whom, to what, and whether it succeeded.

use std::net::IpAddr;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    accounts::{PersonCard, PersonId},
    page::Page,
};

endpoints! {
    GET "/api/console/audit/records"      Auditor ListAuditRecords  => Page<AuditRecord>;
    GET "/api/console/audit/standing"     Auditor ShowAuditStanding => AuditStanding;
    PUT "/api/console/audit/verification" Auditor VerifyAuditLog    => AuditStanding;
}

choices! {
    /// 审计事件
    ///
    /// Every kind of act that leaves a trace. Codes are stored for years: they may be added to, never
    /// renamed or taken away.
    AuditEvent {
        SignedIn "登录",
        SignInFailed "登录失败",
        SignedOut "退出登录",
        SignInEnded "退出一台设备",
        RefreshTokenReused "登录凭证被重复使用",
        WebTicketReused "网页登录票被重复使用",
        PasswordSet "设置密码",
        AccessDenied "越权访问被拒绝",
        SecondFactorSetUp "设置二次验证",
        SecondFactorRemoved "取消二次验证",
        SecondFactorFailed "二次验证失败",
        SignInConfirmed "在手机上确认登录",
        SignInDeclined "在手机上拒绝登录",
        SteppedUp "敏感操作前再次验证",
        StepUpRefused "敏感操作前验证失败",

        InvitationMade "生成绑定邀请码",
        WechatBound "绑定微信",
        WechatReplaced "更换绑定的微信",
        BindingRefused "绑定微信失败",

        RoleGranted "授予角色",
        RoleWithdrawn "收回角色",
        RoleRefused "授予角色被拒绝",

        OrganizationAdded "新增单位",
        OrganizationEdited "修改单位",
        OrganizationClosed "停用单位",
        OrganizationReopened "重新启用单位",
        PostAdded "新增岗位",
        PostEdited "修改岗位",
        PostRetired "停用岗位",
        PostRestored "重新启用岗位",
        TeamAdded "新增班组",
        TeamEdited "修改班组",
        TeamClosed "停用班组",
        TeamReopened "重新启用班组",
        BaseAdded "新增基地",
        BaseEdited "修改基地",
        PersonAdded "新增人员",
        PersonEdited "修改人员",
        PersonMoved "人员调动",
        MovePlanned "预约人员调动",
        PlannedMoveCancelled "取消预约的调动",
        PersonLeft "人员离岗",
        PersonReturned "人员返岗",
        NumberRevealed "查看手机号或身份证号",
        RosterUploaded "上传名册",
        RosterCorrected "改正名册",
        RosterRechecked "重新检查名册",
        RosterConfirmed "确认写入名册",
        RosterApplied "名册已写入",
        RosterDownloaded "下载名册",

        CourseCreated "新建课程",
        CourseEdited "修改课程",
        CoursePublished "发布课程",
        CourseRetired "停用课程",
        CourseRemoved "删除课程",
        CourseScheduled "定时发布课程",
        CourseUnscheduled "取消定时发布",
        RevisionSubmitted "提交课程版本",
        RevisionChecked "校核课程版本",
        RevisionApproved "评审课程版本",
        RevisionReturned "退回课程版本",
        RevisionRestored "恢复课程版本",
        RevisionRedrafted "用课程版本作草稿",
        BuildSaved "修改课程建设",
        ArtefactSaved "更新课件状态",
        GateWaived "办理五化豁免",
        GateWaiverEnded "收回五化豁免",
        CoursePackageExported "导出课程包",
        CoursePackageImported "导入课程包",
        CourseCopied "复制课程到其他单位",
        CourseAssigned "布置必学课程",
        PostPathLaid "排岗位学习路径",
        EnquiryAnswered "答复学员提问",
        ChapterAdded "新增章节",
        ChapterEdited "修改章节",
        ChapterRemoved "删除章节",
        LessonAdded "新增课时",
        LessonEdited "修改课时",
        LessonRemoved "删除课时",
        PracticeEdited "修改实操要求",
        MediaUploaded "上传媒体文件",
        SubtitlesSaved "保存字幕",
        MediaSwept "清理没有用到的文件",
        MediaRemoved "删除没有用到的文件",

        StandardSaved "登记或修改标准",
        StandardRemoved "删除标准",
        StandardUploaded "上传标准文件",
        StandardReadAgain "再读一次标准文件",
        StandardVersionSaved "修改标准版本",
        StandardVersionDiscarded "丢弃待确认的标准版本",
        StandardProposalEdited "修改待确认的条款",
        StandardConfirmed "确认标准版本",
        StandardStaged "改变标准版本的状态",
        StandardImpactExported "导出标准影响清单",
        ClausePostsSet "给条款定岗位",
        ClauseLinked "链接条款",
        ClauseLinkSaved "修改条款链接",
        ClauseLinkSubmitted "提交条款链接复核",
        ClauseLinkReviewed "复核条款链接",
        ClauseLinkEnded "解除条款链接",
        ClauseLinksCarried "把条款链接移到新版本",
        DifferenceCourseMade "做差异微课",

        QuizSaved "保存测验",
        QuizRemoved "取消测验",
        QuestionsImported "导入题目",
        AttemptStarted "开始答题",
        AttemptTakenOver "换设备答题",
        AttemptSubmitted "交卷",

        SessionCreated "新建实训场次",
        SessionEdited "修改实训场次",
        SessionCancelled "取消实训场次",
        Enrolled "报名",
        EnrollmentCancelled "取消报名",
        CheckedIn "签到",
        CheckedInByHand "讲师补签",

        ReportRead "查看学习报表",
        ReportExported "导出学习报表",

        JobRetried "重新投递消息",

        PrivacyAgreed "同意隐私说明",
        PrivacyWithdrawn "撤回隐私同意",
        OwnDataExported "导出本人资料",
        PersonErased "注销个人资料",

        DemoFilled "填充示例数据",
        ServerStarted "服务启动",

        AuditRead "查看审计日志",
        AuditExported "导出审计日志",
        AuditVerified "核对审计日志",
    }

    /// 结果
    AuditOutcome { Done "成功", Refused "被拒绝" }

    /// 对象类别
    AuditObjectKind {
        Person "人员",
        SignIn "登录",
        Organization "单位",
        Post "岗位",
        Team "班组",
        Base "基地",
        RosterImport "名册导入",
        Course "课程",
        Chapter "章节",
        Lesson "课时",
        Media "媒体文件",
        Standard "标准",
        StandardVersion "标准版本",
        Clause "条款",
        ClauseLink "条款链接",
        Quiz "测验",
        Attempt "答卷",
        TrainingSession "实训场次",
        Job "后台任务",
        AuditLog "审计日志",
        Route "接口",
        Installation "系统",
    }
}

/// 查询审计日志
///
/// The latest first. That it was asked for is recorded too.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListAuditRecords {
    /// From this day on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// To this day, the day included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// Who did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Who did it: words in the name or the 工号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<AuditEvent>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<AuditOutcome>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object_kind: Option<AuditObjectKind>,
    /// The object's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// 审计记录
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AuditRecord {
    /// Its place in the chain.
    pub seq: i64,
    pub at: DateTime<Utc>,
    /// The code of the event.
    pub event: String,
    /// What the event is called.
    pub title: String,
    pub outcome: AuditOutcome,
    /// Who did it; absent where the system did, or somebody who was not signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonCard>,
    /// From which network address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub address: Option<IpAddr>,
    /// What kind of thing it was done to.
    pub object_kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// What the object is called now, where it is somebody or something that has a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object_name: Option<String>,
    pub facts: Vec<AuditFact>,
    /// Hexadecimal SHA-256 that ties it to the record before.
    pub hash: String,
}

/// 审计细节
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditFact {
    pub name: String,
    pub value: String,
}

/// 审计日志的状态
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowAuditStanding {}

/// 核对审计日志
///
/// Goes through the whole chain now; at most once a minute.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyAuditLog {}

/// 审计日志的可信程度
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditStanding {
    /// Records in the chain.
    pub records: i64,
    /// The last signed checkpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkpoint: Option<AuditCheckpoint>,
    /// What the last check of the whole chain found; absent before the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<AuditVerified>,
}

/// 检查点
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditCheckpoint {
    /// How many records it vouches for.
    pub seq: i64,
    pub at: DateTime<Utc>,
}

/// 核对结果
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditVerified {
    pub at: DateTime<Utc>,
    /// Whether nothing was changed.
    pub whole: bool,
    /// The last checkpoint up to which everything fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
}
