//! The devices on which somebody is signed in.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Select};
use shared::{accounts::*, api::*, problem::Code};

use super::{entity::sign_in as sign_ins, sign_in};
use crate::{
    App, Result,
    audit::{self, Actor, Event},
    http::{Api, Ctx},
};

pub(super) fn routes(api: &mut Api) {
    api.on(list_sign_ins).on(end_sign_in);
}

/// The sign-ins of a person that last, without those of web views: these belong to their parents.
fn running(person: PersonId, now: DateTime<Utc>) -> Select<sign_ins::Entity> {
    sign_ins::Entity::find()
        .filter(sign_ins::Column::PersonId.eq(person))
        .filter(sign_ins::Column::ParentId.is_null())
        .filter(sign_ins::Column::EndedAt.is_null())
        .filter(sign_ins::Column::ExpiresAt.gt(now))
}

async fn list_sign_ins(ctx: Ctx<SignedIn>, _: ListSignIns) -> Result<Vec<SignInCard>> {
    let db = ctx.app.db.read();
    let now = ctx.app.clock.now(db).await?;
    let own = sign_ins::Entity::find_by_id(ctx.caller.sign_in).one(db).await?;
    let this = own.and_then(|it| it.parent_id).unwrap_or(ctx.caller.sign_in);
    let rows = running(ctx.caller.person, now)
        .order_by_desc(sign_ins::Column::LastUsedAt)
        .order_by_desc(sign_ins::Column::Id)
        .all(db)
        .await?;
    let card = |row: sign_ins::Model| SignInCard {
        id: row.id,
        kind: row.client,
        created_at: row.created_at,
        last_used_at: row.last_used_at,
        current: row.id == this,
    };
    Ok(rows.into_iter().map(card).collect())
}

async fn end_sign_in(ctx: Ctx<SignedIn>, request: EndSignIn) -> Result<()> {
    end_own(&ctx.app, ctx.actor(), ctx.caller.person, request.sign_in).await
}

/// # Errors
/// `not_found` for what is somebody else's, over, or made up.
async fn end_own(app: &App, actor: Actor, person: PersonId, id: SignInId) -> Result<()> {
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let own = running(person, now).filter(sign_ins::Column::Id.eq(id)).one(tx).await?;
                own.ok_or(Code::NotFound)?;
                sign_in::finish(tx, id, "ended_by_its_person", now).await?;
                audit::record(tx, &actor.did(Event::SignInEnded, id), now).await
            })
        })
        .await?;
    app.callers.forget(id).await;
    Ok(())
}
