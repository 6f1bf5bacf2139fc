//! The phone's side: yes with the right number, or no.

use uuid::Uuid;

use super::waiting;
use crate::{
    App, Result,
    accounts::{second_factor::challenges, visitor::Visitor},
    audit::{self, Actor, Event},
    clock::Clock,
    db::Transaction,
};

/// What became of an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Answered {
    Confirmed,
    /// The number was another one: there is one try, so that nothing is guessed.
    Mistaken,
    Declined,
    /// It is somebody else's, was answered already, or took too long.
    Nothing,
}

/// Says yes, with the number that the browser shows.
pub(super) async fn confirm(
    app: &App,
    visitor: &Visitor,
    id: Uuid,
    number: i32,
) -> Result<Answered> {
    let (person, actor, clock) = (visitor.person, visitor.actor, app.clock.clone());
    let answered = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                if waiting::confirm(tx, person, id, number, now).await? {
                    audit::record(tx, &actor.did(Event::SignInConfirmed, person), now).await?;
                    return Ok(Answered::Confirmed);
                }
                let Some(challenge) = waiting::decline(tx, person, id, now).await? else {
                    return Ok(Answered::Nothing);
                };
                challenges::forget(tx, challenge).await?;
                Ok(Answered::Mistaken)
            })
        })
        .await?;
    if answered == Answered::Mistaken {
        let act = actor.was_refused(Event::SecondFactorFailed, person);
        audit::refused(app, act.with("proof", "bound_phone")).await;
    }
    Ok(answered)
}

/// Says no. Whoever else waits with this person's password waits in vain too.
pub(super) async fn decline(app: &App, visitor: &Visitor, id: Uuid) -> Result<Answered> {
    let (actor, clock) = (visitor.actor.being(visitor.person), app.clock.clone());
    app.db.write(move |tx| Box::pin(async move { decline_in(tx, actor, id, &clock).await })).await
}

async fn decline_in(tx: &Transaction, actor: Actor, id: Uuid, clock: &Clock) -> Result<Answered> {
    let now = clock.now(tx).await?;
    let Some(person) = actor.person else { return Ok(Answered::Nothing) };
    if waiting::decline(tx, person, id, now).await?.is_none() {
        return Ok(Answered::Nothing);
    }
    waiting::forget(tx, person).await?;
    challenges::forget_all(tx, person).await?;
    audit::record(tx, &actor.did(Event::SignInDeclined, person), now).await?;
    Ok(Answered::Declined)
}
