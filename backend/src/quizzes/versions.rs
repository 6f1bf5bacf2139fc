//! Writing what questions ask. A version that some revision asks stays as it is for ever; one that
//! only the draft asks is written over, because drafts save themselves every few seconds.

use std::collections::HashSet;

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Unchanged},
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use uuid::Uuid;

use super::{
    entity::{question_version, quiz_revision_question as asked},
    key::{self, AnswerKey},
};
use crate::{Result, db::Connection};

/// A version with its key.
pub(super) type Keyed = (question_version::Model, AnswerKey);

/// Which of these versions a revision asks. Attempts are drawn from revisions, so that nobody has
/// been asked any of the others.
pub(super) async fn frozen(
    db: &Connection,
    versions: impl IntoIterator<Item = Uuid>,
) -> Result<HashSet<Uuid>> {
    let find = asked::Entity::find()
        .select_only()
        .column(asked::Column::QuestionVersionId)
        .distinct()
        .filter(asked::Column::QuestionVersionId.is_in(versions));
    Ok(find.into_tuple().all(db).await?.into_iter().collect())
}

pub(super) async fn insert(tx: &Connection, versions: Vec<Keyed>) -> Result<()> {
    if versions.is_empty() {
        return Ok(());
    }
    let (rows, keys): (Vec<_>, Vec<_>) = versions
        .into_iter()
        .map(|(row, key)| {
            let id = row.id;
            (row.into_active_model(), (id, key))
        })
        .unzip();
    question_version::Entity::insert_many(rows).exec_without_returning(tx).await?;
    key::insert(tx, keys).await
}

/// Writes over versions that are not [`frozen`].
pub(super) async fn rewrite(tx: &Connection, versions: Vec<Keyed>) -> Result<()> {
    for (row, key) in versions {
        key::replace(tx, row.id, key).await?;
        let row = question_version::ActiveModel {
            id: Unchanged(row.id),
            question_id: NotSet,
            ..row.into_active_model().reset_all()
        };
        row.update(tx).await?;
    }
    Ok(())
}
