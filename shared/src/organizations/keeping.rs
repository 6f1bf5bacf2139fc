//! 单位, 班组 and 岗位 as those see them who keep them: what the roster is divided into.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Organization, OrganizationId, OrganizationKind, Post, PostId};
use crate::roster::{Team, TeamId};

endpoints! {
    GET    "/api/console/organizations/tree"                    Appointer ShowOrganizations  => OrganizationTree;
    POST   "/api/console/organizations"                         Appointer AddOrganization    => Organization;
    PUT    "/api/console/organizations/{organization}"          Appointer SaveOrganization   => Organization;
    PUT    "/api/console/organizations/{organization}/closure"  Appointer CloseOrganization  => ();
    DELETE "/api/console/organizations/{organization}/closure"  Appointer ReopenOrganization => ();
    POST   "/api/console/organizations/{organization}/teams"    Appointer AddTeam            => Team;
    PUT    "/api/console/teams/{team}"                          Appointer SaveTeam           => Team;
    PUT    "/api/console/teams/{team}/closure"                  Appointer CloseTeam          => ();
    DELETE "/api/console/teams/{team}/closure"                  Appointer ReopenTeam         => ();
    GET    "/api/console/posts"                                 Appointer ShowPosts          => PostList;
    POST   "/api/console/posts"                                 Appointer AddPost            => Post;
    PUT    "/api/console/posts/{post}"                          Appointer SavePost           => Post;
    PUT    "/api/console/posts/{post}/retirement"               Appointer RetirePost         => ();
    DELETE "/api/console/posts/{post}/retirement"               Appointer RestorePost        => ();
}

choices! {
    /// 岗位等级
    PostLevel { Junior "初级", Middle "中级", Senior "高级" }
}

/// 查看单位与班组
///
/// Those in reach, the closed ones too.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowOrganizations {}

/// 新建单位
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddOrganization {
    pub name: String,
    pub kind: OrganizationKind,
    /// The organisation above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<OrganizationId>,
}

/// 修改单位
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveOrganization {
    pub organization: OrganizationId,
    /// [`OrganizationNode::version`] the change was made on.
    pub version: i32,
    pub name: String,
    pub kind: OrganizationKind,
    /// The organisation above it, with which it moves; as it was shown where it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<OrganizationId>,
}

/// 停用单位
///
/// Nobody may be on post in it, and nothing of it in use. Safe to repeat.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseOrganization {
    pub organization: OrganizationId,
}

/// 重新启用单位
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenOrganization {
    pub organization: OrganizationId,
}

/// 新建班组
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddTeam {
    pub organization: OrganizationId,
    pub name: String,
}

/// 修改班组
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveTeam {
    pub team: TeamId,
    /// [`TeamNode::version`] the change was made on.
    pub version: i32,
    pub name: String,
}

/// 停用班组
///
/// Nobody may be in it, and nobody lead it. Safe to repeat.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseTeam {
    pub team: TeamId,
}

/// 重新启用班组
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenTeam {
    pub team: TeamId,
}

/// 查看全部岗位
///
/// The retired ones too.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowPosts {}

/// 新建岗位
///
/// It comes last in the order.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddPost {
    pub name: String,
    /// 岗位代码; absent: one is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<PostLevel>,
}

/// 修改岗位
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SavePost {
    pub post: PostId,
    /// [`ManagedPost::version`] the change was made on.
    pub version: i32,
    pub name: String,
    pub code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<PostLevel>,
    /// Its place among the posts in use, from 1.
    pub position: i32,
}

/// 停用岗位
///
/// Nobody on post may have it, and no course be for it. Safe to repeat.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetirePost {
    pub post: PostId,
}

/// 重新启用岗位
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RestorePost {
    pub post: PostId,
}

/// 单位与班组
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrganizationTree {
    /// By name; who is above whom is said by each.
    pub organizations: Vec<OrganizationNode>,
    /// Whether the one who asks may add organisations below nothing.
    pub may_add_top: bool,
}

/// 单位，连同它的班组
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrganizationNode {
    pub id: OrganizationId,
    pub name: String,
    pub kind: OrganizationKind,
    /// The organisation above it; absent at the top, or where that is out of reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<OrganizationId>,
    pub version: i32,
    /// 已停用
    pub closed: bool,
    /// People on post in it, not counting what is below it.
    pub people: u32,
    pub teams: Vec<TeamNode>,
    /// Whether the one who asks may move and close it, who must reach what is above it.
    pub movable: bool,
}

/// 班组
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TeamNode {
    pub id: TeamId,
    pub name: String,
    pub version: i32,
    /// 已停用
    pub closed: bool,
    /// People on post in it.
    pub people: u32,
}

/// 岗位表
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PostList {
    /// In their order, the retired ones last.
    pub items: Vec<ManagedPost>,
    /// Whether the one who asks may change them: they are the same for everybody.
    pub editable: bool,
}

/// 在管岗位
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ManagedPost {
    pub id: PostId,
    pub code: String,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<PostLevel>,
    pub version: i32,
    /// 已停用
    pub retired: bool,
    /// People on post in reach who have it.
    pub people: u32,
}
