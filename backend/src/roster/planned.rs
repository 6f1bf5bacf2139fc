//! Moves that are known before the day from which they count.
//!
//! Where somebody works now stands with the person, where every query looks; so a move is made on its
//! day, by the same rules and the same words as one that is entered on it, and nothing anywhere needs
//! to know that it was planned.

pub mod entity;
mod making;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict,
};
use shared::{
    accounts::PersonId,
    problem::{Code, Problem},
    roster::{CancelPlannedPlacement, PlacePerson, PlannedPlacement, RosterPerson},
    time,
};

use entity::planned_move::{self, Column, Entity};
pub use making::make_planned_moves;

use super::{entity::team, history::Stay, people, placement, tasks::lock_roster};
use crate::{
    App, Result,
    accounts::{Reach, roster},
    audit::{self, Actor, Event},
    db::{Connection, Transaction},
    organizations,
};

/// How far ahead anybody plans.
const AHEAD: TimeDelta = TimeDelta::days(366);

/// Writes down what will be from a day on, in place of what was planned before.
pub(super) async fn plan(
    tx: &Transaction,
    actor: Actor,
    reach: &Reach,
    request: &PlacePerson,
    now: DateTime<Utc>,
) -> Result<()> {
    let person = roster::one(tx, reach, request.person).await?;
    let team = people::particulars(tx, request.person).await?.and_then(|it| it.team_id);
    placement::refuse_erased(tx, request.person).await?;
    placement::refuse_impossible(tx, reach, request).await?;
    let after = Stay { organization: request.organization, team: request.team, post: request.post };
    let message = if request.from > time::local_date(now) + AHEAD {
        "生效日期太远了，请选一年以内的日期"
    } else if Stay::of(&person, team) == after && person.active == request.active {
        "和现在一样，没有要改的"
    } else {
        let row = row(request, actor.person.ok_or(Code::NotSignedIn)?, now);
        replace(tx, row).await?;
        let act = actor.did(Event::MovePlanned, person.id).within(request.organization);
        let act = act.with("from", request.from).with("organization_after", request.organization);
        let act = act.with("team_after", request.team).with("post_after", request.post);
        return audit::record(tx, &act, now).await;
    };
    Err(Problem::from(Code::InvalidRequest).field("from", message).into())
}

fn row(request: &PlacePerson, by: PersonId, now: DateTime<Utc>) -> planned_move::Model {
    planned_move::Model {
        person_id: request.person,
        organization_id: request.organization,
        team_id: request.team,
        post_id: request.post,
        active: request.active,
        from_on: request.from,
        planned_by: by,
        planned_at: now,
        trouble: None,
    }
}

async fn replace(tx: &Transaction, row: planned_move::Model) -> Result<()> {
    let mut known = OnConflict::column(Column::PersonId);
    known.update_columns([
        Column::OrganizationId,
        Column::TeamId,
        Column::PostId,
        Column::Active,
        Column::FromOn,
        Column::PlannedBy,
        Column::PlannedAt,
        Column::Trouble,
    ]);
    let row = row.into_active_model().reset_all();
    Entity::insert(row).on_conflict(known).exec_without_returning(tx).await?;
    Ok(())
}

/// Takes back what was planned for somebody.
///
/// # Errors
/// `not_found` where nothing was, and for somebody out of reach.
pub(super) async fn cancel(
    app: &App,
    actor: Actor,
    reach: Reach,
    request: CancelPlannedPlacement,
) -> Result<RosterPerson> {
    let (person, clock, within) = (request.person, app.clock.clone(), reach.clone());
    app.db
        .write(move |tx| {
            Box::pin(async move {
                lock_roster(tx).await?;
                let found = roster::one(tx, &within, person).await?;
                if forget(tx, vec![person]).await? == 0 {
                    return Err(Code::NotFound.into());
                }
                let act = actor.did(Event::PlannedMoveCancelled, person);
                let act = act.within(found.organization_id);
                audit::record(tx, &act, clock.now(tx).await?).await
            })
        })
        .await?;
    people::show(app, &reach, person).await
}

/// Forgets what was planned for these people; for how many something was.
pub(super) async fn forget(tx: &Transaction, people: Vec<PersonId>) -> Result<u64> {
    let of_them = Entity::delete_many().filter(Column::PersonId.is_in(people));
    Ok(of_them.exec(tx).await?.rows_affected)
}

/// What is planned for somebody, by its names.
pub(super) async fn of(db: &Connection, person: PersonId) -> Result<Option<PlannedPlacement>> {
    let Some(row) = Entity::find_by_id(person).one(db).await? else { return Ok(None) };
    let mut organizations = organizations::organization_names(db).await?;
    let mut posts = organizations::post_names(db).await?;
    let team = match row.team_id {
        Some(id) => team::Entity::find_by_id(id).one(db).await?.map(|it| it.name),
        None => None,
    };
    Ok(Some(PlannedPlacement {
        organization: organizations.remove(&row.organization_id).unwrap_or_default(),
        team,
        post: row.post_id.and_then(|id| posts.remove(&id)),
        active: row.active,
        from: row.from_on,
        trouble: row.trouble,
    }))
}
