//! 学习记录: what somebody studied, the last first.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::accounts::PersonId;

use super::entity::lesson_progress::{Column, Entity, Model};
use crate::{Result, db::Connection};

const SHOWN: u64 = 100;

pub(super) async fn of(db: &Connection, person: PersonId) -> Result<Vec<Model>> {
    let find = Entity::find()
        .filter(Column::PersonId.eq(person))
        .order_by_desc(Column::UpdatedAt)
        .limit(SHOWN);
    Ok(find.all(db).await?)
}
