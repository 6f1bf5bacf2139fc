//! Whose WeChat it is.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    TryInsertResult,
};
use shared::{accounts::PersonId, problem::Code};
use uuid::Uuid;

use crate::{
    App, Result,
    accounts::{
        entity::{person, wechat_identity},
        people,
    },
    audit::{self, Actor, Event},
    db::Transaction,
    wechat::{self, WeChatIdentity},
};

/// The active person whom WeChat knows by the same unionid in our other app; from now on this app's
/// openid is theirs too.
pub(in crate::accounts) async fn by_unionid(
    app: &App,
    identity: &WeChatIdentity,
) -> Result<Option<PersonId>> {
    let Some(unionid) = &identity.unionid else { return Ok(None) };
    let known = wechat_identity::Entity::find()
        .filter(wechat_identity::Column::Unionid.eq(unionid))
        .filter(wechat_identity::Column::AppId.ne(&identity.app_id))
        .one(app.db.read())
        .await?;
    let Some(person) = known.map(|it| it.person_id) else { return Ok(None) };
    if people::active_name(app.db.read(), person).await?.is_none() {
        return Ok(None);
    }
    let (identity, clock) = (identity.clone(), app.clock.clone());
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                // Somebody who came twice at once is written down once.
                let inserted = wechat_identity::Entity::insert(row(identity, person, now))
                    .on_conflict_do_nothing()
                    .exec_without_returning(tx)
                    .await?;
                if !matches!(inserted, TryInsertResult::Inserted(1)) {
                    return Ok(());
                }
                let act = Actor::SYSTEM.being(person).did(Event::WechatBound, person);
                audit::record(tx, &act.with("proof", "unionid"), now).await
            })
        })
        .await?;
    Ok(Some(person))
}

fn row(
    identity: WeChatIdentity,
    person: PersonId,
    now: DateTime<Utc>,
) -> wechat_identity::ActiveModel {
    wechat_identity::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person),
        app_id: Set(identity.app_id),
        openid: Set(identity.openid),
        unionid: Set(identity.unionid),
        bound_at: Set(now),
    }
}

/// Makes a WeChat this person's. Where it takes the place of another WeChat, the id of the identity
/// that it replaced.
///
/// # Errors
/// `binding_refused` where it is the WeChat of somebody else who is still active, or where the person
/// is not.
pub(super) async fn join(
    tx: &Transaction,
    identity: WeChatIdentity,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>> {
    // Two WeChats that are bound to one person at once take turns.
    person::Entity::find_by_id(person)
        .filter(person::Column::Active.eq(true))
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or(Code::BindingRefused)?;
    if of_somebody(tx, &identity, person).await? {
        return Ok(None);
    }
    let replaced = replace(tx, &identity, person).await?;
    row(identity, person, now).insert(tx).await?;
    Ok(replaced)
}

/// Whether the WeChat is this person's already. Taken away from somebody who left.
async fn of_somebody(
    tx: &Transaction,
    identity: &WeChatIdentity,
    person: PersonId,
) -> Result<bool> {
    let bound = wechat_identity::Entity::find()
        .filter(wechat_identity::Column::AppId.eq(&identity.app_id))
        .filter(wechat_identity::Column::Openid.eq(&identity.openid))
        .one(tx)
        .await?;
    let Some(bound) = bound else { return Ok(false) };
    if bound.person_id == person {
        return Ok(true);
    }
    if people::active_name(tx, bound.person_id).await?.is_some() {
        return Err(Code::BindingRefused.into());
    }
    wechat_identity::Entity::delete_by_id(bound.id).exec(tx).await?;
    Ok(false)
}

/// Where the person has another WeChat in this app, everything of that WeChat goes: it would still
/// let its owner in through our other app. What the company calls the person in WeCom is a matter of
/// its own: neither takes the place of the other.
async fn replace(
    tx: &Transaction,
    identity: &WeChatIdentity,
    person: PersonId,
) -> Result<Option<Uuid>> {
    let own = wechat_identity::Entity::find()
        .filter(wechat_identity::Column::PersonId.eq(person))
        .all(tx)
        .await?;
    let Some(former) = own.iter().find(|it| it.app_id == identity.app_id) else { return Ok(None) };
    let in_wecom = wechat::is_wecom(&identity.app_id);
    for old in own.iter().filter(|it| wechat::is_wecom(&it.app_id) == in_wecom) {
        let same_wechat = old.unionid.is_some() && old.unionid == identity.unionid;
        if old.id == former.id || !same_wechat {
            wechat_identity::Entity::delete_by_id(old.id).exec(tx).await?;
        }
    }
    Ok(Some(former.id))
}
