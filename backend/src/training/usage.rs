//! How many sessions hang on what is about to be given up.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use shared::{bases::TrainingBaseId, organizations::OrganizationId};

use super::{entity::session, visible::to_come};
use crate::{Result, db::Connection};

/// Sessions of an organisation that are not over.
pub async fn of_organization(
    db: &Connection,
    id: OrganizationId,
    now: DateTime<Utc>,
) -> Result<u64> {
    let find =
        session::Entity::find().filter(session::Column::OrganizationId.eq(id)).filter(to_come(now));
    Ok(find.count(db).await?)
}

/// Sessions at a base that are not over.
pub async fn at_base(db: &Connection, id: TrainingBaseId, now: DateTime<Utc>) -> Result<u64> {
    let find = session::Entity::find().filter(session::Column::BaseId.eq(id)).filter(to_come(now));
    Ok(find.count(db).await?)
}

/// Sessions at every base that are not over.
pub async fn by_base(db: &Connection, now: DateTime<Utc>) -> Result<HashMap<TrainingBaseId, u32>> {
    let counted: Vec<(TrainingBaseId, i64)> = session::Entity::find()
        .select_only()
        .column(session::Column::BaseId)
        .column_as(session::Column::Id.count(), "sessions")
        .filter(session::Column::BaseId.is_not_null())
        .filter(to_come(now))
        .group_by(session::Column::BaseId)
        .into_tuple()
        .all(db)
        .await?;
    let counted = counted.into_iter().map(|(id, n)| (id, u32::try_from(n).unwrap_or(u32::MAX)));
    Ok(counted.collect())
}
