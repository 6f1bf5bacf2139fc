//! Trying dead jobs again.

use shared::{
    deliveries::{JobId, JobKind, Retried},
    problem::Code,
};

use crate::{
    App, Result,
    audit::{self, Actor, Event, Object, ObjectKind},
    jobs::{self, Revived},
};

/// Jobs put back in one transaction.
const AT_ONCE: u64 = 200;

/// # Errors
/// `not_found` where there is no such job, or it is not dead.
pub(super) async fn one(app: &App, actor: Actor, id: JobId) -> Result<Retried> {
    let clock = app.clock.clone();
    let revived = app.db.write(move |tx| {
        Box::pin(async move {
            let now = clock.now(tx).await?;
            let revived = jobs::revive(tx, id.0, now).await?.ok_or(Code::NotFound)?;
            audit::record(tx, &actor.did(Event::JobRetried, id), now).await?;
            Ok(revived)
        })
    });
    Ok(counted([revived.await?]))
}

/// All of a kind that are dead now; whatever dies meanwhile stays dead.
pub(super) async fn all(app: &App, actor: Actor, kind: JobKind) -> Result<Retried> {
    let (mut retried, mut after) = (Retried::default(), None);
    loop {
        let ids = jobs::dead_ids(app.db.read(), kind, after, AT_ONCE).await?;
        let Some(last) = ids.last().copied() else { return Ok(retried) };
        after = Some(last);
        let clock = app.clock.clone();
        let revived = app.db.write(move |tx| {
            Box::pin(async move {
                let (now, mut revived) = (clock.now(tx).await?, Vec::new());
                for id in ids {
                    revived.extend(jobs::revive(tx, id, now).await?);
                }
                let act = actor.did(Event::JobRetried, Object::unknown(ObjectKind::Job));
                let act = act.with("kind", kind).with("rows", revived.len());
                audit::record(tx, &act, now).await?;
                Ok(revived)
            })
        });
        let some = counted(revived.await?);
        retried.queued += some.queued;
        retried.expired += some.expired;
        retried.unreadable += some.unreadable;
    }
}

fn counted(revived: impl IntoIterator<Item = Revived>) -> Retried {
    let mut retried = Retried::default();
    for one in revived {
        match one {
            Revived::Queued => retried.queued += 1,
            Revived::Expired => retried.expired += 1,
            Revived::Unreadable => retried.unreadable += 1,
        }
    }
    retried
}
