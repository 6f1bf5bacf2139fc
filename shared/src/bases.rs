//! 实训基地: where sessions take place.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::organizations::OrganizationId;

endpoints! {
    GET  "/api/console/bases"        Appointer ListBases => BaseList;
    POST "/api/console/bases"        Appointer AddBase   => TrainingBase;
    PUT  "/api/console/bases/{base}" Appointer SaveBase  => TrainingBase;
}

ids! {
    /// 基地编号
    TrainingBaseId
}

choices! {
    /// 基地类别
    BaseKind { Own "自有", College "院校拓展" }

    /// 基地建到哪一步
    BaseState {
        Idea "谋划",
        Design "设计",
        Construction "建设",
        Trial "试运行",
        Running "运行",
        Closed "停用",
    }
}

impl BaseState {
    /// Whether sessions can be planned there.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Trial | Self::Running)
    }

    /// Whether it can be the next: a step on or back, or giving it up.
    pub fn may_become(self, next: Self) -> bool {
        next == Self::Closed || (self as u8).abs_diff(next as u8) <= 1
    }
}

/// 查询基地
///
/// Those of the organisations in reach, and those that the whole bureau shares.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListBases {}

/// 新建基地
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddBase {
    pub details: BaseDetails,
}

/// 修改基地
///
/// A base goes a step on or back, or is given up; not while sessions there are still to come.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveBase {
    pub base: TrainingBaseId,
    /// [`TrainingBase::version`] the change was made on.
    pub version: i32,
    pub details: BaseDetails,
}

/// 基地信息
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BaseDetails {
    pub name: String,
    pub kind: BaseKind,
    /// Whose it is; absent where the whole bureau shares it. A college's, where it was opened there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationId>,
    pub address: String,
    pub state: BaseState,
}

/// 基地
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TrainingBase {
    pub id: TrainingBaseId,
    pub version: i32,
    pub details: BaseDetails,
    /// What its organisation is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_name: Option<String>,
    /// Sessions there that are not over.
    pub sessions: u32,
    /// Whether the one who asks may change it.
    pub editable: bool,
}

/// 基地列表
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BaseList {
    pub items: Vec<TrainingBase>,
    /// Whether the one who asks may add one that the whole bureau shares.
    pub may_add_shared: bool,
    /// Whether the one who asks may add one at all.
    pub may_add: bool,
}

#[cfg(test)]
mod tests {
    use super::{BaseState::*, *};

    #[test]
    fn a_base_goes_a_step_at_a_time_and_is_given_up_from_anywhere() {
        let after = |state: BaseState| {
            let next = BaseState::ALL.iter().filter(|it| state.may_become(**it));
            next.copied().collect::<Vec<_>>()
        };
        assert_eq!(after(Idea), [Idea, Design, Closed]);
        assert_eq!(after(Trial), [Construction, Trial, Running, Closed]);
        assert_eq!(after(Closed), [Running, Closed]);
    }

    #[test]
    fn sessions_take_place_at_bases_that_run() {
        let open: Vec<_> = BaseState::ALL.iter().filter(|it| it.is_open()).collect();
        assert_eq!(open, [&Trial, &Running]);
    }
}
