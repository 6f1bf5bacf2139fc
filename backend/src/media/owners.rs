//! Who uploaded what.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use shared::{accounts::PersonId, content::MediaId};

use super::entity::media;
use crate::{Result, db::Connection};

/// Which of these files the person uploaded.
pub async fn uploaded_by(
    db: &Connection,
    person: PersonId,
    files: &[MediaId],
) -> Result<HashSet<MediaId>> {
    let mut own = HashSet::with_capacity(files.len());
    for some in files.chunks(500) {
        let find = media::Entity::find()
            .select_only()
            .column(media::Column::Id)
            .filter(media::Column::Id.is_in(some.iter().copied()))
            .filter(media::Column::CreatedBy.eq(person));
        own.extend(find.into_tuple::<MediaId>().all(db).await?);
    }
    Ok(own)
}
