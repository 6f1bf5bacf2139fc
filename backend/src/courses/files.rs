//! Which files courses show: whoever may see a course may fetch what it shows.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
};
use shared::{accounts::Role, content::MediaId, courses::CourseId};

use super::{
    content,
    entity::{course, course_file, lesson},
    managed, visible_to,
};
use crate::{Result, accounts::Caller};

/// Writes down what a course shows now; ends every change of its cover or of a lesson.
pub(super) async fn note(tx: &DatabaseTransaction, course: CourseId) -> Result<()> {
    let cover = managed::by_id(tx, course).await?.cover.map(|it| it.0.media);
    let lessons: Vec<lesson::Model> =
        lesson::Entity::find().filter(lesson::Column::CourseId.eq(course)).all(tx).await?;
    let shown = lessons.into_iter().flat_map(|mut it| content::media_of(&mut it.content.0));
    let mut files: Vec<MediaId> = cover.into_iter().chain(shown).collect();
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

/// Whether a course that the caller may see shows the file: one for learners, or one that an officer
/// may look at.
pub async fn shows_file(db: &impl ConnectionTrait, caller: &Caller, file: MediaId) -> Result<bool> {
    let learned = visible_to(caller).select_only().column(course::Column::Id).into_query();
    let looked_at = course::Entity::find()
        .select_only()
        .column(course::Column::Id)
        .filter(managed::readable(&caller.reach(Role::TrainingOfficer)))
        .into_query();
    let seen = Condition::any()
        .add(course_file::Column::CourseId.in_subquery(learned))
        .add(course_file::Column::CourseId.in_subquery(looked_at));
    let find = course_file::Entity::find()
        .filter(course_file::Column::MediaId.eq(file))
        .filter(seen)
        .limit(1);
    Ok(find.count(db).await? > 0)
}
