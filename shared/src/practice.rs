//! 实操: what somebody has to do to show that they can, and what a session of it needs on site.
//!
//! Part of a course's text like its lessons: edited in the draft, frozen with a revision.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::courses::CourseId;

mod needs;

pub use needs::tally;

endpoints! {
    GET "/api/console/courses/{course}/practice" Officer ShowPractice => PracticeDraft;
    PUT "/api/console/courses/{course}/practice" Officer SavePractice => PracticeDraft;
}

ids! {
    /// 考核项编号
    ChecklistItemId
}

choices! {
    /// 量得出的要求
    MeasureBound {
        /// The value, give or take the tolerance.
        Exactly "正好",
        AtLeast "不少于",
        AtMost "不超过",
    }

    /// 实训时怎么签到
    SiteCheckIn { ScreenCode "扫讲师屏幕上的动态码", RollCall "讲师点名" }
}

/// How many items a checklist has at most.
pub const CHECKLIST_ITEMS: usize = 60;
/// What the weights of a checklist add up to.
pub const FULL_MARKS: u32 = 100;
/// How many stations, and how many kinds of material, a session has at most.
pub const SITE_ROWS: usize = 30;
/// Minutes of a checklist, and of one station, at most.
pub const MOST_MINUTES: u32 = 600;
/// People of one group at most.
pub const LARGEST_GROUP: u32 = 100;

/// 查看一门课程的实操要求
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowPractice {
    pub course: CourseId,
    /// What learners read, also for those who may change the draft.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub live: bool,
}

/// 保存一门课程的实操要求
///
/// May be incomplete: what is missing holds nobody up but at the gate of publishing. Safe to repeat.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SavePractice {
    pub course: CourseId,
    /// What the change is based on.
    pub version: i32,
    pub practice: Practice,
}

/// 草稿中的实操要求
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PracticeDraft {
    pub course: CourseId,
    /// Grows with each change of the practice; 0 before the first.
    pub version: i32,
    pub practice: Practice,
}

/// 实操要求
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    pub checklist: Checklist,
    pub site: SiteTemplate,
}

impl Practice {
    /// Whether nobody has written anything.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// 实操考核表
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// Within how many minutes all of it is done; 0 where nobody said.
    pub minutes: u32,
    /// In the order in which they are looked at.
    pub items: Vec<ChecklistItem>,
}

/// 考核项
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChecklistItem {
    /// Made by whoever adds it; it stays with the item, and clauses are linked to it.
    pub id: ChecklistItemId,
    /// 看什么, up to 200 characters
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// 分值; those of a checklist add up to [`FULL_MARKS`].
    pub weight: u32,
    /// 否决项: who fails it fails the whole.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fatal: bool,
    /// 要拍照留证
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub photo: bool,
}

/// 量得出的要求: 正好 45 ± 5 度，用量角器量
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    pub bound: MeasureBound,
    /// 0 to 1,000,000
    pub value: f64,
    /// 允许偏差, in the same unit; only beside [`MeasureBound::Exactly`].
    #[serde(default, skip_serializing_if = "is_zero")]
    pub tolerance: f64,
    /// 单位, up to 10 characters
    pub unit: String,
    /// 怎么量, up to 60 characters
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub method: String,
}

impl Measure {
    /// `45 ± 5 度，用量角器量`
    pub fn sentence(&self) -> String {
        let Self { bound, value, tolerance, unit, method } = self;
        let demand = match bound {
            MeasureBound::Exactly if *tolerance > 0.0 => format!("{value} ± {tolerance} {unit}"),
            bound => format!("{} {value} {unit}", bound.label()),
        };
        let demand = demand.trim_end();
        if method.is_empty() { demand.to_owned() } else { format!("{demand}，{method}") }
    }
}

/// 场次模板: what each session of the course has on site
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteTemplate {
    /// 工位, in the order in which groups go round
    pub stations: Vec<StationNeed>,
    /// 每组几个人; 0 where nobody said.
    pub group_size: u32,
    /// 量化实训材料
    pub materials: Vec<MaterialNeed>,
    /// 安全交底, up to 1,000 characters
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub safety: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_in: Option<SiteCheckIn>,
    /// 现场责任人, a name or what they are; up to 30 characters
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub responsible: String,
}

/// 工位
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StationNeed {
    /// 练什么, up to 40 characters
    pub name: String,
    /// How long a group stays, in minutes; 0 where nobody said.
    pub minutes: u32,
}

/// 每人要用的材料
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MaterialNeed {
    /// Up to 40 characters.
    pub name: String,
    /// 每人用多少, 0 to 10,000
    pub per_head: f64,
    /// 单位, up to 10 characters
    pub unit: String,
}

impl MaterialNeed {
    /// How much so many people need, rounded up to a thousandth.
    pub fn for_heads(&self, heads: u32) -> f64 {
        // Without the minus that nothing may have.
        let thousandths = (self.per_head * f64::from(heads) * 1000.0 - 1e-6).ceil();
        thousandths.max(0.0).abs() / 1000.0
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_zero(number: &f64) -> bool {
    *number == 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_measured_is_said_as_people_say_it() {
        let of = |bound, value, tolerance, method: &str| {
            let (unit, method) = ("度".into(), method.into());
            Measure { bound, value, tolerance, unit, method }.sentence()
        };
        assert_eq!(of(MeasureBound::Exactly, 45.0, 5.0, "用量角器量"), "45 ± 5 度，用量角器量");
        assert_eq!(of(MeasureBound::Exactly, 1.5, 0.0, ""), "正好 1.5 度");
        assert_eq!(of(MeasureBound::AtLeast, 30.0, 0.0, ""), "不少于 30 度");
        assert_eq!(of(MeasureBound::AtMost, 2.0, 0.0, "数一数"), "不超过 2 度，数一数");
        let bare = Measure {
            bound: MeasureBound::AtMost,
            value: 2.0,
            tolerance: 0.0,
            unit: String::new(),
            method: String::new(),
        };
        assert_eq!(bare.sentence(), "不超过 2");
    }

    #[test]
    fn material_is_counted_for_everybody_and_never_too_little() {
        let of = |per_head| MaterialNeed { name: "抹布".into(), per_head, unit: "块".into() };
        assert_eq!(of(2.0).for_heads(24).to_string(), "48");
        assert_eq!(of(0.1).for_heads(3).to_string(), "0.3");
        assert_eq!(of(0.000_4).for_heads(1).to_string(), "0.001");
        assert_eq!(of(1.5).for_heads(0).to_string(), "0");
    }
}
