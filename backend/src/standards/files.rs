//! Which files clauses show: whoever may read a clause may see its pictures, and nobody else.

use std::collections::HashSet;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter,
    QuerySelect, QueryTrait, sea_query::SelectStatement,
};
use shared::{accounts::Role, content::MediaId, courses::CourseId, standards::ClauseId};

use super::{
    cited::{self, see_course},
    entity::{clause, clause_file, link, version},
    standing,
};
use crate::{Error, Result, accounts::Caller, db::Connection};

/// Clauses whose files are written down at once.
const AT_ONCE: usize = 250;

/// Writes down what clauses show that were not there before.
pub(super) async fn note_new(tx: &Connection, clauses: &[clause::Model]) -> Result<()> {
    let files: Vec<_> = clauses.iter().flat_map(files_of).collect();
    for some in files.chunks(AT_ONCE) {
        clause_file::Entity::insert_many(some.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Writes down what clauses show now; ends every change of any of them.
pub(super) async fn note(tx: &Connection, clauses: &[clause::Model]) -> Result<()> {
    let these = clauses.iter().map(|it| it.id);
    clause_file::Entity::delete_many()
        .filter(clause_file::Column::ClauseId.is_in(these))
        .exec(tx)
        .await?;
    note_new(tx, clauses).await
}

/// One row for each file, however often the clause shows it.
fn files_of(clause: &clause::Model) -> Vec<clause_file::ActiveModel> {
    let files: HashSet<MediaId> = clause.shown().into_iter().map(|it| it.media).collect();
    let row = |file| clause_file::ActiveModel { clause_id: Set(clause.id), media_id: Set(file) };
    files.into_iter().map(row).collect()
}

/// Those of the files that a clause of any version shows.
pub async fn files_in_use(db: &Connection, files: &[MediaId]) -> Result<HashSet<MediaId>> {
    let find = clause_file::Entity::find().select_only().column(clause_file::Column::MediaId);
    let find = find.filter(clause_file::Column::MediaId.is_in(files.iter().copied()));
    let found: Vec<MediaId> = find.into_tuple().all(db).await?;
    Ok(found.into_iter().collect())
}

/// Ids of the files that a clause of any version shows.
pub fn shown_files() -> SelectStatement {
    clause_file::Entity::find().select_only().column(clause_file::Column::MediaId).into_query()
}

/// Whether a clause shows the file that the caller may read: of a version that searches find, of one
/// that an officer looks at, or one that a course cites which the caller sees.
pub async fn shows_file(db: &Connection, caller: &Caller, file: MediaId) -> Result<bool> {
    let find = clause_file::Entity::find().select_only().column(clause_file::Column::ClauseId);
    let find = find.filter(clause_file::Column::MediaId.eq(file));
    let clauses: Vec<ClauseId> = find.into_tuple().all(db).await?;
    if clauses.is_empty() {
        return Ok(false);
    }
    let versions = clause::Entity::find()
        .select_only()
        .column(clause::Column::VersionId)
        .filter(clause::Column::Id.is_in(clauses.iter().copied()))
        .into_query();
    let mut seen = Condition::any()
        .add(version::Column::Id.in_subquery(standing::in_stages(&standing::LIVING)));
    if caller.is(Role::TrainingOfficer) {
        seen = seen.add(standing::seen(&caller.reach(Role::TrainingOfficer)));
    }
    let seen =
        version::Entity::find().filter(version::Column::Id.in_subquery(versions)).filter(seen);
    if seen.limit(1).count(db).await? > 0 {
        return Ok(true);
    }
    is_cited(db, caller, &clauses).await
}

async fn is_cited(db: &Connection, caller: &Caller, clauses: &[ClauseId]) -> Result<bool> {
    let courses: Vec<CourseId> = link::Entity::find()
        .select_only()
        .column(link::Column::CourseId)
        .filter(link::Column::ClauseId.is_in(clauses.iter().copied()))
        .filter(cited::seen())
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    for course in courses {
        match see_course(db, caller, course).await {
            Ok(()) => return Ok(true),
            Err(Error::Refused(_)) => {}
            Err(broken) => return Err(broken),
        }
    }
    Ok(false)
}
