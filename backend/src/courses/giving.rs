//! Giving a course to people, however they were found.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use shared::{
    accounts::{PersonId, SignInId},
    authoring::{Assignment, AssignmentId},
    courses::{CourseId, CourseStatus},
    time::local_date,
};
use uuid::Uuid;

use super::{
    assignments::assigned_to,
    entity::{assignment, assignment_person},
    fields::Fields,
    managed, visible,
};
use crate::{App, Result, accounts::step_up, db::Transaction, notifications};

/// A course for more people at once is given only by somebody who has just proven who they are.
const MANY: usize = 100;

/// What is given to whom.
#[derive(Debug, Clone)]
pub struct Giving {
    pub course: CourseId,
    /// To whom, in words.
    pub target: String,
    pub due_on: NaiveDate,
    pub people: Vec<PersonId>,
}

/// Lets through whoever may give a course to so many people at once.
///
/// # Errors
/// `step_up_required`
pub async fn check_many(app: &App, sign_in: SignInId, people: usize) -> Result<()> {
    if people > MANY {
        step_up::check(app, sign_in).await?;
    }
    Ok(())
}

/// Gives a published course to those of the people who do not have it yet, and tells them; nothing
/// where all of them do.
///
/// # Errors
/// `invalid_request` for an unpublished course or a date that is over.
pub async fn give_to_others(
    tx: &Transaction,
    mut giving: Giving,
    by: Option<PersonId>,
    now: DateTime<Utc>,
) -> Result<Option<Assignment>> {
    let course = managed::lock(tx, giving.course).await?;
    let mut fields = Fields::default();
    check(&mut fields, course.status, giving.due_on, local_date(now));
    fields.done()?;
    let have = assigned_to(tx, giving.course).await?;
    giving.people.retain(|person| !have.contains_key(person));
    if giving.people.is_empty() {
        return Ok(None);
    }
    give(tx, giving, by, now).await.map(Some)
}

/// What is wrong with giving a course of this status until then.
pub(super) fn check(
    fields: &mut Fields,
    status: CourseStatus,
    due_on: NaiveDate,
    today: NaiveDate,
) {
    if status != CourseStatus::Published {
        fields.refuse("course", "课程还没有发布，发布以后再布置");
    }
    if due_on < today {
        fields.refuse("due_on", "完成日期已经过了，请选今天或以后的日期");
    }
    // Dates that people mean; PostgreSQL does not know all that can be written.
    if due_on > today + chrono::TimeDelta::days(3660) {
        fields.refuse("due_on", "完成日期太远了，请选十年以内的日期");
    }
}

/// Writes down that they have it, and tells them.
pub(super) async fn give(
    tx: &Transaction,
    giving: Giving,
    by: Option<PersonId>,
    now: DateTime<Utc>,
) -> Result<Assignment> {
    let Giving { course, target, due_on, people } = giving;
    let row = assignment::ActiveModel {
        id: Set(AssignmentId(Uuid::now_v7())),
        course_id: Set(course),
        target: Set(target),
        due_on: Set(due_on),
        people: Set(i32::try_from(people.len()).unwrap_or(i32::MAX)),
        created_by: Set(by),
        created_at: Set(now),
    };
    let made = row.insert(tx).await?;
    for some in people.chunks(500) {
        let rows = some.iter().map(|person| assignment_person::ActiveModel {
            assignment_id: Set(made.id),
            person_id: Set(*person),
        });
        assignment_person::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    let title = visible::title(tx, course).await?;
    notifications::course_assigned(tx, made.id, course, &title, due_on, &people, now).await?;
    Ok(made.into())
}
