//! Forgets what was typed about somebody; that they attended stays.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use shared::accounts::PersonId;

use super::entity::{check_in, ticket};
use crate::{Result, db::Transaction};

pub async fn erase(tx: &Transaction, person: PersonId) -> Result<()> {
    check_in::Entity::update_many()
        .col_expr(check_in::Column::Reason, Expr::value(Option::<String>::None))
        .filter(check_in::Column::PersonId.eq(person))
        .exec(tx)
        .await?;
    let of_them = ticket::Column::PersonId.eq(person);
    ticket::Entity::delete_many().filter(of_them).exec(tx).await?;
    Ok(())
}
