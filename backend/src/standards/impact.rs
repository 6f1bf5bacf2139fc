//! Whom and what a new version concerns: courses, questions, people.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use shared::{
    accounts::PersonCard,
    courses::CourseId,
    standards::console::{ChangeKind, Impact, ImpactCourse, ImpactItem, ImpactQuestion},
};

use super::{
    affected::{self, Touched},
    carrying,
    changes::{Comparison, Pair, worked_out},
    difference::{self, Progress},
    entity::{link, version},
    links,
};
use crate::{Result, accounts::Reach, courses, db::Connection};

/// The impact, and the people one by one.
pub struct Concerned {
    pub impact: Impact,
    /// Each with the courses that concern them.
    pub people: Vec<(PersonCard, Vec<String>)>,
    /// What they did of the 差异微课, where there is one.
    pub difference: Option<Progress>,
}

/// What a version changes for those who reach so far.
pub async fn of(
    db: &Connection,
    reach: &Reach,
    version: &version::Model,
    today: NaiveDate,
) -> Result<Concerned> {
    let comparison = Comparison::of(db, version).await?;
    let work = move || {
        let pairs = comparison.pairs();
        (counted(&pairs), affected::touched(&pairs))
    };
    let (mut impact, touched) = worked_out(work).await?;
    let to_carry = carrying::to_carry(db, version, reach).await?;
    impact.to_carry = u32::try_from(to_carry.len()).unwrap_or(u32::MAX);
    let links = affected::links(db, reach, version).await?;
    let learners = affected::people(db, reach, version, (&links, &touched)).await?;
    let links: Vec<(&link::Model, &Touched)> =
        links.iter().filter_map(|it| Some((it, touched.get(&it.clause_key)?))).collect();
    let by_course = by_course(&links);
    let ids: Vec<CourseId> = by_course.keys().copied().collect();
    let titles = courses::titles(db, &ids).await?;
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
    impact.questions = questions(db, reach, &links, &titles).await?;
    impact.items = items(db, reach, &links, &titles).await?;
    impact.people = u32::try_from(learners.len()).unwrap_or(u32::MAX);
    let difference = Progress::of(db, reach, version).await?;
    let ids = learners.iter().map(|it| it.0.id);
    impact.difference = difference.as_ref().map(|it| it.shown(version, ids, today));
    if difference.is_none() {
        impact.difference_elsewhere = difference::maker(db, version.id).await?;
    }
    let named = |ids: HashSet<CourseId>| {
        let mut names: Vec<String> = ids.iter().filter_map(|it| titles.get(it).cloned()).collect();
        names.sort();
        names
    };
    let people = learners.into_iter().map(|(person, ids)| (person, named(ids))).collect();
    Ok(Concerned { impact, people, difference })
}

fn counted(pairs: &[Pair<'_>]) -> Impact {
    let mut impact = Impact::default();
    for pair in pairs {
        match pair.kind {
            ChangeKind::Same => impact.same += 1,
            ChangeKind::Changed => impact.changed += 1,
            ChangeKind::Added => impact.added += 1,
            ChangeKind::Deleted => impact.deleted += 1,
        }
    }
    impact
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
    db: &Connection,
    reach: &Reach,
    links: &[(&link::Model, &Touched)],
    titles: &HashMap<CourseId, String>,
) -> Result<Vec<ImpactQuestion>> {
    let managed = courses::owned(db, reach).await?.into_iter().map(|it| it.id).collect();
    let rows: Vec<&link::Model> = links.iter().map(|it| it.0).collect();
    let stems = links::question_texts(db, &rows, &managed).await?;
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

async fn items(
    db: &Connection,
    reach: &Reach,
    links: &[(&link::Model, &Touched)],
    titles: &HashMap<CourseId, String>,
) -> Result<Vec<ImpactItem>> {
    let with_items = links.iter().filter(|it| it.0.item_id.is_some());
    let with_items: BTreeSet<CourseId> = with_items.map(|it| it.0.course_id).collect();
    let with_items: Vec<CourseId> = with_items.into_iter().collect();
    let texts = courses::item_texts(db, reach, &with_items).await?;
    let item = |(link, touched): &(&link::Model, &Touched)| {
        let id = link.item_id?;
        Some(ImpactItem {
            id,
            course: titles.get(&link.course_id).cloned().unwrap_or_default(),
            text: texts.get(&(link.course_id, id))?.clone(),
            number: touched.number.clone(),
            change: touched.kind,
        })
    };
    Ok(links.iter().filter_map(item).collect())
}
