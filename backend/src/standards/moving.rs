//! What a new version does to the links of the ones before it. 注日期 links never move. The others are
//! carried over by one click where the clause stayed the same ([`super::carrying`]), wait to be looked
//! at again where it changed or is gone, and go stale when the version they hold on to is no longer in
//! force.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};
use shared::{
    accounts::PersonId,
    standards::{
        ClauseId, ClauseKey, ClauseLinkId, StandardId, StandardVersionId, VersionStage,
        console::{LinkState, StaleReason},
    },
};

use super::{
    entity::{clause, link, version},
    matching, standing,
    tasks::{self, Task},
};
use crate::{
    Result,
    db::{Connection, Transaction},
    notifications,
};

/// Does what follows from the stage that a version has entered.
pub async fn entered(tx: &Transaction, id: StandardVersionId, now: DateTime<Utc>) -> Result<()> {
    let version = standing::by_id(tx, id).await?;
    let mut owners = Owners::new();
    match version.stage {
        VersionStage::Consultation | VersionStage::UnderRevision => {}
        VersionStage::Upcoming => flag(tx, (&version, Condition::all()), &mut owners, now).await?,
        VersionStage::Current => {
            flag(tx, (&version, Condition::all()), &mut owners, now).await?;
            replace(tx, &version, &mut owners, now).await?;
        }
        VersionStage::Withdrawn => go_stale(tx, id, &mut owners, now).await?,
    }
    tell(tx, id, owners, now).await
}

/// Whose links wait to be looked at again since just now, and how many.
type Owners = HashMap<PersonId, usize>;

/// One message for each of them, however many links it is about.
async fn tell(
    tx: &Transaction,
    id: StandardVersionId,
    owners: Owners,
    now: DateTime<Utc>,
) -> Result<()> {
    if owners.is_empty() {
        return Ok(());
    }
    let names = standing::names(tx, [id]).await?;
    let name = names.get(&id).cloned().unwrap_or_default();
    notifications::standard_changed(tx, (id, &name), owners.into_iter().collect(), now).await
}

/// The links of a standard that are not 注日期, do not hold on to this version and lead somewhere.
fn movable(version: &version::Model) -> Condition {
    Condition::all()
        .add(link::Column::StandardId.eq(version.standard_id))
        .add(link::Column::VersionId.ne(version.id))
        .add(link::Column::Dated.eq(false))
        .add(link::Column::State.ne(LinkState::Ended))
        // Where its place is gone, it is not the clause that has to be looked at.
        .add(
            Condition::any()
                .add(link::Column::Reason.is_null())
                .add(link::Column::Reason.ne(StaleReason::PlaceGone)),
        )
}

/// What became of the clause of a link.
pub(super) enum Fate {
    Same { clause: ClauseId, must: bool },
    Changed,
    Deleted,
}

/// The movable links, each with what became of its clause in this version.
pub(super) async fn fates(
    db: &Connection,
    version: &version::Model,
    which: Condition,
) -> Result<Vec<(link::Model, Fate)>> {
    let links = link::Entity::find().filter(movable(version)).filter(which).all(db).await?;
    let (mut old, mut new) = (HashMap::new(), HashMap::<ClauseKey, clause::Model>::new());
    for some in links.chunks(500) {
        let ids = some.iter().map(|it| it.clause_id);
        let rows = clause::Entity::find().filter(clause::Column::Id.is_in(ids)).all(db).await?;
        old.extend(rows.into_iter().map(|it| (it.id, it)));
        let rows = clause::Entity::find()
            .filter(clause::Column::VersionId.eq(version.id))
            .filter(clause::Column::Key.is_in(some.iter().map(|it| it.clause_key)))
            .all(db)
            .await?;
        new.extend(rows.into_iter().map(|it| (it.key, it)));
    }
    let fate = |link: link::Model| {
        let fate = match (old.get(&link.clause_id), new.get(&link.clause_key)) {
            (_, None) => Fate::Deleted,
            (Some(old), Some(new)) if matching::is_same(old, new) => {
                Fate::Same { clause: new.id, must: new.must }
            }
            _ => Fate::Changed,
        };
        (link, fate)
    };
    Ok(links.into_iter().map(fate).collect())
}

/// Has links looked at again whose clause changed or is gone.
async fn flag(
    tx: &Transaction,
    (version, which): (&version::Model, Condition),
    owners: &mut Owners,
    now: DateTime<Utc>,
) -> Result<()> {
    let fates = fates(tx, version, which).await?;
    for (reason, is) in [
        (StaleReason::Changed, (|it: &Fate| matches!(it, Fate::Changed)) as fn(&Fate) -> bool),
        (StaleReason::Deleted, |it: &Fate| matches!(it, Fate::Deleted)),
    ] {
        let ids: Vec<_> = fates.iter().filter(|it| is(&it.1)).map(|it| it.0.id).collect();
        for some in ids.chunks(500) {
            let these = link::Column::Id.is_in(some.iter().copied());
            make_stale(tx, Condition::all().add(these), (reason, owners), now).await?;
        }
    }
    Ok(())
}

/// Does for links whose place is there again what new versions do: while it was gone they passed them by,
/// and what an earlier one had said of them was forgotten.
pub(super) async fn returned(
    tx: &Transaction,
    links: Vec<(StandardId, ClauseLinkId)>,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut of_standards = BTreeMap::<StandardId, Vec<ClauseLinkId>>::new();
    for (standard, link) in links {
        of_standards.entry(standard).or_default().push(link);
    }
    for (standard, links) in of_standards {
        let find = version::Entity::find().filter(version::Column::StandardId.eq(standard));
        let find =
            find.filter(version::Column::Id.in_subquery(standing::in_stages(&standing::LIVING)));
        let mut living = find.all(tx).await?;
        living.sort_by_key(|it| (it.stage == VersionStage::Upcoming, it.effective_on));
        for (at, version) in living.iter().enumerate() {
            // A version says nothing about links to what comes after it.
            let later = living[at..].iter().map(|it| it.id);
            let which = Condition::all()
                .add(link::Column::Id.is_in(links.iter().copied()))
                .add(link::Column::VersionId.is_not_in(later));
            let mut owners = Owners::new();
            flag(tx, (version, which), &mut owners, now).await?;
            tell(tx, version.id, owners, now).await?;
        }
    }
    Ok(())
}

async fn make_stale(
    tx: &Transaction,
    which: Condition,
    (reason, owners): (StaleReason, &mut Owners),
    now: DateTime<Utc>,
) -> Result<()> {
    let waiting: Vec<PersonId> = link::Entity::find()
        .select_only()
        .column(link::Column::Author)
        .filter(which.clone())
        .filter(link::Column::State.is_not_in([LinkState::Ended, LinkState::Stale]))
        .into_tuple()
        .all(tx)
        .await?;
    for author in waiting {
        *owners.entry(author).or_default() += 1;
    }
    let stale = link::ActiveModel {
        state: Set(LinkState::Stale),
        reason: Set(Some(reason)),
        updated_at: Set(now),
        ..Default::default()
    };
    link::Entity::update_many().set(stale).filter(which).exec(tx).await?;
    Ok(())
}

/// Takes what was in force out of it: this version is, from now on.
async fn replace(
    tx: &Transaction,
    version: &version::Model,
    owners: &mut Owners,
    now: DateTime<Utc>,
) -> Result<()> {
    let others = version::Entity::find()
        .filter(version::Column::StandardId.eq(version.standard_id))
        .filter(version::Column::Id.ne(version.id))
        .filter(version::Column::Stage.is_in(standing::IN_FORCE))
        .filter(version::Column::ConfirmedAt.is_not_null())
        .all(tx)
        .await?;
    let day = version.effective_on.unwrap_or_else(|| shared::time::local_date(now));
    for other in others {
        let withdrawn = version::ActiveModel {
            stage: Set(VersionStage::Withdrawn),
            withdrawn_on: Set(other.withdrawn_on.or(Some(day))),
            ..Default::default()
        };
        version::Entity::update_many()
            .set(withdrawn)
            .filter(version::Column::Id.eq(other.id))
            .exec(tx)
            .await?;
        go_stale(tx, other.id, owners, now).await?;
    }
    Ok(())
}

/// A version is no longer in force: whatever holds on to it and is not 注日期 has to be looked at.
async fn go_stale(
    tx: &Transaction,
    id: StandardVersionId,
    owners: &mut Owners,
    now: DateTime<Utc>,
) -> Result<()> {
    let which = Condition::all()
        .add(link::Column::VersionId.eq(id))
        .add(link::Column::Dated.eq(false))
        // Those that are stale already say more exactly why.
        .add(link::Column::State.is_not_in([LinkState::Ended, LinkState::Stale]));
    make_stale(tx, which, (StaleReason::Superseded, owners), now).await?;
    tasks::enqueue(tx, Task::Index(id), now).await
}

/// A version was withdrawn by mistake: what went stale for that alone is as it was.
pub async fn restored(tx: &Transaction, id: StandardVersionId, now: DateTime<Utc>) -> Result<()> {
    let stale = Condition::all()
        .add(link::Column::VersionId.eq(id))
        .add(link::Column::State.eq(LinkState::Stale))
        .add(link::Column::Reason.eq(StaleReason::Superseded));
    let reviewed = stale.clone().add(link::Column::ReviewedAt.is_not_null());
    // What nobody had reviewed still waits for it.
    for (which, state) in [(reviewed, LinkState::Valid), (stale, LinkState::Draft)] {
        let change = link::ActiveModel {
            state: Set(state),
            reason: Set(None),
            updated_at: Set(now),
            ..Default::default()
        };
        link::Entity::update_many().set(change).filter(which).exec(tx).await?;
    }
    Ok(())
}
