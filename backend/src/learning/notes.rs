//! 笔记: what somebody wrote down beside a lesson, for nobody else.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction,
    EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use shared::{
    accounts::PersonId,
    courses::{CourseId, LessonId},
    problem::{Code, Problem},
};
use uuid::Uuid;

use super::{
    entity::lesson_note::{ActiveModel, Column, Entity, Model},
    texts,
};
use crate::Result;

const LONGEST: usize = 1000;
/// Notes of one person.
const MOST: u64 = 500;

/// # Errors
/// `invalid_request` for an empty or too long text, or the five-hundred-and-first.
pub(super) async fn write(
    tx: &DatabaseTransaction,
    person: PersonId,
    (lesson, course): (LessonId, CourseId),
    text: String,
    now: DateTime<Utc>,
) -> Result<()> {
    let text = texts::said("note", text, LONGEST)?;
    if Entity::find().filter(Column::PersonId.eq(person)).count(tx).await? >= MOST {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("note", "笔记记满了，请先删掉几条旧的").into());
    }
    let row = ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person),
        course_id: Set(course),
        lesson_id: Set(lesson),
        text: Set(text),
        written_at: Set(now),
    };
    row.insert(tx).await?;
    Ok(())
}

/// Removes a note of the person's own.
pub(super) async fn remove(tx: &DatabaseTransaction, person: PersonId, id: Uuid) -> Result<()> {
    let own = Entity::delete_by_id(id).filter(Column::PersonId.eq(person));
    own.exec(tx).await?;
    Ok(())
}

/// The newest first.
pub(super) async fn of(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Model>> {
    let find = Entity::find().filter(Column::PersonId.eq(person));
    Ok(find.order_by_desc(Column::Id).all(db).await?)
}
