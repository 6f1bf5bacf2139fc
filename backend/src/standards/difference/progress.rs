//! How far people are with the 差异微课 of a version: whether there is one, who was given it, who has
//! done it.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use chrono::{Days, NaiveDate};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    accounts::PersonId,
    courses::{CourseId, CourseStatus},
    organizations::OrganizationKind,
    standards::{StandardVersionId, console::DifferenceCourse},
};

use crate::{
    Result,
    accounts::Reach,
    courses::{self, Head},
    db::{Connection, Transaction},
    learning::Completion,
    organizations, quizzes,
    standards::entity::{difference_course, version},
};

/// The courses that say what a version changed and are for one who reaches so far; those that were removed
/// or retired are not. First comes the published one that most people were given, for everybody the same.
pub async fn courses_of(
    db: &Connection,
    reach: &Reach,
    version: StandardVersionId,
) -> Result<Vec<Head>> {
    let mut found = all(db, version).await?;
    found.retain(|it| it.is_readable(reach));
    let mut given = HashMap::new();
    if found.len() > 1 {
        for course in &found {
            given.insert(course.id, courses::assigned_to(db, course.id).await?.len());
        }
    }
    let people = |it: &Head| given.get(&it.id).copied();
    found.sort_by_key(|it| (it.status != CourseStatus::Published, Reverse(people(it)), it.id));
    Ok(found)
}

async fn all(db: &Connection, version: StandardVersionId) -> Result<Vec<Head>> {
    let this = difference_course::Column::VersionId.eq(version);
    let rows = difference_course::Entity::find().filter(this).all(db).await?;
    let ids: Vec<CourseId> = rows.into_iter().map(|it| it.course_id).collect();
    let mut found = courses::heads(db, &ids).await?;
    found.sort_by_key(|it| it.id);
    Ok(found)
}

/// Notes that a course is one of them.
pub async fn keep(tx: &Transaction, version: StandardVersionId, course: CourseId) -> Result<()> {
    let row = difference_course::ActiveModel { version_id: Set(version), course_id: Set(course) };
    difference_course::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Until when it is best done: the day before 实施日期, or in a week where that is over.
pub fn due_on(version: &version::Model, today: NaiveDate) -> NaiveDate {
    let before = version.effective_on.and_then(|it| it.pred_opt()).filter(|it| *it >= today);
    before.or_else(|| today.checked_add_days(Days::new(7))).unwrap_or(today)
}

/// Who makes one, of interest where there is none for whoever asks.
pub async fn maker(db: &Connection, version: StandardVersionId) -> Result<Option<String>> {
    let Some(course) = all(db, version).await?.into_iter().next() else { return Ok(None) };
    let Some(owner) = course.organization else {
        return Ok(Some(OrganizationKind::Bureau.label().to_owned()));
    };
    let names = organizations::organization_names(db).await?;
    Ok(Some(names.get(&owner).cloned().unwrap_or_default()))
}

/// The course and what people did of it, or of another one of the same version: whoever has done one need
/// not do the other.
pub struct Progress {
    /// The first of [`courses_of`].
    pub course: Head,
    questions: u32,
    assigned: HashSet<PersonId>,
    /// Of those that can be learned.
    completions: Vec<Completion>,
}

impl Progress {
    /// Nothing where there is no such course, or it is not for one who reaches so far.
    pub async fn of(
        db: &Connection,
        reach: &Reach,
        version: &version::Model,
    ) -> Result<Option<Self>> {
        let found = courses_of(db, reach, version.id).await?;
        let Some(course) = found.first().cloned() else { return Ok(None) };
        let questions = quizzes::written(db, course.id).await?.unwrap_or_default();
        let mut progress =
            Self { course, questions, assigned: HashSet::new(), completions: Vec::new() };
        for course in found.iter().filter(|it| it.status == CourseStatus::Published) {
            progress.assigned.extend(courses::assigned_to(db, course.id).await?.into_keys());
            progress.completions.push(Completion::of(db, course.id).await?);
        }
        Ok(Some(progress))
    }

    pub fn is_given_to(&self, person: PersonId) -> bool {
        self.assigned.contains(&person)
    }

    /// Whether somebody has done all that one of them asks.
    pub fn is_done_by(&self, person: PersonId) -> bool {
        self.completions.iter().any(|it| it.has(person))
    }

    /// Whether somebody was given it, or has done it without.
    pub fn needs_nothing(&self, person: PersonId) -> bool {
        self.is_given_to(person) || self.is_done_by(person)
    }

    /// As officers see it, counting these people.
    pub fn shown(
        &self,
        version: &version::Model,
        affected: impl Iterator<Item = PersonId> + Clone,
        today: NaiveDate,
    ) -> DifferenceCourse {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        DifferenceCourse {
            course: self.course.id,
            title: self.course.title.clone(),
            status: self.course.status,
            review: self.course.review,
            questions: self.questions,
            assigned: count(affected.clone().filter(|it| self.is_given_to(*it)).count()),
            finished: count(affected.clone().filter(|it| self.is_done_by(*it)).count()),
            waiting: count(affected.filter(|it| !self.needs_nothing(*it)).count()),
            due_on: due_on(version, today),
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::standards::{StandardId, VersionStage, console::VersionImport};
    use uuid::Uuid;

    use super::*;

    fn version(effective_on: Option<&str>) -> version::Model {
        version::Model {
            id: StandardVersionId(Uuid::nil()),
            standard_id: StandardId(Uuid::nil()),
            label: String::new(),
            published_on: None,
            effective_on: effective_on.map(|it| it.parse().unwrap()),
            withdrawn_on: None,
            supersedes: None,
            stage: VersionStage::Upcoming,
            import: VersionImport::Confirmed,
            done: 0,
            total: 0,
            message: None,
            revision: 0,
            file_name: String::new(),
            file_hash: Vec::new(),
            clauses: 0,
            musts: 0,
            created_by: None,
            created_at: chrono::DateTime::UNIX_EPOCH,
            confirmed_by: None,
            confirmed_at: None,
        }
    }

    #[test]
    fn it_is_due_the_day_before_the_version_comes_into_force_or_in_a_week() {
        let today = "2026-11-26".parse().unwrap();
        for (effective_on, due) in [
            (Some("2027-01-01"), "2026-12-31"),
            (Some("2026-11-27"), "2026-11-26"),
            (Some("2026-11-26"), "2026-12-03"),
            (Some("2026-06-01"), "2026-12-03"),
            (None, "2026-12-03"),
        ] {
            assert_eq!(due_on(&version(effective_on), today).to_string(), due);
        }
    }
}
