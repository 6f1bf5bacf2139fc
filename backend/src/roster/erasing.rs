//! Forgets the numbers of somebody who left; where they worked stays.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
};
use shared::accounts::PersonId;

use super::{entity::particulars, people, planned};
use crate::{Result, db::Transaction};

pub async fn erase(tx: &Transaction, person: PersonId) -> Result<()> {
    planned::forget(tx, vec![person]).await?;
    if people::particulars(tx, person).await?.is_none() {
        return Ok(());
    }
    let row = particulars::ActiveModel {
        person_id: Unchanged(person),
        sealed_phone: Set(None),
        phone_index: Set(None),
        sealed_id_card: Set(None),
        id_card_index: Set(None),
        ..Default::default()
    };
    row.update(tx).await?;
    Ok(())
}
