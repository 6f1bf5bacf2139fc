//! Removing a standard of which there is no version: one that was registered by mistake.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    problem::{Code, Problem},
    standards::StandardId,
};

use super::entity::{standard, version};
use crate::{Result, db::Transaction};

/// # Errors
/// `in_use` where it has a version, be it one that waits to be confirmed.
pub(super) async fn remove(tx: &Transaction, id: StandardId) -> Result<()> {
    let versions = version::Entity::find().filter(version::Column::StandardId.eq(id));
    if versions.one(tx).await?.is_some() {
        let detail = "它已经有版本了；没有确认的版本可以先丢弃";
        return Err(Problem::from(Code::InUse).detail(detail).into());
    }
    standard::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}
