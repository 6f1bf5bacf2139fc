//! Setting a password.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use shared::{
    accounts::{PersonId, SignInId},
    problem::Code,
};

use super::rules;
use crate::{
    App, Result,
    accounts::{caller, entity::person, one_time_codes, password, sign_in},
    audit::{self, Actor, Event},
    db::Transaction,
    notifications,
};

/// Why whoever sets it may.
pub(super) enum Proof {
    /// It is their own account; this sign-in of it stays.
    Own { keep: Option<SignInId> },
    /// The hash of the team leader's code.
    Code(Vec<u8>),
}

/// Sets the password of a person.
///
/// Guarantees: a code is good for one password; other sign-ins with the old password end, and the
/// person is told.
///
/// # Errors
/// `invalid_request` for a password that is too easy, `binding_refused` for a code that was used.
pub(super) async fn set(
    app: &App,
    actor: Actor,
    id: PersonId,
    password: String,
    proof: Proof,
) -> Result<()> {
    let person = person::Entity::find_by_id(id).one(app.db.read()).await?.ok_or(Code::NotFound)?;
    let console = sign_in::is_console(&caller::roles(app.db.read(), id).await?);
    let username = person.username.as_deref().unwrap_or_default();
    let known = [person.name.as_str(), person.staff_number.as_str(), username];
    rules::check(&password, rules::least(console), &known)?;
    let hash = password::make_in_turn(password).await?;
    let clock = app.clock.clone();
    let ended = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                write(tx, actor, id, hash, proof, now).await
            })
        })
        .await?;
    for sign_in in ended {
        app.callers.forget(sign_in).await;
    }
    Ok(())
}

async fn write(
    tx: &Transaction,
    actor: Actor,
    id: PersonId,
    hash: String,
    proof: Proof,
    now: DateTime<Utc>,
) -> Result<Vec<SignInId>> {
    let (keep, how) = match proof {
        Proof::Own { keep } => (keep, "own_sign_in"),
        Proof::Code(code) => {
            one_time_codes::spend(tx, code, id, now).await?;
            (None, "code")
        }
    };
    let set = person::Entity::update_many()
        .col_expr(person::Column::PasswordHash, Expr::value(hash))
        .filter(person::Column::Id.eq(id))
        .filter(person::Column::Active.eq(true))
        .exec(tx)
        .await?
        .rows_affected;
    if set != 1 {
        return Err(Code::NotFound.into());
    }
    notifications::account_changed(tx, id, "设置了登录密码", now).await?;
    let act = actor.being(id).did(Event::PasswordSet, id).with("proof", how);
    audit::record(tx, &act, now).await?;
    sign_in::finish_of_password(tx, id, keep, "password_set", now).await
}
