//! What is to be learnt before a course. It is a word to whoever learns, not a lock: nothing that
//! they have begun is taken from them.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder,
};
use shared::courses::{CourseCard, CourseId};

use crate::{
    Result,
    accounts::Caller,
    courses::{
        cards_of,
        entity::course_prerequisite::{ActiveModel, Column, Entity},
    },
    db::{Connection, Transaction},
};

/// Officers who change what comes before a course take turns, so that two changes of which each is
/// sound cannot close a circle together.
pub(super) async fn lock(tx: &Transaction) -> Result<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SELECT pg_advisory_xact_lock(4714)").await?;
    }
    Ok(())
}

/// What each course needs, or each of some, in the order that was chosen.
pub(super) async fn needs(
    db: &Connection,
    only: Option<&[CourseId]>,
) -> Result<HashMap<CourseId, Vec<CourseId>>> {
    let mut find = Entity::find().order_by_asc(Column::Position);
    if let Some(courses) = only {
        find = find.filter(Column::CourseId.is_in(courses.iter().copied()));
    }
    let mut needs = HashMap::<_, Vec<_>>::new();
    for row in find.all(db).await? {
        needs.entry(row.course_id).or_default().push(row.needs_id);
    }
    Ok(needs)
}

pub(super) async fn put(tx: &Transaction, course: CourseId, needs: Vec<CourseId>) -> Result<()> {
    Entity::delete_many().filter(Column::CourseId.eq(course)).exec(tx).await?;
    let rows: Vec<_> = (1..)
        .zip(needs)
        .map(|(position, needs)| ActiveModel {
            course_id: Set(course),
            needs_id: Set(needs),
            position: Set(position),
        })
        .collect();
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Whether a course would have to be learnt before itself.
pub(super) fn leads_back(
    known: &HashMap<CourseId, Vec<CourseId>>,
    course: CourseId,
    chosen: &[CourseId],
) -> bool {
    let mut seen = HashSet::new();
    let mut next = chosen.to_vec();
    while let Some(here) = next.pop() {
        if here == course {
            return true;
        }
        if seen.insert(here) {
            next.extend(known.get(&here).into_iter().flatten());
        }
    }
    false
}

/// What comes before a course and the caller can see and has not completed.
pub(in crate::courses) async fn still_to_come_first(
    db: &Connection,
    caller: &Caller,
    course: CourseId,
) -> Result<Vec<CourseCard>> {
    let needs = needs(db, Some(&[course])).await?.remove(&course).unwrap_or_default();
    let mut cards = cards_of(db, caller, &needs).await?;
    cards.retain(|it| !it.progress.complete());
    Ok(cards)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn nothing_is_to_be_learnt_before_itself() {
        let [a, b, c] = [1, 2, 3].map(|it| CourseId(Uuid::from_u128(it)));
        let known = HashMap::from([(b, vec![c]), (c, vec![])]);
        assert!(leads_back(&known, a, &[a]));
        assert!(!leads_back(&known, a, &[b, c]));
        assert!(leads_back(&known, c, &[b]));
        let circle = HashMap::from([(b, vec![c]), (c, vec![b])]);
        assert!(!leads_back(&circle, a, &[b]), "and it ends");
    }
}
