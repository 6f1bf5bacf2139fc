//! Ending sign-ins.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use shared::accounts::{ClientKind, PersonId, SignInId};

use crate::{
    App, Result,
    accounts::entity::sign_in,
    audit::{self, Actor, Event},
    db::Transaction,
};

/// Signs out: the tokens are worth nothing from now on.
pub async fn end(app: &App, actor: Actor, id: SignInId) -> Result<()> {
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                finish(tx, id, "signed_out", now).await?;
                audit::record(tx, &actor.did(Event::SignedOut, id), now).await
            })
        })
        .await?;
    app.callers.forget(id).await;
    Ok(())
}

/// Ends a sign-in and those of its web views.
pub(in crate::accounts) async fn finish(
    tx: &Transaction,
    id: SignInId,
    because: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let family =
        Condition::any().add(sign_in::Column::Id.eq(id)).add(sign_in::Column::ParentId.eq(id));
    sign_in::Entity::update_many()
        .col_expr(sign_in::Column::EndedAt, Expr::value(now))
        .col_expr(sign_in::Column::EndedBecause, Expr::value(because))
        .filter(family)
        .filter(sign_in::Column::EndedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends all of a person's sign-ins through WeChat: which they were.
pub(in crate::accounts) async fn finish_of_wechat(
    tx: &Transaction,
    person: PersonId,
    because: &str,
    now: DateTime<Utc>,
) -> Result<Vec<SignInId>> {
    let through_wechat = sign_in::Column::Client.is_not_in(BY_PASSWORD);
    finish_where(tx, person, Condition::all().add(through_wechat), because, now).await
}

/// Ends all of a person's sign-ins by password but one: which they were.
pub(in crate::accounts) async fn finish_of_password(
    tx: &Transaction,
    person: PersonId,
    but: Option<SignInId>,
    because: &str,
    now: DateTime<Utc>,
) -> Result<Vec<SignInId>> {
    let others = Condition::all()
        .add(sign_in::Column::Client.is_in(BY_PASSWORD))
        .add_option(but.map(|id| sign_in::Column::Id.ne(id)));
    finish_where(tx, person, others, because, now).await
}

const BY_PASSWORD: [ClientKind; 2] = [ClientKind::Password, ClientKind::Kiosk];

async fn finish_where(
    tx: &Transaction,
    person: PersonId,
    which: Condition,
    because: &str,
    now: DateTime<Utc>,
) -> Result<Vec<SignInId>> {
    let running: Vec<SignInId> = sign_in::Entity::find()
        .select_only()
        .column(sign_in::Column::Id)
        .filter(sign_in::Column::PersonId.eq(person))
        .filter(which)
        .filter(sign_in::Column::EndedAt.is_null())
        .into_tuple()
        .all(tx)
        .await?;
    for id in &running {
        finish(tx, *id, because, now).await?;
    }
    Ok(running)
}
