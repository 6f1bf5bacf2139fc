//! What somebody was told to learn, for that person.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{accounts::PersonId, courses::LessonId};
use std::collections::HashMap;

use super::{
    entity::{assignment, assignment_person, lesson},
    visible,
};
use crate::{
    Result,
    db::Connection,
    privacy::{Section, row, when},
};

pub async fn own_data(db: &Connection, person: PersonId) -> Result<Section> {
    let theirs = assignment_person::Entity::find()
        .filter(assignment_person::Column::PersonId.eq(person))
        .all(db)
        .await?;
    let ids = theirs.into_iter().map(|it| it.assignment_id);
    let found =
        assignment::Entity::find().filter(assignment::Column::Id.is_in(ids)).all(db).await?;
    let courses: Vec<_> = found.iter().map(|it| it.course_id).collect();
    let titles = visible::titles(db, &courses).await?;
    let rows = found.into_iter().map(|it| {
        row([
            ("课程", titles.get(&it.course_id).cloned().unwrap_or_default()),
            ("布置时间", when(it.created_at)),
            ("截止日期", it.due_on.to_string()),
        ])
    });
    Ok(Section::of("必学任务", rows))
}

/// What lessons are called, whether or not they can still be seen.
pub async fn lesson_titles(db: &Connection, ids: &[LessonId]) -> Result<HashMap<LessonId, String>> {
    let find = lesson::Entity::find().filter(lesson::Column::Id.is_in(ids.iter().copied()));
    Ok(find.all(db).await?.into_iter().map(|it| (it.id, it.title)).collect())
}
