//! A course's chapters and lessons in their order, and what changes with them.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use shared::courses::CourseId;

use super::{
    entity::{chapter, course, lesson},
    files,
};
use crate::{
    Result,
    db::{Connection, Transaction},
};

pub(super) type ChapterLessons = (chapter::Model, Vec<lesson::Model>);

/// Everything that is written in a course.
pub(super) struct Outline {
    pub chapters: Vec<ChapterLessons>,
}

impl Outline {
    pub async fn of(db: &Connection, course: CourseId) -> Result<Self> {
        let chapters = chapter::Entity::find()
            .filter(chapter::Column::CourseId.eq(course))
            .filter(chapter::Column::RemovedAt.is_null())
            .order_by_asc(chapter::Column::Position)
            .order_by_asc(chapter::Column::Id)
            .all(db)
            .await?;
        let mut lessons = lesson::Entity::find()
            .filter(lesson::Column::CourseId.eq(course))
            .filter(lesson::Column::RemovedAt.is_null())
            .order_by_asc(lesson::Column::Position)
            .order_by_asc(lesson::Column::Id)
            .all(db)
            .await?;
        let with_lessons = |chapter: chapter::Model| {
            let own = |it: &mut lesson::Model| it.chapter_id == chapter.id;
            let own = lessons.extract_if(.., own).collect();
            (chapter, own)
        };
        Ok(Self { chapters: chapters.into_iter().map(with_lessons).collect() })
    }
}

/// Ends every change of chapters and lessons: notes when it happened, how much there is to
/// learn and which files are shown.
pub(super) async fn settle(tx: &Transaction, course: CourseId, now: DateTime<Utc>) -> Result<()> {
    let minutes: Vec<i32> = lesson::Entity::find()
        .select_only()
        .column(lesson::Column::Minutes)
        .filter(lesson::Column::CourseId.eq(course))
        .filter(lesson::Column::Ready.eq(true))
        .filter(lesson::Column::RemovedAt.is_null())
        .into_tuple()
        .all(tx)
        .await?;
    let row = course::ActiveModel {
        id: Set(course),
        lessons: Set(i32::try_from(minutes.len()).unwrap_or(i32::MAX)),
        minutes: Set(minutes.into_iter().sum()),
        updated_at: Set(now),
        ..Default::default()
    };
    row.update(tx).await?;
    files::note(tx, course).await
}

/// The places, from 1, of everything in `order` when something of it goes to a position; past the
/// end means the end.
pub(super) fn places<Id: Copy + PartialEq>(
    mut order: Vec<Id>,
    moved: Option<(Id, i32)>,
) -> impl Iterator<Item = (Id, i32)> {
    if let Some((moved, position)) = moved {
        order.retain(|id| *id != moved);
        let index = usize::try_from(position.max(1) - 1).unwrap_or_default();
        order.insert(index.min(order.len()), moved);
    }
    order.into_iter().zip(1..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_moved_goes_to_its_place_and_the_others_keep_their_order() {
        for (moved, position, order) in [
            ('c', 1, "cab"),
            ('a', 2, "bac"),
            ('a', 3, "bca"),
            ('b', 2, "abc"),
            ('a', 99, "bca"),
            ('c', 0, "cab"),
            ('c', i32::MIN, "cab"),
        ] {
            let placed: Vec<_> = places(vec!['a', 'b', 'c'], Some((moved, position))).collect();
            assert_eq!(placed.iter().map(|it| it.0).collect::<String>(), order);
            assert!(placed.iter().zip(1..).all(|(it, at)| it.1 == at));
        }
    }
}
