//! 提问: what learners ask the instructors about a lesson. The answer is in their inbox.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use shared::{
    accounts::{PersonId, Role},
    courses::CourseId,
    organizations::OrganizationId,
    problem::{Code, Problem},
};
use uuid::Uuid;

use super::{
    entity::enquiry::{ActiveModel, Column, Entity, Model},
    texts::{self, Typed},
};
use crate::{
    Result,
    accounts::{Caller, Reach, who_reach_course},
    audit::{self, Actor, Event},
    courses::{self, entity::course},
    db::{Connection, Transaction},
    notifications,
};

/// Who answers: the instructors or, where a question reaches none, the officers.
pub(super) const ANSWERING: [Role; 2] = [Role::Instructor, Role::TrainingOfficer];

const LONGEST: usize = 500;
/// Questions of one person that wait for an answer.
const OPEN: u64 = 10;
/// Questions shown at once.
const SHOWN: u64 = 100;

/// Puts a question to the instructors. From the same form again it is the same question, which says
/// what came last; once it was answered, it is another one.
///
/// # Errors
/// `invalid_request` for an empty or too long question, or where ten wait for an answer.
pub(super) async fn ask(
    tx: &Transaction,
    (typed, organization): (Typed, OrganizationId),
    now: DateTime<Utc>,
) -> Result<()> {
    let Typed { person, lesson, course, text, mut form } = typed;
    let text = texts::said("question", text, LONGEST)?;
    if form.is_some() {
        let find = Entity::find().filter(Column::PersonId.eq(person)).filter(Column::Form.eq(form));
        match find.one(tx).await? {
            Some(same) if same.text == text => return Ok(()),
            Some(same) if same.answered_at.is_none() => return reword(tx, same.id, text).await,
            Some(_) => form = None,
            None => {}
        }
    }
    let open =
        Entity::find().filter(Column::PersonId.eq(person)).filter(Column::AnsweredAt.is_null());
    if open.count(tx).await? >= OPEN {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("question", "已经有十个问题在等答复，请等一等再问").into());
    }
    let row = ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person),
        course_id: Set(course),
        lesson_id: Set(lesson),
        text: Set(text),
        asked_at: Set(now),
        answer: Set(None),
        answered_by: Set(None),
        answered_at: Set(None),
        form: Set(form),
    };
    // The same form may arrive twice at once.
    let once = OnConflict::columns([Column::PersonId, Column::Form]).do_nothing().to_owned();
    let asked = Entity::insert(row).on_conflict(once).exec_without_returning(tx).await?;
    if asked == 0 {
        return Ok(());
    }
    tell(tx, (person, organization), course, now).await
}

async fn reword(tx: &Transaction, id: Uuid, text: String) -> Result<()> {
    let open = Entity::update_many()
        .col_expr(Column::Text, Expr::value(text))
        .filter(Column::Id.eq(id))
        .filter(Column::AnsweredAt.is_null());
    open.exec(tx).await?;
    Ok(())
}

/// Tells those who answer first of all whom a question reaches.
async fn tell(
    tx: &Transaction,
    (asker, organization): (PersonId, OrganizationId),
    course: CourseId,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some(found) = course::Entity::find_by_id(course).one(tx).await? else { return Ok(()) };
    for role in ANSWERING {
        // By the course, or by who asks.
        let mut people = who_reach_course(tx, role, course, found.organization_id).await?;
        people.extend(who_reach_course(tx, role, course, Some(organization)).await?);
        people.sort_unstable();
        people.dedup();
        people.retain(|it| *it != asker);
        if !people.is_empty() {
            return notifications::enquiry_asked(tx, (course, &found.title), &people, now).await;
        }
    }
    Ok(())
}

/// Somebody's own questions, the newest first.
pub(super) async fn of(db: &Connection, person: PersonId) -> Result<Vec<Model>> {
    let find = Entity::find().filter(Column::PersonId.eq(person));
    Ok(find.order_by_desc(Column::Id).all(db).await?)
}

/// How far somebody answers, as whichever of them.
pub(super) fn reach(caller: &Caller) -> Reach {
    caller.reach_of_any(&ANSWERING)
}

/// About courses in reach, or asked by people in reach.
async fn reached(db: &Connection, reach: &Reach) -> Result<Condition> {
    if reach.is_everything() {
        return Ok(Condition::all());
    }
    let courses = courses::owned(db, reach).await?.into_iter().map(|it| it.id);
    Ok(Condition::any()
        .add(Column::CourseId.is_in(courses))
        .add(Column::PersonId.in_subquery(reach.people())))
}

/// What waits for an answer, the oldest first, and what was answered lately.
pub(super) async fn to_answer(db: &Connection, reach: &Reach) -> Result<(Vec<Model>, Vec<Model>)> {
    let reached = reached(db, reach).await?;
    let find = || Entity::find().filter(reached.clone()).limit(SHOWN);
    let open = find().filter(Column::AnsweredAt.is_null()).order_by_asc(Column::Id);
    let answered = find().filter(Column::AnsweredAt.is_not_null());
    let answered = answered.order_by_desc(Column::AnsweredAt).limit(20);
    Ok((open.all(db).await?, answered.all(db).await?))
}

/// How many wait for an answer.
pub(super) async fn open(db: &Connection, reach: &Reach) -> Result<u64> {
    let find = Entity::find().filter(reached(db, reach).await?);
    Ok(find.filter(Column::AnsweredAt.is_null()).count(db).await?)
}

/// Answers a question in reach, once, and tells who asked it. The same answer again is none.
///
/// # Errors
/// `not_found` out of reach, `version_conflict` where somebody else has answered it.
pub(super) async fn answer(
    tx: &Transaction,
    (actor, by, reach): (Actor, PersonId, &Reach),
    id: Uuid,
    text: String,
    now: DateTime<Utc>,
) -> Result<()> {
    let text = texts::said("answer", text, 2 * LONGEST)?;
    let find = Entity::find_by_id(id).filter(reached(tx, reach).await?);
    let asked = find.one(tx).await?.ok_or(Code::NotFound)?;
    let first = Entity::update_many()
        .col_expr(Column::Answer, Expr::value(text.clone()))
        .col_expr(Column::AnsweredBy, Expr::value(by))
        .col_expr(Column::AnsweredAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::AnsweredAt.is_null())
        .exec(tx)
        .await?;
    if first.rows_affected == 0 {
        let given = Entity::find_by_id(id).one(tx).await?;
        if given.is_some_and(|it| it.answered_by == Some(by) && it.answer.as_ref() == Some(&text)) {
            return Ok(());
        }
        let problem = Problem::from(Code::VersionConflict);
        return Err(problem.detail("这个问题已经有人答复了").into());
    }
    let act = actor.did(Event::EnquiryAnswered, asked.course_id);
    audit::record(tx, &act, now).await?;
    notifications::enquiry_answered(tx, asked.person_id, (id, asked.lesson_id), &text, now).await
}
