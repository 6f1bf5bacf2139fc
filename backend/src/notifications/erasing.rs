//! Forgets what somebody was told and chose.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::accounts::PersonId;

use super::entity::{inbox_message, notification_setting, subscribe_choice, subscribe_credit};
use crate::{Result, db::Transaction};

pub async fn erase(tx: &Transaction, person: PersonId) -> Result<()> {
    let of_them = notification_setting::Column::PersonId.eq(person);
    notification_setting::Entity::delete_many().filter(of_them).exec(tx).await?;
    let of_them = subscribe_credit::Column::PersonId.eq(person);
    subscribe_credit::Entity::delete_many().filter(of_them).exec(tx).await?;
    let of_them = subscribe_choice::Column::PersonId.eq(person);
    subscribe_choice::Entity::delete_many().filter(of_them).exec(tx).await?;
    let of_them = inbox_message::Column::PersonId.eq(person);
    inbox_message::Entity::delete_many().filter(of_them).exec(tx).await?;
    Ok(())
}
