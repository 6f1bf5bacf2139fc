//! Brings a plan into the roster, in the transaction of whoever calls.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::{NotSet, Set, Unchanged},
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use shared::{
    accounts::PersonId,
    organizations::OrganizationId,
    roster::{Confidential, TeamId},
    time,
};
use uuid::Uuid;

use super::{
    check::{Change, Indices, Plan},
    confidential,
    entity::{particulars, team},
    history::{self, Move, Stay},
    progress::Progress,
    snapshot::Snapshot,
    team_keeping::reopen_team,
};
use crate::{
    Result,
    accounts::roster,
    audit::{self, Actor, Event},
    db::Transaction,
    keys::Keys,
};

/// People in one statement.
const AT_ONCE: usize = 500;

pub struct Applying<'a> {
    pub tx: &'a Transaction,
    pub keys: &'a Keys,
    pub indices: &'a Indices,
    pub now: DateTime<Utc>,
    pub progress: &'a Progress,
    /// Who brings it in.
    pub actor: Actor,
}

type Teams = HashMap<(OrganizationId, String), TeamId>;

impl Applying<'_> {
    /// Everything but those who leave, unless they are to.
    pub async fn write(&self, plan: Plan, roster: &Snapshot, with_leavers: bool) -> Result<()> {
        let teams = self.teams(&plan, roster).await?;
        self.free(plan.freed, plan.changed.iter()).await?;
        for some in plan.added.chunks(AT_ONCE) {
            self.add(some, &teams).await?;
            self.progress.advance(some.len());
        }
        for some in plan.changed.chunks(AT_ONCE) {
            self.change(some, &teams).await?;
            self.progress.advance(some.len());
        }
        if with_leavers {
            for known in &plan.left {
                let mut person = known.person.clone();
                person.active = false;
                roster::change(self.tx, &known.person, &person, self.now).await?;
            }
            let moves: Vec<_> = plan.left.iter().map(|known| Move::from(known, None)).collect();
            history::record(self.tx, &moves, time::local_date(self.now)).await?;
        }
        Ok(())
    }

    /// The teams by name, with those made that are new, and those in use again that were closed.
    async fn teams(&self, plan: &Plan, roster: &Snapshot) -> Result<Teams> {
        let mut teams = roster.teams.clone();
        let named = plan.added.iter().chain(&plan.changed).filter_map(|it| it.team.clone());
        for (organization, name) in named.collect::<HashSet<_>>() {
            if let Some(known) = teams.get(&(organization, name.clone())) {
                reopen_team(self.tx, self.actor, *known, self.now).await?;
                continue;
            }
            let id = TeamId(Uuid::now_v7());
            let row = team::ActiveModel {
                id: Set(id),
                organization_id: Set(organization),
                name: Set(name.clone()),
                version: Set(1),
                created_at: Set(self.now),
                closed_at: Set(None),
            };
            team::Entity::insert(row).exec_without_returning(self.tx).await?;
            let act = self.actor.did(Event::TeamAdded, id).within(organization);
            audit::record(self.tx, &act, self.now).await?;
            teams.insert((organization, name), id);
        }
        Ok(teams)
    }

    /// Lets go of the numbers that change hands, so that they can be taken in any order.
    async fn free(
        &self,
        freed: Vec<PersonId>,
        changed: impl Iterator<Item = &Change>,
    ) -> Result<()> {
        for some in freed.chunks(AT_ONCE) {
            particulars::Entity::update_many()
                .col_expr(particulars::Column::SealedPhone, Expr::value(None::<Vec<u8>>))
                .col_expr(particulars::Column::PhoneIndex, Expr::value(None::<Vec<u8>>))
                .filter(particulars::Column::PersonId.is_in(some.iter().copied()))
                .exec(self.tx)
                .await?;
        }
        let mut phones = Vec::new();
        let mut id_cards = Vec::new();
        for change in changed {
            phones.extend(change.phone.is_some().then_some(change.person.id));
            id_cards.extend(change.id_card.is_some().then_some(change.person.id));
        }
        let columns = [
            (particulars::Column::PhoneIndex, phones),
            (particulars::Column::IdCardIndex, id_cards),
        ];
        for (column, people) in columns {
            for some in people.chunks(AT_ONCE) {
                particulars::Entity::update_many()
                    .col_expr(column, Expr::value(None::<Vec<u8>>))
                    .filter(particulars::Column::PersonId.is_in(some.iter().copied()))
                    .exec(self.tx)
                    .await?;
            }
        }
        Ok(())
    }

    async fn add(&self, some: &[Change], teams: &Teams) -> Result<()> {
        roster::add(self.tx, some.iter().map(|it| it.person.clone()).collect()).await?;
        let told = some.iter().map(|it| {
            let row = self.particulars(it, teams);
            particulars::ActiveModel { person_id: Set(it.person.id), ..row.filled() }
        });
        particulars::Entity::insert_many(told).exec_without_returning(self.tx).await?;
        let stays = some.iter().map(|it| (it.person.id, Stay::of(&it.person, team_of(it, teams))));
        history::begin(self.tx, stays.collect(), time::local_date(self.now)).await
    }

    async fn change(&self, some: &[Change], teams: &Teams) -> Result<()> {
        let rows = some.iter().map(|it| particulars::ActiveModel {
            person_id: Set(it.person.id),
            ..Particulars::default().filled()
        });
        particulars::Entity::insert_many(rows)
            .on_conflict(OnConflict::column(particulars::Column::PersonId).do_nothing().to_owned())
            .exec_without_returning(self.tx)
            .await?;
        for change in some {
            let before = change.before.as_ref().map(|it| &it.person);
            if let Some(before) = before.filter(|before| **before != change.person) {
                roster::change(self.tx, before, &change.person, self.now).await?;
            }
            let row = self.particulars(change, teams).changed(change.person.id);
            particulars::Entity::update(row).exec(self.tx).await?;
        }
        let moves: Vec<_> = some
            .iter()
            .filter(|it| it.moves)
            .filter_map(|it| {
                let stay = Stay::of(&it.person, team_of(it, teams));
                Some(Move::from(it.before.as_ref()?, it.person.active.then_some(stay)))
            })
            .collect();
        history::record(self.tx, &moves, time::local_date(self.now)).await
    }

    fn particulars(&self, change: &Change, teams: &Teams) -> Particulars {
        let sealed = |what, number: &Option<String>| {
            number.as_ref().map(|it| confidential::seal(self.keys, what, change.person.id, it))
        };
        Particulars {
            team: team_of(change, teams),
            sealed_phone: sealed(Confidential::Phone, &change.phone),
            phone_index: change.phone.as_ref().map(|it| self.indices.phone.hash(it)),
            sealed_id_card: sealed(Confidential::IdCard, &change.id_card),
            id_card_index: change.id_card.as_ref().map(|it| self.indices.id_card.hash(it)),
        }
    }
}

fn team_of(change: &Change, teams: &Teams) -> Option<TeamId> {
    change.team.as_ref().and_then(|name| teams.get(name)).copied()
}

#[derive(Default)]
struct Particulars {
    team: Option<TeamId>,
    sealed_phone: Option<Vec<u8>>,
    phone_index: Option<Vec<u8>>,
    sealed_id_card: Option<Vec<u8>>,
    id_card_index: Option<Vec<u8>>,
}

impl Particulars {
    /// For somebody of whom nothing is known yet.
    fn filled(self) -> particulars::ActiveModel {
        particulars::ActiveModel {
            person_id: NotSet,
            team_id: Set(self.team),
            sealed_phone: Set(self.sealed_phone),
            phone_index: Set(self.phone_index),
            sealed_id_card: Set(self.sealed_id_card),
            id_card_index: Set(self.id_card_index),
        }
    }

    /// For somebody whose numbers stay where no new ones are given.
    fn changed(self, person: PersonId) -> particulars::ActiveModel {
        let new = |it: Option<Vec<u8>>| it.map_or(NotSet, |it| Set(Some(it)));
        particulars::ActiveModel {
            person_id: Unchanged(person),
            team_id: Set(self.team),
            sealed_phone: new(self.sealed_phone),
            phone_index: new(self.phone_index),
            sealed_id_card: new(self.sealed_id_card),
            id_card_index: new(self.id_card_index),
        }
    }
}
