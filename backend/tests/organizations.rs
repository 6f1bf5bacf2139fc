//! Organisations, teams, posts and bases as editable data: who may change what, and what stays while
//! it is in use.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;

#[path = "organizations/bases.rs"]
mod bases;
#[path = "organizations/hosting.rs"]
mod hosting;
#[path = "organizations/posts.rs"]
mod posts;
#[path = "organizations/teams.rs"]
mod teams;
#[path = "organizations/tree.rs"]
mod tree;

use backend::accounts::entity::person;
use scene::{Person, World};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    accounts::{PersonId, Role},
    grants::*,
    organizations::{keeping::*, *},
    problem::{Code, Problem},
};

pub const BUREAU: &str = "市机关事务管理局（示例）";
pub const FIRST: &str = "和顺物业服务公司（示例）";
pub const SECOND: &str = "安恒保障服务公司（示例）";

/// Whose 工号 it is.
pub async fn id_of(world: &World, number: &str) -> PersonId {
    let find = person::Entity::find().filter(person::Column::StaffNumber.eq(number));
    find.one(world.app.db.read()).await.unwrap().unwrap().id
}

/// Somebody with a role, as 系统管理员 gave it.
pub async fn holding<'world>(
    world: &'world World,
    number: &str,
    role: Role,
    scope: Scope,
) -> Person<'world> {
    let admin = world.person("tangbo").await;
    world.sql("UPDATE sign_ins SET stepped_up_at = created_at").await;
    let person = id_of(world, number).await;
    admin.call(GrantRole { person, role, scope }).await.unwrap();
    let holder = Person::signed_in(world, person).await;
    world.sql("UPDATE sign_ins SET stepped_up_at = created_at").await;
    holder
}

/// An officer of the first contractor.
pub async fn officer_of_first(world: &World) -> Person<'_> {
    let scope = Scope::organization(world.cast.organization(FIRST));
    holding(world, "D0112", Role::TrainingOfficer, scope).await
}

pub async fn tree(person: &Person<'_>) -> OrganizationTree {
    person.call(ShowOrganizations {}).await.unwrap()
}

/// An organisation as somebody sees it.
pub async fn node(person: &Person<'_>, id: OrganizationId) -> OrganizationNode {
    let tree = tree(person).await;
    tree.organizations.into_iter().find(|it| it.id == id).unwrap()
}

pub async fn added(
    person: &Person<'_>,
    name: &str,
    parent: Option<OrganizationId>,
) -> OrganizationId {
    let kind = OrganizationKind::Contractor;
    person.call(AddOrganization { name: name.into(), kind, parent }).await.unwrap().id
}

/// The same organisation below another.
pub async fn moved(
    person: &Person<'_>,
    id: OrganizationId,
    parent: Option<OrganizationId>,
) -> Result<(), Problem> {
    let OrganizationNode { name, kind, version, .. } = node(person, id).await;
    let save = SaveOrganization { organization: id, version, name, kind, parent };
    person.call(save).await.map(drop)
}

/// The fields that a refusal names.
pub fn fields(refused: &Problem) -> Vec<&str> {
    assert_eq!(refused.code, Code::InvalidRequest, "{refused:?}");
    refused.fields.iter().map(|it| it.field.as_str()).collect()
}

/// What a refusal for what is in use says.
pub fn in_use(refused: &Problem) -> &str {
    assert_eq!(refused.code, Code::InUse, "{refused:?}");
    refused.detail.as_deref().unwrap()
}
