//! How far somebody got, for that person.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use shared::accounts::PersonId;

use super::entity::lesson_progress::{Column, Entity};
use crate::{
    Result, courses,
    privacy::{Section, row, when},
};

pub async fn own_data(db: &impl ConnectionTrait, person: PersonId) -> Result<Section> {
    let found = Entity::find()
        .filter(Column::PersonId.eq(person))
        .order_by_desc(Column::UpdatedAt)
        .all(db)
        .await?;
    let of: Vec<_> = found.iter().map(|it| it.course_id).collect();
    let lessons: Vec<_> = found.iter().map(|it| it.lesson_id).collect();
    let titles = courses::titles(db, &of).await?;
    let lessons = courses::lesson_titles(db, &lessons).await?;
    let rows = found.into_iter().map(|it| {
        row([
            ("课程", titles.get(&it.course_id).cloned().unwrap_or_default()),
            ("课时", lessons.get(&it.lesson_id).cloned().unwrap_or_default()),
            ("进度", format!("{}%", it.percent)),
            ("学到", it.position.to_string()),
            ("开始", when(it.started_at)),
            ("最近一次", when(it.updated_at)),
            ("学完", when(it.finished_at)),
        ])
    });
    Ok(Section::of("学习进度", rows))
}
