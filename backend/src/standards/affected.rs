//! Whom a new version affects: the one rule for the impact sheet, for 差异微课 and for team leaders.
//!
//! A course rests on a clause by a link that is neither 注日期 nor ended. Affected is whoever is on post
//! and has to learn, or began to learn, a course that rests on a clause that changed or is gone, and did
//! not learn meanwhile what that clause says now.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use shared::{
    accounts::{PersonCard, PersonId},
    courses::CourseId,
    standards::{
        ClauseKey, StandardId,
        console::{ChangeKind, LinkState},
    },
};

use super::{
    changes::{Comparison, Pair, worked_out},
    entity::{clause, link, version},
    relearned::Relearned,
};
use crate::{
    Result,
    accounts::{Reach, people},
    courses,
    db::Connection,
    learning,
};

/// What became of a clause that changed or is gone, under its number.
pub struct Touched {
    pub kind: ChangeKind,
    pub number: String,
    /// Whether it says what has to be done, or said so.
    pub must: bool,
}

/// Those of the clauses that a version touches, by their keys.
pub type AllTouched = HashMap<ClauseKey, Touched>;

/// The clauses that the version before had and that say something else now, or are gone.
pub fn touched(pairs: &[Pair<'_>]) -> AllTouched {
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

/// The same of all that a version touches.
pub async fn all_touched(db: &Connection, version: &version::Model) -> Result<AllTouched> {
    let comparison = Comparison::of(db, version).await?;
    worked_out(move || touched(&comparison.pairs())).await
}

/// The same of these clauses only, by a confirmed version: nothing else of it is read.
pub async fn touched_of(
    db: &Connection,
    version: &version::Model,
    keys: BTreeSet<ClauseKey>,
) -> Result<AllTouched> {
    let Some(former) = version.supersedes else { return Ok(HashMap::new()) };
    let keys: Vec<ClauseKey> = keys.into_iter().collect();
    let (mut before, mut after) = (Vec::new(), HashMap::new());
    for some in keys.chunks(500) {
        let of = |id| {
            let of_version = clause::Entity::find().filter(clause::Column::VersionId.eq(id));
            of_version.filter(clause::Column::Key.is_in(some.iter().copied()))
        };
        before.extend(of(former).all(db).await?);
        after.extend(of(version.id).all(db).await?.into_iter().map(|it| (it.key, it)));
    }
    let compare = move || {
        let pairs: Vec<Pair<'_>> =
            before.iter().map(|it| Pair::of(Some(it), after.get(&it.key))).collect();
        touched(&pairs)
    };
    worked_out(compare).await
}

/// On the table of links: those by which a course rests on a clause, whatever the version.
fn resting() -> Condition {
    Condition::all()
        .add(link::Column::Dated.eq(false))
        .add(link::Column::State.ne(LinkState::Ended))
}

/// The links by which courses that somebody who reaches so far may look at rest on the standard.
pub async fn links(
    db: &Connection,
    reach: &Reach,
    version: &version::Model,
) -> Result<Vec<link::Model>> {
    Ok(link::Entity::find()
        .filter(resting())
        .filter(link::Column::StandardId.eq(version.standard_id))
        .filter(link::Column::CourseId.in_subquery(courses::readable_ids(reach)))
        .all(db)
        .await?)
}

/// The links by which courses rest on some standards that somebody on post within reach has to learn or
/// began, by standard. Whoever learned what nobody learns any more is affected all the same.
pub async fn links_of_people(
    db: &Connection,
    reach: &Reach,
    standards: BTreeSet<StandardId>,
) -> Result<HashMap<StandardId, Vec<link::Model>>> {
    let people = people::on_post(reach);
    let theirs = Condition::any()
        .add(link::Column::CourseId.in_subquery(courses::assigned_ids(&people)))
        .add(link::Column::CourseId.in_subquery(learning::begun_ids(&people)));
    let find = link::Entity::find()
        .filter(resting())
        .filter(link::Column::StandardId.is_in(standards))
        .filter(theirs);
    let mut found = HashMap::<_, Vec<_>>::new();
    for link in find.all(db).await? {
        found.entry(link.standard_id).or_default().push(link);
    }
    Ok(found)
}

/// The people on post within reach whom a version affects by these links, by their staff numbers, each
/// with the courses that concern them.
pub async fn people(
    db: &Connection,
    reach: &Reach,
    version: &version::Model,
    (links, touched): (&[link::Model], &AllTouched),
) -> Result<Vec<(PersonCard, HashSet<CourseId>)>> {
    let resting = links.iter().filter(|it| touched.contains_key(&it.clause_key));
    let mut clauses = BTreeMap::<CourseId, BTreeSet<ClauseKey>>::new();
    for link in resting.clone() {
        clauses.entry(link.course_id).or_default().insert(link.clause_key);
    }
    if clauses.is_empty() {
        return Ok(Vec::new());
    }
    let (on_post, ids) = (people::on_post(reach), clauses.keys().copied().collect::<Vec<_>>());
    let given = courses::assigned_among(db, &on_post, &ids).await?;
    let begun = learning::begun_among(db, &on_post, &ids).await?;
    let relearned = Relearned::of(db, &on_post, version, resting.collect()).await?;
    let mut found = HashMap::<PersonId, HashSet<CourseId>>::new();
    for (person, course) in given.into_iter().chain(begun) {
        if clauses[&course].iter().any(|clause| !relearned.has(person, *clause)) {
            found.entry(person).or_default().insert(course);
        }
    }
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
