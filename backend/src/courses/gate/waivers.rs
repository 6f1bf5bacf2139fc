//! Who let a course be published without a light, why, and until when.

use std::collections::HashMap;

use chrono::{DateTime, Months, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, sea_query::SelectStatement,
};
use shared::{
    accounts::PersonId,
    courses::{CourseCategory, CourseId},
    gates::{GateLight, GateWaiver, GateWaiverId, WaiveGate},
    problem::Code,
    time::local_date,
};
use uuid::Uuid;

use super::shown;
use crate::{
    Result,
    accounts::people,
    courses::{
        entity::gate_waiver::{ActiveModel, Column, Entity, Lights, Model},
        fields::Fields,
        managed,
    },
    db::{Connection, Transaction},
};

/// Months that a waiver may hold.
const LONGEST: Months = Months::new(12);
/// How many are told of.
const SHOWN: u64 = 20;

/// Lets a course of 岗位技能 be published without some of its lights. What it is, says the revision that
/// is on its way to learners, if there is one: its gate is the one that is closed.
///
/// # Errors
/// `invalid_request` naming the field.
pub async fn grant(
    tx: &Transaction,
    mut request: WaiveGate,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<Model> {
    let course = managed::lock(tx, request.course).await?;
    let (_, coming) = shown::coming(tx, &course).await?;
    let today = local_date(now);
    request.lights.sort_unstable();
    request.lights.dedup();
    let mut fields = Fields::default();
    if coming.details.category != CourseCategory::PostSkills {
        fields.refuse("lights", "只有岗位技能课要看五化，这门课不用办豁免");
    } else if request.lights.is_empty() {
        fields.refuse("lights", "请选要豁免的灯");
    }
    fields.text("reason", &mut request.reason, 300);
    if request.reason.is_empty() {
        fields.refuse("reason", "请写明为什么");
    }
    if request.until < today || request.until > today + LONGEST {
        fields.refuse("until", "到期的日子要在今天以后、一年以内");
    }
    fields.done()?;
    let row = Model {
        id: GateWaiverId(Uuid::now_v7()),
        course_id: request.course,
        lights: Lights(request.lights),
        reason: request.reason,
        expires_on: request.until,
        granted_by: by,
        granted_at: now,
        ended_by: None,
        ended_at: None,
    };
    Ok(row.into_active_model().insert(tx).await?)
}

/// Takes a waiver back. Safe to repeat: the first time counts.
pub(super) async fn end(
    tx: &Transaction,
    id: GateWaiverId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<Model> {
    managed::lock(tx, course_of(tx, id).await?).await?;
    let row = find(tx, id).await?;
    if row.ended_at.is_some() {
        return Ok(row);
    }
    let ended = ActiveModel {
        id: Set(id),
        ended_by: Set(Some(by)),
        ended_at: Set(Some(now)),
        ..Default::default()
    };
    Ok(ended.update(tx).await?)
}

async fn find(db: &Connection, id: GateWaiverId) -> Result<Model> {
    Ok(Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?)
}

/// # Errors
/// `not_found`
pub(super) async fn course_of(db: &Connection, id: GateWaiverId) -> Result<CourseId> {
    Ok(find(db, id).await?.course_id)
}

/// The lights that are waived for a day.
pub(super) async fn waived_on(
    db: &Connection,
    course: CourseId,
    day: NaiveDate,
) -> Result<Vec<GateLight>> {
    let rows = on_day(course, day).all(db).await?;
    Ok(rows.into_iter().flat_map(|it| it.lights.0).collect())
}

/// The courses with a waiver that counts on a day, as a subquery.
pub(in crate::courses) fn waived_courses(day: NaiveDate) -> SelectStatement {
    let find = counting_on(day).select_only().column(Column::CourseId);
    find.into_query()
}

/// When the first waiver ends of each of some courses that has one.
pub(in crate::courses) async fn waived_until(
    db: &Connection,
    courses: &[CourseId],
    day: NaiveDate,
) -> Result<HashMap<CourseId, NaiveDate>> {
    let found: Vec<(CourseId, NaiveDate)> = counting_on(day)
        .select_only()
        .column(Column::CourseId)
        .expr_as(Column::ExpiresOn.min(), "until")
        .filter(Column::CourseId.is_in(courses.iter().copied()))
        .group_by(Column::CourseId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

fn counting_on(day: NaiveDate) -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::EndedAt.is_null()).filter(Column::ExpiresOn.gte(day))
}

fn on_day(course: CourseId, day: NaiveDate) -> sea_orm::Select<Entity> {
    counting_on(day).filter(Column::CourseId.eq(course))
}

/// Those that count today, to be shown wherever the course is.
pub(in crate::courses) async fn counting(
    db: &Connection,
    course: CourseId,
    today: NaiveDate,
) -> Result<Vec<GateWaiver>> {
    let rows = on_day(course, today).order_by_desc(Column::Id).all(db).await?;
    named(db, rows, today).await
}

/// All of them, the newest first.
pub(super) async fn of_course(
    db: &Connection,
    course: CourseId,
    today: NaiveDate,
) -> Result<Vec<GateWaiver>> {
    let find = Entity::find().filter(Column::CourseId.eq(course)).order_by_desc(Column::Id);
    named(db, find.limit(SHOWN).all(db).await?, today).await
}

async fn named(db: &Connection, rows: Vec<Model>, today: NaiveDate) -> Result<Vec<GateWaiver>> {
    let cards = people::cards_of(db, rows.iter().map(|it| it.granted_by).collect()).await?;
    let names: HashMap<PersonId, String> = cards.into_iter().map(|it| (it.id, it.name)).collect();
    let waiver = |it: Model| GateWaiver {
        id: it.id,
        counts: it.ended_at.is_none() && it.expires_on >= today,
        lights: it.lights.0,
        reason: it.reason,
        until: it.expires_on,
        by: names.get(&it.granted_by).cloned().unwrap_or_default(),
        at: it.granted_at,
    };
    Ok(rows.into_iter().map(waiver).collect())
}
