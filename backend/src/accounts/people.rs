//! People on the roster.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, Func, LikeExpr, SelectStatement},
};
use shared::{
    accounts::{Me, PersonCard, PersonId, Role},
    organizations::{OrganizationId, PostId},
    problem::Code,
};

use super::{
    binding,
    caller::roles,
    entity::{person, person_role, wechat_identity},
};
use crate::{App, Result, organizations, wechat::WeChatIdentity};

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

/// Active people by name, all or those who hold a role.
pub async fn list(db: &impl ConnectionTrait, role: Option<Role>) -> Result<Vec<PersonCard>> {
    let mut find = person::Entity::find()
        .filter(person::Column::Active.eq(true))
        .order_by_asc(person::Column::StaffNumber);
    if let Some(role) = role {
        let holders = person_role::Entity::find()
            .select_only()
            .column(person_role::Column::PersonId)
            .filter(person_role::Column::Role.eq(role));
        find =
            find.filter(person::Column::Id.in_subquery(sea_orm::QueryTrait::into_query(holders)));
    }
    cards(db, find.all(db).await?).await
}

/// At most `most` active people with these words in their name or staff number, but none whose id
/// `without` gives.
pub async fn search(
    db: &impl ConnectionTrait,
    words: &str,
    without: SelectStatement,
    most: u64,
) -> Result<Vec<PersonCard>> {
    let found = person::Entity::find()
        .filter(person::Column::Active.eq(true))
        .filter(named(words))
        .filter(person::Column::Id.not_in_subquery(without))
        .order_by_asc(person::Column::StaffNumber)
        .limit(most)
        .all(db)
        .await?;
    cards(db, found).await
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

/// The people with these ids, by name and number, disabled ones included.
pub async fn cards_of(db: &impl ConnectionTrait, ids: Vec<PersonId>) -> Result<Vec<PersonCard>> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let find = person::Entity::find().filter(person::Column::Id.is_in(some.iter().copied()));
        found.extend(find.all(db).await?);
    }
    cards(db, found).await
}

async fn cards(db: &impl ConnectionTrait, people: Vec<person::Model>) -> Result<Vec<PersonCard>> {
    let organizations = organizations::organization_names(db).await?;
    let posts = organizations::post_names(db).await?;
    let card = |person: person::Model| PersonCard {
        id: person.id,
        name: person.name,
        staff_number: person.staff_number,
        organization: organizations.get(&person.organization_id).cloned().unwrap_or_default(),
        post: person.post_id.and_then(|it| posts.get(&it).cloned()),
    };
    Ok(people.into_iter().map(card).collect())
}

/// Ids of the active people of any of these posts and in any of these organisations; an empty list
/// does not narrow.
pub async fn matching(
    db: &impl ConnectionTrait,
    posts: &[PostId],
    organizations: &[OrganizationId],
) -> Result<Vec<PersonId>> {
    let mut chosen = Condition::all().add(person::Column::Active.eq(true));
    if !posts.is_empty() {
        chosen = chosen.add(person::Column::PostId.is_in(posts.iter().copied()));
    }
    if !organizations.is_empty() {
        chosen = chosen.add(person::Column::OrganizationId.is_in(organizations.iter().copied()));
    }
    let ids = person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(chosen)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids)
}

/// A person's name.
pub async fn name(db: &impl ConnectionTrait, id: PersonId) -> Result<String> {
    let person = person::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?;
    Ok(person.name)
}

/// The name of somebody who is still active; nothing for anybody else.
pub async fn active_name(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<String>> {
    let find = person::Entity::find_by_id(id).filter(person::Column::Active.eq(true));
    Ok(find.one(db).await?.map(|it| it.name))
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
pub async fn openid(
    db: &impl ConnectionTrait,
    id: PersonId,
    app_id: &str,
) -> Result<Option<String>> {
    let bound = wechat_identity::Entity::find()
        .filter(wechat_identity::Column::AppId.eq(app_id))
        .filter(wechat_identity::Column::PersonId.eq(id))
        .one(db)
        .await?;
    Ok(bound.map(|it| it.openid))
}
