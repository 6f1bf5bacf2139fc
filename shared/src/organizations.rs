//! 单位 and 岗位. How they are kept is in [`keeping`].

#[cfg(feature = "console")]
pub mod keeping;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

endpoints! {
    GET "/api/posts"                 SignedIn  ListPosts         => Vec<Post>;
    GET "/api/console/organizations" Appointer ListOrganizations => Vec<Organization>;
}

ids! {
    /// 单位编号
    OrganizationId
    /// 岗位编号
    PostId
}

choices! {
    /// 单位类别
    OrganizationKind {
        Bureau "机关事务管理局",
        Office "处室",
        Unit "局属单位",
        Contractor "社会化服务单位",
        District "辖市区",
        College "院校",
        External "外部",
    }
}

/// 查询岗位
///
/// Those in use, in the order that officers gave them.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListPosts {}

/// 查询单位
///
/// Those that are not closed.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListOrganizations {}

/// 单位
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Organization {
    pub id: OrganizationId,
    pub name: String,
    pub kind: OrganizationKind,
}

/// 岗位
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Post {
    pub id: PostId,
    pub name: String,
}
