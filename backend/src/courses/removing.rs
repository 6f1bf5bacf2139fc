//! Removing a course that never was published: a wrong import, a copy that nobody wants.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    QueryTrait,
};
use shared::{
    accounts::PersonId,
    courses::CourseId,
    problem::{Code, Problem},
};

use super::{
    entity::{
        course, course_artefact, course_file, course_prerequisite, course_revision, revision_file,
    },
    managed, revisions,
};
use crate::{Result, db::Transaction, standards};

/// Takes a course out of every list and count, its files out of use, and ends its links to clauses.
/// What was written stays in its rows, where nothing leads to it.
///
/// # Errors
/// `in_use` where it was published once, for then people have learnt from it.
pub(super) async fn remove(
    tx: &Transaction,
    id: CourseId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let course = managed::lock(tx, id).await?;
    if course.published_at.is_some() || course.live_revision_id.is_some() {
        let detail = "这门课发布过，学员的学习记录要留着；不用了就点“停用”";
        return Err(Problem::from(Code::InUse).detail(detail).into());
    }
    revisions::drop_open(tx, id, by, now).await?;
    forget_files(tx, id).await?;
    standards::end_links(tx, id, now).await?;
    let first = course_prerequisite::Column::NeedsId.eq(id);
    course_prerequisite::Entity::delete_many().filter(first).exec(tx).await?;
    let row = course::ActiveModel {
        id: Set(id),
        removed_at: Set(Some(now)),
        updated_at: Set(now),
        ..Default::default()
    };
    row.update(tx).await?;
    Ok(())
}

async fn forget_files(tx: &Transaction, id: CourseId) -> Result<()> {
    let shown = course_file::Column::CourseId.eq(id);
    course_file::Entity::delete_many().filter(shown).exec(tx).await?;
    let artefacts = course_artefact::Column::CourseId.eq(id);
    course_artefact::Entity::delete_many().filter(artefacts).exec(tx).await?;
    let revisions = course_revision::Entity::find()
        .select_only()
        .column(course_revision::Column::Id)
        .filter(course_revision::Column::CourseId.eq(id))
        .into_query();
    revision_file::Entity::delete_many()
        .filter(revision_file::Column::RevisionId.in_subquery(revisions))
        .exec(tx)
        .await?;
    Ok(())
}
