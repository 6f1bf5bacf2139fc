//! 收藏: courses that somebody keeps at hand.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};
use shared::{accounts::PersonId, courses::CourseId};

use super::entity::favourite_course::{ActiveModel, Column, Entity};
use crate::{
    Result,
    db::{Connection, Transaction},
};

pub(super) async fn keep(
    tx: &Transaction,
    person: PersonId,
    course: CourseId,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = ActiveModel { person_id: Set(person), course_id: Set(course), kept_at: Set(now) };
    Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

pub(super) async fn drop(tx: &Transaction, person: PersonId, course: CourseId) -> Result<()> {
    Entity::delete_by_id((person, course)).exec(tx).await?;
    Ok(())
}

/// The last kept first.
pub(super) async fn of(db: &Connection, person: PersonId) -> Result<Vec<CourseId>> {
    let ids = Entity::find()
        .select_only()
        .column(Column::CourseId)
        .filter(Column::PersonId.eq(person))
        .order_by_desc(Column::KeptAt)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids)
}
