//! How far people are with the 差异微课 of a version: whether there is one, who was given it, who has
//! done it.

use std::collections::HashSet;

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

/// The course that says what a version changed; nothing where it was removed or retired.
pub async fn course_of(db: &Connection, version: StandardVersionId) -> Result<Option<Head>> {
    match difference_course::Entity::find_by_id(version).one(db).await? {
        Some(row) => courses::head(db, row.course_id).await,
        None => Ok(None),
    }
}

/// Notes which course that is, in place of one that is no longer in use.
pub async fn keep(tx: &Transaction, version: StandardVersionId, course: CourseId) -> Result<()> {
    let this = difference_course::Column::VersionId.eq(version);
    difference_course::Entity::delete_many().filter(this).exec(tx).await?;
    let row = difference_course::ActiveModel { version_id: Set(version), course_id: Set(course) };
    difference_course::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Until when it is best done: the day before 实施日期, or in a week where that is over.
pub fn due_on(version: &version::Model, today: NaiveDate) -> NaiveDate {
    let before = version.effective_on.and_then(|it| it.pred_opt()).filter(|it| *it >= today);
    before.or_else(|| today.checked_add_days(Days::new(7))).unwrap_or(today)
}

/// Who makes the course of a version, where it is not published yet and not for one who reaches so far.
pub async fn elsewhere(
    db: &Connection,
    reach: &Reach,
    version: StandardVersionId,
) -> Result<Option<String>> {
    let course = course_of(db, version).await?.filter(|it| !it.is_readable(reach));
    let Some(course) = course else { return Ok(None) };
    let Some(owner) = course.organization else {
        return Ok(Some(OrganizationKind::Bureau.label().to_owned()));
    };
    let names = organizations::organization_names(db).await?;
    Ok(Some(names.get(&owner).cloned().unwrap_or_default()))
}

/// The course and what people did of it.
pub struct Progress {
    pub course: Head,
    questions: u32,
    assigned: HashSet<PersonId>,
    /// Absent while nobody can learn it.
    completion: Option<Completion>,
}

impl Progress {
    /// Nothing where there is no such course, or it is not for one who reaches so far.
    pub async fn of(
        db: &Connection,
        reach: &Reach,
        version: &version::Model,
    ) -> Result<Option<Self>> {
        let course = course_of(db, version.id).await?.filter(|it| it.is_readable(reach));
        let Some(course) = course else { return Ok(None) };
        let completion = match course.status {
            CourseStatus::Published => Some(Completion::of(db, course.id).await?),
            CourseStatus::Draft | CourseStatus::Retired => None,
        };
        Ok(Some(Self {
            questions: quizzes::written(db, course.id).await?.unwrap_or_default(),
            assigned: courses::assigned_to(db, course.id).await?.into_keys().collect(),
            completion,
            course,
        }))
    }

    pub fn is_given_to(&self, person: PersonId) -> bool {
        self.assigned.contains(&person)
    }

    /// Whether somebody has done all that it asks.
    pub fn is_done_by(&self, person: PersonId) -> bool {
        self.completion.as_ref().is_some_and(|it| it.has(person))
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
