//! Roles that people were given, and how far each of them reaches.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    accounts::{PersonCard, PersonId, Role},
    bases::TrainingBaseId,
    courses::CourseId,
    organizations::OrganizationId,
    page::Page,
    roster::TeamId,
};

endpoints! {
    GET    "/api/console/grants"                 Appointer ListGrants   => Page<GrantCard>;
    GET    "/api/console/grants/people"          Appointer FindAppointees => Vec<PersonCard>;
    GET    "/api/console/grants/scopes"          Appointer ListScopes   => Vec<ScopeChoice>;
    POST   "/api/console/people/{person}/grants" Appointer GrantRole    => GrantCard, STEP_UP;
    DELETE "/api/console/grants/{grant}"         Appointer EndGrant     => (), STEP_UP;
}

ids! {
    /// 授权编号
    GrantId
}

choices! {
    /// 授权范围的种类
    ScopeKind {
        Bureau "全局",
        /// With everything below it.
        Organization "单位",
        Team "班组",
        Course "课程",
        Base "基地",
    }
}

/// 授权范围
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    pub kind: ScopeKind,
    /// Of what; absent where the scope is the whole bureau.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
}

impl Scope {
    pub const BUREAU: Self = Self { kind: ScopeKind::Bureau, id: None };

    pub const fn organization(id: OrganizationId) -> Self {
        Self { kind: ScopeKind::Organization, id: Some(id.0) }
    }

    pub const fn team(id: TeamId) -> Self {
        Self { kind: ScopeKind::Team, id: Some(id.0) }
    }

    pub const fn course(id: CourseId) -> Self {
        Self { kind: ScopeKind::Course, id: Some(id.0) }
    }

    pub const fn base(id: TrainingBaseId) -> Self {
        Self { kind: ScopeKind::Base, id: Some(id.0) }
    }
}

/// The kinds of scope that a role can be given for; none for what nobody is given.
pub const fn kinds_of_scope(role: Role) -> &'static [ScopeKind] {
    match role {
        Role::Learner => &[],
        Role::TeamLeader => &[ScopeKind::Team, ScopeKind::Organization],
        Role::Instructor | Role::TrainingOfficer => {
            &[ScopeKind::Bureau, ScopeKind::Organization, ScopeKind::Course]
        }
        Role::BaseManager => &[ScopeKind::Bureau, ScopeKind::Base],
        Role::SystemAdmin | Role::SecurityAdmin | Role::Auditor => &[ScopeKind::Bureau],
    }
}

/// 系统管理员, 安全管理员 and 审计管理员 watch over one another: one person holds one of them and
/// nothing else that the console knows.
pub const fn is_administrator(role: Role) -> bool {
    matches!(role, Role::SystemAdmin | Role::SecurityAdmin | Role::Auditor)
}

/// 查询授权
///
/// Those that have not ended, the latest first.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListGrants {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// 查找可以授权的人
///
/// At most 20.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindAppointees {
    /// In a name or a 工号; at least two characters.
    pub search: String,
}

/// 查询可以授权的范围
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListScopes {
    pub role: Role,
}

/// 授予角色
///
/// What is held already is answered as it is.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantRole {
    pub person: PersonId,
    pub role: Role,
    pub scope: Scope,
}

/// 收回角色
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndGrant {
    pub grant: GrantId,
}

/// 可以授权的范围
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ScopeChoice {
    pub scope: Scope,
    /// What it is called: `和顺物业服务公司 · 保洁一班`.
    pub name: String,
}

/// 授权
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GrantCard {
    pub id: GrantId,
    pub person: PersonCard,
    pub role: Role,
    pub scope: Scope,
    /// What the scope is called.
    pub scope_name: String,
    pub granted_at: DateTime<Utc>,
    /// Who gave it; absent for what the command line or an earlier version gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted_by: Option<String>,
    /// Whether the one who asks may end it.
    pub may_end: bool,
}
