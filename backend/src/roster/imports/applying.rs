//! Bringing a file's rows into the roster, once they were checked.

use shared::{
    problem::{Code, Problem},
    roster::{ApplyImport, ImportState, RosterImport, RowOutcome},
};

use super::{Summary, begin, find, lock, shown};
use crate::{
    App, Result,
    audit::{self, Actor, Event},
    roster::{entity::import, snapshot::Snapshot, tasks::Step},
};

/// Has it brought into the roster, once; asking again changes nothing.
pub async fn apply(app: &App, actor: Actor, request: ApplyImport) -> Result<RosterImport> {
    let row = find(app.db.read(), None, request.import).await?;
    if row.state == ImportState::Checked {
        refuse_unfit(&row, request.skip_bad)?;
        let roster = Snapshot::take(app.db.read()).await?;
        if row.roster_mark.as_deref() != Some(roster.mark()) {
            return Err(Code::RosterChanged.into());
        }
    }
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let mut row = lock(tx, request.import).await?;
                match row.state {
                    // Asked for again, as where the answer was lost.
                    ImportState::Applied | ImportState::Applying => shown(row),
                    ImportState::Checking => Err(Code::ImportUnready.into()),
                    ImportState::Checked => {
                        refuse_unfit(&row, request.skip_bad)?;
                        row.skip_bad = request.skip_bad;
                        row.with_leavers = request.with_leavers;
                        let now = clock.now(tx).await?;
                        let act = actor.did(Event::RosterConfirmed, row.id);
                        let act = act.with("skip_bad", row.skip_bad);
                        audit::record(tx, &act.with("with_leavers", row.with_leavers), now).await?;
                        begin(tx, row, Step::Apply, now).await
                    }
                }
            })
        })
        .await
}

fn refuse_unfit(row: &import::Model, skip_bad: bool) -> Result<()> {
    let Summary { counts, .. } = serde_json::from_value(row.counts.clone())?;
    let bad = [RowOutcome::Conflict, RowOutcome::Faulty].map(|it| counts.get(&it).copied());
    let bad: u32 = bad.into_iter().flatten().sum();
    if bad == 0 || skip_bad {
        return Ok(());
    }
    Err(Problem::from(Code::RowsUnmended).detail(format!("还有 {bad} 行")).into())
}
