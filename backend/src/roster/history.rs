//! Who worked where from when to when. The current state stands with the person; this is what it
//! was on any day, so that results stay with the place they were reached in.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, sea_query::Expr,
};
use shared::{
    accounts::PersonId,
    organizations::{OrganizationId, PostId},
    roster::TeamId,
    time,
};
use std::collections::HashMap;
use uuid::Uuid;

use super::{entity::membership, planned, snapshot::Known};
use crate::{
    Result,
    accounts::entity::person,
    db::{Connection, Transaction},
};

/// Rows in one statement.
const AT_ONCE: usize = 500;

/// Where somebody works, and at what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    pub organization: OrganizationId,
    pub team: Option<TeamId>,
    pub post: Option<PostId>,
}

impl Stay {
    pub fn of(person: &person::Model, team: Option<TeamId>) -> Self {
        Self { organization: person.organization_id, team, post: person.post_id }
    }

    fn row(
        self,
        person: PersonId,
        from_on: NaiveDate,
        to_on: Option<NaiveDate>,
    ) -> membership::Model {
        membership::Model {
            id: Uuid::now_v7(),
            person_id: person,
            organization_id: self.organization,
            team_id: self.team,
            post_id: self.post,
            from_on,
            to_on,
        }
    }
}

/// A change of where somebody works.
pub struct Move {
    pub person: PersonId,
    /// Where they are until then, and since when at the earliest; nothing for somebody off post.
    pub before: Option<(Stay, NaiveDate)>,
    /// Where they are from then on; nothing for somebody who leaves.
    pub after: Option<Stay>,
}

impl Move {
    pub fn from(known: &Known, after: Option<Stay>) -> Self {
        let before = known.person.active.then(|| {
            (Stay::of(&known.person, known.team), time::local_date(known.person.created_at))
        });
        Self { person: known.person.id, before, after }
    }
}

/// Writes down what changes on a day. Whoever leaves does not come back because of what was planned.
pub async fn record(tx: &Transaction, moves: &[Move], on: NaiveDate) -> Result<()> {
    for some in moves.chunks(AT_ONCE) {
        let leavers = some.iter().filter(|it| it.after.is_none()).map(|it| it.person);
        planned::forget(tx, leavers.collect()).await?;
        let current = current(tx, some).await?;
        let mut rows = Vec::with_capacity(some.len());
        for it in some {
            if let (None, Some((stay, since))) = (current.get(&it.person), it.before)
                && since < on
            {
                // Whoever came by another way than the roster has no history yet.
                rows.push(stay.row(it.person, since, Some(on)));
            }
            rows.extend(it.after.map(|stay| stay.row(it.person, on, None)));
        }
        end(tx, current.into_keys().collect(), on).await?;
        if !rows.is_empty() {
            insert(tx, rows).await?;
        }
    }
    Ok(())
}

async fn current(tx: &Transaction, moves: &[Move]) -> Result<HashMap<PersonId, membership::Model>> {
    let ids = moves.iter().filter(|it| it.before.is_some()).map(|it| it.person);
    let found = membership::Entity::find()
        .filter(membership::Column::PersonId.is_in(ids))
        .filter(membership::Column::ToOn.is_null())
        .all(tx)
        .await?;
    Ok(found.into_iter().map(|it| (it.person_id, it)).collect())
}

/// Ends what lasts. What began on that very day was never so.
async fn end(tx: &Transaction, people: Vec<PersonId>, on: NaiveDate) -> Result<()> {
    let of_them = Condition::all()
        .add(membership::Column::PersonId.is_in(people))
        .add(membership::Column::ToOn.is_null());
    membership::Entity::delete_many()
        .filter(of_them.clone())
        .filter(membership::Column::FromOn.gte(on))
        .exec(tx)
        .await?;
    membership::Entity::update_many()
        .col_expr(membership::Column::ToOn, Expr::value(on))
        .filter(of_them)
        .exec(tx)
        .await?;
    Ok(())
}

/// The history of one person, the latest first.
pub async fn of(db: &Connection, person: PersonId) -> Result<Vec<membership::Model>> {
    let find = membership::Entity::find().filter(membership::Column::PersonId.eq(person));
    let find = find.order_by_desc(membership::Column::FromOn);
    Ok(find.order_by_desc(membership::Column::Id).all(db).await?)
}

/// Begins the history of people who are new.
pub async fn begin(tx: &Transaction, stays: Vec<(PersonId, Stay)>, on: NaiveDate) -> Result<()> {
    let rows = stays.into_iter().map(|(person, stay)| stay.row(person, on, None));
    insert(tx, rows).await
}

async fn insert(tx: &Transaction, rows: impl IntoIterator<Item = membership::Model>) -> Result<()> {
    let rows = rows.into_iter().map(|it| it.into_active_model().reset_all());
    membership::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}
