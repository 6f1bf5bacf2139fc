//! Proving once more who it is, right before what must not be done from a PC that was left signed
//! in: taking data away, changing roles, changing many people at once, seeing a number.
//!
//! An endpoint asks for it by `STEP_UP` in its row; what is no row calls [`require`], and what asks
//! for it only sometimes [`check`].

use actix_web::HttpRequest;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use shared::{
    accounts::{SignInId, second_factor::*},
    api::*,
    problem::Code,
};

use super::{authenticate, entity::sign_in as sign_ins, password, second_factor, tries};
use crate::{
    App, Result,
    audit::{self, Event},
    db::Transaction,
    http::{Api, Ctx},
};

/// How long a proof is good for.
const FRESH: TimeDelta = TimeDelta::minutes(5);

pub(super) fn routes(api: &mut Api) {
    api.on(step_up).on(check_step_up);
}

/// Lets a request through whose caller proved within the last five minutes who it is.
///
/// # Errors
/// `step_up_required` for anybody else who is signed in.
pub async fn require(app: &App, http: &HttpRequest) -> Result<()> {
    check(app, authenticate(app, http).await?.sign_in).await
}

/// The same for a sign-in.
///
/// # Errors
/// `step_up_required`.
pub async fn check(app: &App, sign_in: SignInId) -> Result<()> {
    let db = app.db.read();
    let row = sign_ins::Entity::find_by_id(sign_in).one(db).await?;
    let Some(proven) = row.and_then(|it| it.stepped_up_at) else {
        return Err(Code::StepUpRequired.into());
    };
    if app.clock.now(db).await? - proven <= FRESH {
        Ok(())
    } else {
        Err(Code::StepUpRequired.into())
    }
}

/// What is asked of it is asked by its row.
async fn check_step_up(_: Ctx<SignedIn>, _: CheckStepUp) -> Result<()> {
    Ok(())
}

async fn step_up(ctx: Ctx<SignedIn>, request: StepUp) -> Result<()> {
    let (actor, person, sign_in) = (ctx.actor(), ctx.caller.person, ctx.caller.sign_in);
    tries::count_proof(&ctx.app, actor, person).await?;
    let by_code = second_factor::is_set_up(&ctx.app, person).await?;
    let code = by_code.then(|| request.proof.clone());
    let mut right = by_code || password::belongs(&ctx.app, person, request.proof).await?;
    if right {
        let (keys, clock) = (ctx.app.keys.clone(), ctx.app.clock.clone());
        let write = ctx.app.db.write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                if let Some(code) = code
                    && !second_factor::spend(tx, &keys, person, &code, now).await?
                {
                    return Ok(false);
                }
                mark(tx, sign_in, now).await?;
                let act = actor.did(Event::SteppedUp, sign_in).with("by_code", by_code);
                audit::record(tx, &act, now).await?;
                Ok(true)
            })
        });
        right = write.await?;
    }
    if right {
        return Ok(());
    }
    audit::refused(&ctx.app, actor.was_refused(Event::StepUpRefused, person)).await;
    Err(if by_code { Code::SecondFactorWrong } else { Code::WrongPassword }.into())
}

async fn mark(tx: &Transaction, sign_in: SignInId, now: DateTime<Utc>) -> Result<()> {
    sign_ins::Entity::update_many()
        .col_expr(sign_ins::Column::SteppedUpAt, Expr::value(now))
        .filter(sign_ins::Column::Id.eq(sign_in))
        .exec(tx)
        .await?;
    Ok(())
}
