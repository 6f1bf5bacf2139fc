//! One person moves, leaves or returns.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::OnConflict,
};
use shared::{
    accounts::PersonId,
    problem::{Code, Problem},
    roster::*,
    time,
};

use super::{
    audited,
    entity::{particulars, team},
    history::{self, Move, Stay},
    people, planned,
    snapshot::Known,
    tasks::lock_roster,
};
use crate::{
    App, Result,
    accounts::{Reach, roster},
    audit::{self, Actor},
    db::{Connection, Transaction},
    organizations, privacy,
};

/// Places a person from a day on; what they did before stays with where they were.
pub async fn place(
    app: &App,
    actor: Actor,
    reach: Reach,
    request: PlacePerson,
) -> Result<RosterPerson> {
    let (person, clock, within) = (request.person, app.clock.clone(), reach.clone());
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                lock_roster(tx).await?;
                if request.from > time::local_date(now) {
                    return planned::plan(tx, actor, &within, &request, now).await;
                }
                change(tx, actor, &within, &request, now).await
            })
        })
        .await?;
    app.callers.forget_all();
    people::show(app, &reach, person).await
}

/// What counts from today, or from a day that is over.
pub(super) async fn change(
    tx: &Transaction,
    actor: Actor,
    reach: &Reach,
    request: &PlacePerson,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut person = roster::one(tx, reach, request.person).await?;
    let told = people::particulars(tx, request.person).await?;
    let before = Known {
        person: person.clone(),
        team: told.as_ref().and_then(|it| it.team_id),
        phone_index: None,
        id_card_index: None,
    };
    let after = Stay { organization: request.organization, team: request.team, post: request.post };
    if Stay::of(&person, before.team) == after && person.active == request.active {
        return Ok(());
    }
    refuse_erased(tx, request.person).await?;
    refuse_impossible(tx, reach, request).await?;
    refuse_day(tx, request, time::local_date(now)).await?;
    person.organization_id = request.organization;
    person.post_id = request.post;
    person.active = request.active;
    roster::change(tx, &before.person, &person, now).await?;
    set_team(tx, request).await?;
    let act = audited::of_person(actor, &before.person, &person, true);
    let act = act.with("team_before", before.team).with("team_after", request.team);
    audit::record(tx, &act.with("from", request.from), now).await?;
    let moved = Move::from(&before, request.active.then_some(after));
    history::record(tx, &[moved], request.from).await
}

/// Nobody comes back from behind a pseudonym.
pub(super) async fn refuse_erased(db: &Connection, person: PersonId) -> Result<()> {
    if privacy::is_erased(db, person).await? {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem
            .field("person", "这个人的资料已经注销，回来上班请作为新人加进花名册")
            .into());
    }
    Ok(())
}

/// The organisation, the team in it and the post must be there.
pub(super) async fn refuse_impossible(
    db: &Connection,
    reach: &Reach,
    request: &PlacePerson,
) -> Result<()> {
    let refusal = |field: &str, message: &str| {
        Err(Problem::from(Code::InvalidRequest).field(field, message).into())
    };
    let known = organizations::is_open(db, request.organization).await?;
    if !known || !reach.has_organization(request.organization) {
        return refusal("organization", "没有这个单位，请重新选择");
    }
    let known = match request.post {
        // Whoever leaves keeps what they had.
        Some(id) if request.active => organizations::open_posts(db).await?.contains(&id),
        post => post.is_none() || organizations::post(db, post).await?.is_some(),
    };
    if !known {
        return refusal("post", "没有这个岗位，请重新选择");
    }
    if let Some(id) = request.team {
        let mut of_it = Condition::all().add(team::Column::OrganizationId.eq(request.organization));
        if request.active {
            of_it = of_it.add(team::Column::ClosedAt.is_null());
        }
        if team::Entity::find_by_id(id).filter(of_it).one(db).await?.is_none() {
            return refusal("team", "这个单位里没有这个班组，请重新选择");
        }
    }
    Ok(())
}

/// The day must not lie before what is already written down.
async fn refuse_day(db: &Connection, request: &PlacePerson, today: NaiveDate) -> Result<()> {
    let last = history::of(db, request.person).await?.into_iter().next();
    let earliest = last.map(|it| it.to_on.unwrap_or(it.from_on));
    let message = if let Some(earliest) = earliest.filter(|day| request.from < *day) {
        format!("生效日期不能早于 {earliest}，那天有过一次变动")
    } else if request.from < today - chrono::TimeDelta::days(3660) {
        "生效日期太早了，请选十年以内的日期".into()
    } else {
        return Ok(());
    };
    Err(Problem::from(Code::InvalidRequest).field("from", message).into())
}

async fn set_team(tx: &Transaction, request: &PlacePerson) -> Result<()> {
    let row = particulars::ActiveModel {
        person_id: Set(request.person),
        team_id: Set(request.team),
        sealed_phone: Set(None),
        phone_index: Set(None),
        sealed_id_card: Set(None),
        id_card_index: Set(None),
    };
    let mut known = OnConflict::column(particulars::Column::PersonId);
    known.update_column(particulars::Column::TeamId);
    particulars::Entity::insert(row).on_conflict(known).exec_without_returning(tx).await?;
    Ok(())
}
