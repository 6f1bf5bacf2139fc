//! Which files courses show: whoever may see a course may fetch what it shows.

use std::collections::HashSet;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
};
use shared::{accounts::Role, content::MediaId, courses::CourseId};

use super::{
    builds, content,
    entity::{course, course_file, course_revision, lesson, revision_file},
    managed, visible_to,
};
use crate::{Result, accounts::Caller};

/// Writes down what a course shows, in its draft, in its revisions and as its artefacts; ends every
/// change of any of them.
pub(super) async fn note(tx: &DatabaseTransaction, course: CourseId) -> Result<()> {
    let cover = managed::by_id(tx, course).await?.cover.map(|it| it.0.media);
    let lessons: Vec<lesson::Model> =
        lesson::Entity::find().filter(lesson::Column::CourseId.eq(course)).all(tx).await?;
    let lessons = lessons.into_iter().filter(|it| it.removed_at.is_none());
    let shown = lessons.flat_map(|mut it| content::media_of(&mut it.content.0));
    let kept = [frozen(tx, course).await?, builds::files_of(tx, course).await?].concat();
    let mut files: Vec<MediaId> = cover.into_iter().chain(shown).chain(kept).collect();
    files.sort_unstable();
    files.dedup();
    course_file::Entity::delete_many()
        .filter(course_file::Column::CourseId.eq(course))
        .exec(tx)
        .await?;
    for some in files.chunks(500) {
        let rows = some
            .iter()
            .map(|file| course_file::ActiveModel { course_id: Set(course), media_id: Set(*file) });
        course_file::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

async fn frozen(db: &impl ConnectionTrait, course: CourseId) -> Result<Vec<MediaId>> {
    let revisions = course_revision::Entity::find()
        .select_only()
        .column(course_revision::Column::Id)
        .filter(course_revision::Column::CourseId.eq(course))
        .into_query();
    let found = revision_file::Entity::find()
        .select_only()
        .column(revision_file::Column::MediaId)
        .filter(revision_file::Column::RevisionId.in_subquery(revisions))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found)
}

/// Those of the files that a course shows, in its draft or in any of its revisions.
pub async fn files_in_use(
    db: &impl ConnectionTrait,
    files: &[MediaId],
) -> Result<HashSet<MediaId>> {
    let find = course_file::Entity::find().select_only().column(course_file::Column::MediaId);
    let find = find.filter(course_file::Column::MediaId.is_in(files.iter().copied()));
    let found: Vec<MediaId> = find.into_tuple().all(db).await?;
    Ok(found.into_iter().collect())
}

/// Whether what the caller may see shows the file: the revision that they learn of a course, or a
/// course that an officer manages, or that is in the catalogue.
pub async fn shows_file(db: &impl ConnectionTrait, caller: &Caller, file: MediaId) -> Result<bool> {
    // The file leads to the few courses that have to be looked at.
    let revisions = revision_file::Entity::find()
        .select_only()
        .column(revision_file::Column::RevisionId)
        .filter(revision_file::Column::MediaId.eq(file))
        .into_query();
    let courses = course_revision::Entity::find()
        .select_only()
        .column(course_revision::Column::CourseId)
        .filter(course_revision::Column::Id.in_subquery(revisions.clone()))
        .into_query();
    let learned = visible_to(caller)
        .filter(course::Column::Id.in_subquery(courses))
        .filter(course_revision::Column::Id.in_subquery(revisions));
    if learned.limit(1).count(db).await? > 0 {
        return Ok(true);
    }
    let courses = course_file::Entity::find()
        .select_only()
        .column(course_file::Column::CourseId)
        .filter(course_file::Column::MediaId.eq(file))
        .into_query();
    let managed = course::Entity::find()
        .filter(course::Column::Id.in_subquery(courses))
        .filter(managed::managed(&caller.reach(Role::TrainingOfficer)));
    Ok(managed.limit(1).count(db).await? > 0)
}
