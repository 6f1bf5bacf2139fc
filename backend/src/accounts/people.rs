//! People on the roster.

mod cards;
mod choosing;

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
    sea_query::{Expr, Func, LikeExpr, SelectStatement},
};
use shared::{
    accounts::{Me, PersonCard, PersonId, Role},
    courses::CourseId,
    grants::ScopeKind,
    organizations::OrganizationId,
    problem::Code,
};

pub use cards::{cards_of, reached_cards_of};
pub use choosing::{matching, named_one_by_one, on_post};

use cards::cards;

use super::{
    binding,
    caller::roles,
    entity::{person, role_grant, wechat_identity},
    reach::Reach,
};
use crate::{App, Result, db::Connection, organizations, wechat::WeChatIdentity};

/// What a person sees of themselves.
pub async fn me(app: &App, id: PersonId) -> Result<Me> {
    let db = app.db.read();
    let person = person::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?;
    Ok(Me {
        id,
        name: person.name,
        staff_number: person.staff_number,
        organization: organizations::organization(db, person.organization_id).await?,
        post: organizations::post(db, person.post_id).await?,
        roles: roles(db, id).await?,
    })
}

/// Active people in reach by name, all or those who hold a role; with them those who hold it for the
/// whole bureau, and so for whoever asks.
pub async fn list(db: &Connection, reach: &Reach, role: Option<Role>) -> Result<Vec<PersonCard>> {
    let mut find = person::Entity::find()
        .filter(person::Column::Active.eq(true))
        .order_by_asc(person::Column::StaffNumber);
    find = match role {
        None | Some(Role::Learner) => find.filter(reach.of_people()),
        Some(role) => {
            let everywhere = holders(role, Some(ScopeKind::Bureau));
            let seen = reach.of_people().add(person::Column::Id.in_subquery(everywhere));
            find.filter(person::Column::Id.in_subquery(holders(role, None))).filter(seen)
        }
    };
    cards(db, find.all(db).await?).await
}

/// Ids of those who hold a role, for any scope or for scopes of a kind.
fn holders(role: Role, scope: Option<ScopeKind>) -> SelectStatement {
    let mut held = role_grant::Entity::find()
        .select_only()
        .column(role_grant::Column::PersonId)
        .filter(role_grant::Column::Role.eq(role))
        .filter(role_grant::Column::EndedAt.is_null());
    if let Some(scope) = scope {
        held = held.filter(role_grant::Column::Scope.eq(scope));
    }
    held.into_query()
}

/// At most `most` active people in reach with these words in their name or staff number, but none
/// whose id `without` gives.
pub async fn search(
    db: &Connection,
    words: &str,
    reach: &Reach,
    without: Option<SelectStatement>,
    most: u64,
) -> Result<Vec<PersonCard>> {
    let without = without.map(|ids| person::Column::Id.not_in_subquery(ids));
    let found = person::Entity::find()
        .filter(person::Column::Active.eq(true))
        .filter(reach.of_people())
        .filter(named(words))
        .filter(Condition::all().add_option(without))
        .order_by_asc(person::Column::StaffNumber)
        .limit(most)
        .all(db)
        .await?;
    cards(db, found).await
}

/// Checks that somebody is an instructor whom one who reaches so far may ask: in reach, or an
/// instructor of the whole bureau.
///
/// # Errors
/// `not_found` for anybody else.
pub async fn instructor_in_reach(db: &Connection, reach: &Reach, id: PersonId) -> Result<()> {
    let of_all = holders(Role::Instructor, Some(ScopeKind::Bureau));
    let seen = reach.of_people().add(person::Column::Id.in_subquery(of_all));
    let find = person::Entity::find_by_id(id).filter(seen);
    find.one(db).await?.map(drop).ok_or_else(|| Code::NotFound.into())
}

/// Whether somebody on post is an instructor, and where they are one for certain courses only, of
/// this one.
pub async fn may_teach(db: &Connection, id: PersonId, course: Option<CourseId>) -> Result<bool> {
    let mut scopes = Condition::any().add(role_grant::Column::Scope.ne(ScopeKind::Course));
    if let Some(course) = course {
        scopes = scopes.add(role_grant::Column::ScopeId.eq(course.0));
    }
    let held = role_grant::Entity::find()
        .filter(role_grant::Column::PersonId.eq(id))
        .filter(role_grant::Column::Role.eq(Role::Instructor))
        .filter(role_grant::Column::EndedAt.is_null())
        .filter(scopes)
        .one(db)
        .await?;
    Ok(held.is_some() && active_name(db, id).await?.is_some())
}

/// Checks that somebody is in reach, on post or not.
///
/// # Errors
/// `not_found`, whether they are out of reach or do not exist.
pub async fn in_reach(db: &Connection, reach: &Reach, id: PersonId) -> Result<()> {
    let find = person::Entity::find_by_id(id).filter(reach.of_people());
    find.one(db).await?.map(drop).ok_or_else(|| Code::NotFound.into())
}

/// Ids of everybody with these words in their name or staff number, on post or not.
pub fn ids_named(words: &str) -> SelectStatement {
    person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(named(words))
        .into_query()
}

/// With these words in their name or staff number.
pub(super) fn named(words: &str) -> Condition {
    let literal =
        words.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let has = |column: person::Column| {
        let text = Func::lower(Expr::col((person::Entity, column)));
        Expr::from(text).like(LikeExpr::new(format!("%{literal}%")).escape('\\'))
    };
    Condition::any().add(has(person::Column::Name)).add(has(person::Column::StaffNumber))
}

/// A person's name.
pub async fn name(db: &Connection, id: PersonId) -> Result<String> {
    let person = person::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?;
    Ok(person.name)
}

/// Where somebody belongs.
pub async fn organization_of(db: &Connection, id: PersonId) -> Result<OrganizationId> {
    let person = person::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?;
    Ok(person.organization_id)
}

/// The name of somebody who is still active; nothing for anybody else.
pub async fn active_name(db: &Connection, id: PersonId) -> Result<Option<String>> {
    let find = person::Entity::find_by_id(id).filter(person::Column::Active.eq(true));
    Ok(find.one(db).await?.map(|it| it.name))
}

/// A person's 工号.
pub async fn staff_number(db: &Connection, id: PersonId) -> Result<String> {
    let person = person::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?;
    Ok(person.staff_number)
}

/// The active person whom a WeChat identity belongs to.
pub async fn known_by(app: &App, identity: &WeChatIdentity) -> Result<Option<PersonId>> {
    let db = app.db.read();
    let bound = wechat_identity::Entity::find()
        .filter(wechat_identity::Column::AppId.eq(&identity.app_id))
        .filter(wechat_identity::Column::Openid.eq(&identity.openid))
        .one(db)
        .await?;
    let Some(bound) = bound else { return binding::by_unionid(app, identity).await };
    let active = person::Entity::find_by_id(bound.person_id)
        .filter(person::Column::Active.eq(true))
        .one(db)
        .await?;
    Ok(active.map(|it| it.id))
}

/// A person's openid in one of our apps.
pub async fn openid(db: &Connection, id: PersonId, app_id: &str) -> Result<Option<String>> {
    let bound = wechat_identity::Entity::find()
        .filter(wechat_identity::Column::AppId.eq(app_id))
        .filter(wechat_identity::Column::PersonId.eq(id))
        .one(db)
        .await?;
    Ok(bound.map(|it| it.openid))
}
