//! Going on with an attempt on another device.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{CaseStatement, Expr, ExprTrait},
};
use shared::{accounts::PersonId, quizzes::TakeOverAttempt};

use super::{
    attempt::{own, why_not},
    entity::attempt::{Column, Entity, Model},
    writing,
};
use crate::{Result, db::Connection};

/// Makes the device the one that writes; for the device that writes already, nothing changes, so
/// that it can ask again when the answer was lost.
pub async fn take_over(
    tx: &Connection,
    request: &TakeOverAttempt,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Model> {
    if writing::open(tx, request.attempt, person, &[], now).await?.is_none() {
        return Err(why_not(tx, request.attempt, person).await?);
    }
    let step = CaseStatement::new().case(Column::Writer.eq(request.device), 0).finally(1);
    Entity::update_many()
        .col_expr(Column::WriterEpoch, Expr::col(Column::WriterEpoch).add(step))
        .col_expr(Column::Writer, Expr::val(request.device))
        .filter(Column::Id.eq(request.attempt))
        .exec(tx)
        .await?;
    own(tx, request.attempt, person).await
}
