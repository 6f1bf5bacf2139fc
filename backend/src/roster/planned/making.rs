//! Making what was planned, on its day.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use shared::{
    accounts::{PersonId, Role},
    roster::PlacePerson,
    time,
};

use super::{
    entity::planned_move::{self, ActiveModel, Column, Entity},
    forget,
};
use crate::{
    App, Error, Result,
    accounts::reach_of,
    audit::{self, Actor, Event},
    clock::Clock,
    db::Transaction,
    roster::{placement, tasks::lock_roster},
};

/// Moves in one round; those of a day on which a contract changes hands take several.
const AT_ONCE: u64 = 200;

/// Makes all moves whose day has come. Safe to repeat every few seconds, by several workers at once.
pub async fn make_planned_moves(app: &App) -> Result<()> {
    let db = app.db.read();
    let today = time::local_date(app.clock.now(db).await?);
    let people: Vec<PersonId> = due(today)
        .select_only()
        .column(Column::PersonId)
        .order_by_asc(Column::FromOn)
        .limit(AT_ONCE)
        .into_tuple()
        .all(db)
        .await?;
    if people.is_empty() {
        return Ok(());
    }
    for person in people {
        let clock = app.clock.clone();
        let write = app.db.write(move |tx| Box::pin(async move { make(tx, person, clock).await }));
        write.await?;
    }
    app.callers.forget_all();
    Ok(())
}

/// Those whose day has come, but for those that it could not be done for.
fn due(today: NaiveDate) -> Select<Entity> {
    Entity::find().filter(Column::FromOn.lte(today)).filter(Column::Trouble.is_null())
}

/// One at a time, so that one which is impossible by now stops no other.
async fn make(tx: &Transaction, person: PersonId, clock: Clock) -> Result<()> {
    lock_roster(tx).await?;
    let now = clock.now(tx).await?;
    let of_them = due(time::local_date(now)).filter(Column::PersonId.eq(person));
    // Another worker was faster, or it was taken back.
    let Some(row) = of_them.one(tx).await? else { return Ok(()) };
    let actor = Actor::SYSTEM.being(row.planned_by);
    // As far as the one who planned it reaches now, not then.
    let reach = reach_of(tx, row.planned_by, Role::TrainingOfficer).await?;
    match placement::change(tx, actor, &reach, &request(&row), now).await {
        Ok(()) => forget(tx, vec![person]).await.map(drop),
        Err(Error::Refused(problem)) => {
            let refused = actor.was_refused(Event::PersonMoved, person);
            audit::record(tx, &refused.with("reason", problem.code), now).await?;
            set_aside(tx, person, problem.sentence()).await
        }
        Err(broken @ Error::Broken(_)) => Err(broken),
    }
}

fn request(row: &planned_move::Model) -> PlacePerson {
    PlacePerson {
        person: row.person_id,
        organization: row.organization_id,
        team: row.team_id,
        post: row.post_id,
        active: row.active,
        from: row.from_on,
    }
}

/// Keeps it for the officers to see, who enter it anew or take it back.
async fn set_aside(tx: &Transaction, person: PersonId, trouble: String) -> Result<()> {
    let row = ActiveModel {
        person_id: Unchanged(person),
        trouble: Set(Some(trouble)),
        ..Default::default()
    };
    row.update(tx).await?;
    Ok(())
}
