//! 五化: what a course of 岗位技能 has to show before it is published, and who let it be published
//! without.
//!
//! Each light is computed from the text that is about to be published, with its quiz, checklist and
//! session template, and from the clauses that it cites.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::courses::CourseId;

endpoints! {
    GET    "/api/console/courses/{course}/gate"    Officer ShowGate  => CourseGate;
    POST   "/api/console/courses/{course}/waivers" Officer WaiveGate => CourseGate;
    DELETE "/api/console/waivers/{waiver}"         Officer EndWaiver => CourseGate;
}

ids! {
    /// 豁免编号
    GateWaiverId
}

choices! {
    /// 五化
    GateLight {
        Requirements "要求标准化",
        Indicators "内容指标化",
        Steps "步骤程序化",
        Assessment "考核数据化",
        Site "现场管理系统化",
    }

    /// 灯的颜色
    GateColour { Met "达标", Unmet "未达标" }

    /// 五化达标情况
    GateState { Unmet "未达标", Waived "有豁免", Met "达标" }
}

/// 查看一门课程的五化
///
/// Of the revision that is on its way to learners, else of the draft.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowGate {
    pub course: CourseId,
}

/// 办理五化豁免
///
/// Lets the course be published without these lights, up to a day. It stays in the audit log.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WaiveGate {
    pub course: CourseId,
    pub lights: Vec<GateLight>,
    /// 为什么, up to 300 characters
    pub reason: String,
    /// 到哪天, the day included; at most a year from now
    pub until: NaiveDate,
}

/// 收回五化豁免
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndWaiver {
    pub waiver: GateWaiverId,
}

/// 一门课程的五化
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CourseGate {
    pub course: CourseId,
    /// Absent for courses of another category, which no light is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<GateState>,
    /// The number of the revision that was looked at; absent for the draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// What a course of its category must name and does not; nobody waives it.
    pub unnamed: Vec<GateReason>,
    /// In their order.
    pub lights: Vec<LightShown>,
    /// The newest first, those that are over included.
    pub waivers: Vec<GateWaiver>,
}

/// 一盏灯
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LightShown {
    pub light: GateLight,
    pub colour: GateColour,
    /// What is missing, in words.
    pub missing: Vec<GateReason>,
}

/// 缺什么，到哪里补
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GateReason {
    pub text: String,
    /// The page of the console where it is mended.
    pub mend_at: String,
}

/// 五化豁免
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GateWaiver {
    pub id: GateWaiverId,
    pub lights: Vec<GateLight>,
    pub reason: String,
    pub until: NaiveDate,
    /// 谁办的
    pub by: String,
    pub at: DateTime<Utc>,
    /// Whether it counts today.
    pub counts: bool,
}
