//! Whom a new version affects: the one rule for the impact sheet, for 差异微课 and for team leaders.
//!
//! A course rests on a clause by a link that is neither 注日期 nor ended. Affected is whoever is on post
//! and has to learn, or began to learn, a course that rests on a clause that changed or is gone.

use std::collections::{BTreeSet, HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use shared::{
    accounts::{PersonCard, PersonId},
    courses::CourseId,
    standards::{
        ClauseKey,
        console::{ChangeKind, LinkState},
    },
};

use super::{
    changes::Pair,
    entity::{link, version},
};
use crate::{
    Result,
    accounts::{Reach, people},
    courses, learning,
};

/// What became of a clause that changed or is gone, under its number.
pub struct Touched {
    pub kind: ChangeKind,
    pub number: String,
    /// Whether it says what has to be done, or said so.
    pub must: bool,
}

/// The clauses that the version before had and that say something else now, or are gone.
pub fn touched(pairs: &[Pair<'_>]) -> HashMap<ClauseKey, Touched> {
    let touched = |pair: &Pair<'_>| {
        let before = pair.before?;
        if !matches!(pair.kind, ChangeKind::Changed | ChangeKind::Deleted) {
            return None;
        }
        let number = if before.number.is_empty() { &before.title } else { &before.number };
        let must = before.must || pair.after.is_some_and(|it| it.must);
        Some((before.key, Touched { kind: pair.kind, number: number.clone(), must }))
    };
    pairs.iter().filter_map(touched).collect()
}

/// The links by which courses that somebody who reaches so far may look at rest on the standard.
pub async fn links(
    db: &impl ConnectionTrait,
    reach: &Reach,
    version: &version::Model,
) -> Result<Vec<link::Model>> {
    Ok(link::Entity::find()
        .filter(link::Column::StandardId.eq(version.standard_id))
        .filter(link::Column::Dated.eq(false))
        .filter(link::Column::State.ne(LinkState::Ended))
        .filter(link::Column::CourseId.in_subquery(courses::readable_ids(reach)))
        .all(db)
        .await?)
}

/// The courses that rest on what is touched.
pub fn courses_of(
    links: &[link::Model],
    touched: &HashMap<ClauseKey, Touched>,
) -> BTreeSet<CourseId> {
    let resting = links.iter().filter(|it| touched.contains_key(&it.clause_key));
    resting.map(|it| it.course_id).collect()
}

/// The people on post within reach to whom one of the courses was given or who began it, by their
/// staff numbers, each with those courses.
pub async fn learners(
    db: &impl ConnectionTrait,
    reach: &Reach,
    ids: impl IntoIterator<Item = CourseId>,
) -> Result<Vec<(PersonCard, HashSet<CourseId>)>> {
    let mut found = HashMap::<PersonId, HashSet<CourseId>>::new();
    for course in ids {
        let given = courses::assigned_to(db, course).await?.into_keys();
        let begun = learning::reached_in(db, course).await?.into_keys();
        for person in given.chain(begun) {
            found.entry(person).or_default().insert(course);
        }
    }
    let on_post: HashSet<PersonId> =
        people::matching(db, reach, &[], &[]).await?.into_iter().collect();
    found.retain(|person, _| on_post.contains(person));
    let mut cards = people::cards_of(db, found.keys().copied().collect()).await?;
    cards.sort_by(|a, b| {
        (&a.organization, &a.staff_number).cmp(&(&b.organization, &b.staff_number))
    });
    let theirs = |it: PersonCard| {
        let courses = found.remove(&it.id).unwrap_or_default();
        (it, courses)
    };
    Ok(cards.into_iter().map(theirs).collect())
}
