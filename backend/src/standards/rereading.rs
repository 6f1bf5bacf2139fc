//! Reading a version's file once more, where that failed.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
};
use shared::{
    problem::{Code, Problem},
    standards::{StandardVersionId, console::VersionImport},
};

use super::{
    entity::{source, version},
    standing,
    tasks::{self, Task},
};
use crate::{Result, db::Transaction};

/// # Errors
/// `version_unready` where it did not fail, or its file was not kept.
pub async fn begin(tx: &Transaction, id: StandardVersionId, now: DateTime<Utc>) -> Result<()> {
    let row = standing::lock(tx, id).await?;
    if row.import != VersionImport::Failed {
        return Err(Code::VersionUnready.into());
    }
    let kept = source::Entity::find_by_id(id).filter(source::Column::File.is_not_null());
    if kept.count(tx).await? == 0 {
        let detail = "原来的文件没有留下，请丢弃这个版本，再上传一次";
        return Err(Problem::from(Code::VersionUnready).detail(detail).into());
    }
    let reading = version::ActiveModel {
        id: Unchanged(id),
        import: Set(VersionImport::Reading),
        done: Set(0),
        total: Set(0),
        message: Set(None),
        ..Default::default()
    };
    reading.update(tx).await?;
    tasks::enqueue(tx, Task::Read(id), now).await
}
