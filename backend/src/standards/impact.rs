//! Whom and what a new version concerns: courses, questions, people.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use shared::{
    accounts::{PersonCard, PersonId},
    courses::CourseId,
    quizzes::QuestionId,
    standards::{ClauseKey, console::*},
};

use super::{
    changes::Comparison,
    entity::{link, version},
    moving,
};
use crate::{
    Result,
    accounts::{Reach, people},
    courses, learning, quizzes,
};

/// The impact, and the people one by one.
pub struct Concerned {
    pub impact: Impact,
    /// Each with the courses that concern them.
    pub people: Vec<(PersonCard, Vec<String>)>,
}

/// What became of a clause that changed or is gone, under its number.
struct Touched {
    kind: ChangeKind,
    number: String,
}

pub async fn of(
    db: &impl ConnectionTrait,
    reach: &Reach,
    version: &version::Model,
) -> Result<Concerned> {
    let (mut impact, touched) = touched(db, version).await?;
    let to_carry = moving::to_carry(db, version, reach).await?;
    impact.to_carry = u32::try_from(to_carry.len()).unwrap_or(u32::MAX);
    let links = link::Entity::find()
        .filter(link::Column::StandardId.eq(version.standard_id))
        .filter(link::Column::Dated.eq(false))
        .filter(link::Column::State.ne(LinkState::Ended))
        .filter(link::Column::CourseId.in_subquery(courses::readable_ids(reach)))
        .all(db)
        .await?;
    let links: Vec<(&link::Model, &Touched)> =
        links.iter().filter_map(|it| Some((it, touched.get(&it.clause_key)?))).collect();
    let by_course = by_course(&links);
    let ids: Vec<CourseId> = by_course.keys().copied().collect();
    let titles = courses::titles(db, &ids).await?;
    let learners = learners(db, reach, &ids).await?;
    let count = |course: &CourseId| learners.iter().filter(|it| it.1.contains(course)).count();
    impact.courses = by_course
        .into_iter()
        .map(|(id, (changed, deleted))| ImpactCourse {
            people: u32::try_from(count(&id)).unwrap_or(u32::MAX),
            title: titles.get(&id).cloned().unwrap_or_default(),
            id,
            changed,
            deleted,
        })
        .collect();
    impact.courses.sort_by(|a, b| a.title.cmp(&b.title));
    impact.questions = questions(db, &links, &titles).await?;
    impact.people = u32::try_from(learners.len()).unwrap_or(u32::MAX);
    let named = |ids: HashSet<CourseId>| {
        let mut names: Vec<String> = ids.iter().filter_map(|it| titles.get(it).cloned()).collect();
        names.sort();
        names
    };
    let people = learners.into_iter().map(|(person, ids)| (person, named(ids))).collect();
    Ok(Concerned { impact, people })
}

async fn touched(
    db: &impl ConnectionTrait,
    version: &version::Model,
) -> Result<(Impact, HashMap<ClauseKey, Touched>)> {
    let (mut impact, mut touched) = (Impact::default(), HashMap::new());
    let comparison = Comparison::of(db, version).await?;
    for pair in comparison.pairs() {
        match pair.kind {
            ChangeKind::Same => impact.same += 1,
            ChangeKind::Changed => impact.changed += 1,
            ChangeKind::Added => impact.added += 1,
            ChangeKind::Deleted => impact.deleted += 1,
        }
        if let (Some(before), ChangeKind::Changed | ChangeKind::Deleted) = (pair.before, pair.kind)
        {
            let number = if before.number.is_empty() { &before.title } else { &before.number };
            touched.insert(before.key, Touched { kind: pair.kind, number: number.clone() });
        }
    }
    Ok((impact, touched))
}

/// The numbers of what changed and of what is gone, for each course.
fn by_course(links: &[(&link::Model, &Touched)]) -> BTreeMap<CourseId, (Vec<String>, Vec<String>)> {
    let mut found = BTreeMap::<CourseId, (BTreeSet<String>, BTreeSet<String>)>::new();
    for (link, touched) in links {
        let (changed, deleted) = found.entry(link.course_id).or_default();
        let numbers = if touched.kind == ChangeKind::Deleted { deleted } else { changed };
        numbers.insert(touched.number.clone());
    }
    let listed = |it: BTreeSet<String>| it.into_iter().collect();
    found.into_iter().map(|(id, (one, other))| (id, (listed(one), listed(other)))).collect()
}

async fn questions(
    db: &impl ConnectionTrait,
    links: &[(&link::Model, &Touched)],
    titles: &HashMap<CourseId, String>,
) -> Result<Vec<ImpactQuestion>> {
    let ids: Vec<QuestionId> = links.iter().filter_map(|it| it.0.question_id).collect();
    let stems = quizzes::stems(db, &ids).await?;
    let question = |(link, touched): &(&link::Model, &Touched)| {
        let id = link.question_id?;
        Some(ImpactQuestion {
            id,
            course: titles.get(&link.course_id).cloned().unwrap_or_default(),
            stem: stems.get(&id)?.clone(),
            number: touched.number.clone(),
            change: touched.kind,
        })
    };
    Ok(links.iter().filter_map(question).collect())
}

/// The people within reach to whom one of the courses was given or who began it.
async fn learners(
    db: &impl ConnectionTrait,
    reach: &Reach,
    ids: &[CourseId],
) -> Result<Vec<(PersonCard, HashSet<CourseId>)>> {
    let mut found = HashMap::<PersonId, HashSet<CourseId>>::new();
    for course in ids {
        let given = courses::assigned_to(db, *course).await?.into_keys();
        let begun = learning::reached_in(db, *course).await?.into_keys();
        for person in given.chain(begun) {
            found.entry(person).or_default().insert(*course);
        }
    }
    let mut cards = people::reached_cards_of(db, reach, found.keys().copied().collect()).await?;
    cards.sort_by(|a, b| {
        (&a.organization, &a.staff_number).cmp(&(&b.organization, &b.staff_number))
    });
    let theirs = |it: PersonCard| {
        let courses = found.remove(&it.id).unwrap_or_default();
        (it, courses)
    };
    Ok(cards.into_iter().map(theirs).collect())
}
