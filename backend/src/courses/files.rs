//! Which files courses show: whoever may see a course may fetch what it shows.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, SelectStatement},
};
use shared::{accounts::Role, builds::CourseLink, content::MediaId, courses::CourseId};

use super::{
    builds, content,
    entity::{course, course_file, course_revision, lesson, revision_file, revision_lesson},
    managed,
    visible::visible_by_id,
};
use crate::{
    Result,
    accounts::{Caller, Reach},
    db::{Connection, Transaction},
    media,
};

/// Writes down what a course shows, in its draft, in its revisions and as its artefacts; ends every
/// change of any of them.
pub(super) async fn note(tx: &Transaction, course: CourseId) -> Result<()> {
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

async fn frozen(db: &Connection, course: CourseId) -> Result<Vec<MediaId>> {
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
pub async fn files_in_use(db: &Connection, files: &[MediaId]) -> Result<HashSet<MediaId>> {
    let find = course_file::Entity::find().select_only().column(course_file::Column::MediaId);
    let find = find.filter(course_file::Column::MediaId.is_in(files.iter().copied()));
    let found: Vec<MediaId> = find.into_tuple().all(db).await?;
    Ok(found.into_iter().collect())
}

/// The names that revisions have for the subtitles of a file.
pub async fn subtitles_in_use(db: &Connection, file: MediaId) -> Result<HashSet<String>> {
    let revisions = revision_file::Entity::find()
        .select_only()
        .column(revision_file::Column::RevisionId)
        .filter(revision_file::Column::MediaId.eq(file))
        .into_query();
    let lessons = revision_lesson::Entity::find()
        .filter(revision_lesson::Column::RevisionId.in_subquery(revisions))
        .all(db)
        .await?;
    let name = |it: &revision_lesson::Model| {
        media::subtitles_of(std::iter::once(&it.content.0)).remove(&file)
    };
    Ok(lessons.iter().filter_map(name).collect())
}

/// Ids of the files that a course shows, in its draft or in any of its revisions.
pub fn shown_files() -> SelectStatement {
    course_file::Entity::find().select_only().column(course_file::Column::MediaId).into_query()
}

/// Where a file is shown.
#[derive(Debug, Default)]
pub struct FileUse {
    pub courses: Vec<CourseLink>,
    /// Whether courses show it too that are out of reach.
    pub elsewhere: bool,
}

/// Where some files are shown, named as far as somebody who reaches so far may see it.
pub async fn uses_of_files(
    db: &Connection,
    reach: &Reach,
    files: &[MediaId],
) -> Result<HashMap<MediaId, FileUse>> {
    let shown = course_file::Entity::find()
        .filter(course_file::Column::MediaId.is_in(files.iter().copied()))
        .all(db)
        .await?;
    let titles: Vec<(CourseId, String)> = course::Entity::find()
        .select_only()
        .columns([course::Column::Id, course::Column::Title])
        .filter(course::Column::Id.is_in(shown.iter().map(|it| it.course_id)))
        .filter(managed::managed(reach))
        .into_tuple()
        .all(db)
        .await?;
    let titles: HashMap<_, _> = titles.into_iter().collect();
    let mut uses = HashMap::<_, FileUse>::new();
    for course_file::Model { course_id: id, media_id } in shown {
        let found = uses.entry(media_id).or_default();
        match titles.get(&id) {
            Some(title) => found.courses.push(CourseLink { id, title: title.clone() }),
            None => found.elsewhere = true,
        }
    }
    Ok(uses)
}

/// Whether what the caller may see shows the file: the revision that they learn of a course, or a
/// course that an officer manages, or that is in the catalogue.
pub async fn shows_file(db: &Connection, caller: &Caller, file: MediaId) -> Result<bool> {
    if learned_with(caller, file).limit(1).count(db).await? > 0 {
        return Ok(true);
    }
    Ok(!shown_of_managed(db, caller, &[file]).await?.is_empty())
}

/// The courses of which the caller learns a revision that shows the file.
pub(super) fn learned_with(caller: &Caller, file: MediaId) -> Select<course::Entity> {
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
    visible_by_id(caller)
        .filter(course::Column::Id.in_subquery(courses))
        .filter(course_revision::Column::Id.in_subquery(revisions))
}

/// Those of the files that a course shows which the caller manages as an officer.
pub(super) async fn shown_of_managed(
    db: &Connection,
    caller: &Caller,
    files: &[MediaId],
) -> Result<Vec<MediaId>> {
    let mut shown = Vec::new();
    for some in files.chunks(500) {
        // The files lead to the few courses that have to be looked at.
        let mut find = course_file::Entity::find()
            .select_only()
            .column(course_file::Column::MediaId)
            .filter(course_file::Column::MediaId.is_in(some.iter().copied()))
            .filter(managed::managed(&caller.reach(Role::TrainingOfficer)))
            .distinct();
        let of_course = Expr::col((course::Entity, course::Column::Id))
            .equals((course_file::Entity, course_file::Column::CourseId));
        QuerySelect::query(&mut find).inner_join(course::Entity, of_course);
        shown.extend(find.into_tuple::<MediaId>().all(db).await?);
    }
    Ok(shown)
}
