//! How far courses have come, a page at a time: cell by cell, the oldest of each first.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use shared::{
    builds::{Builds, ListBuilds},
    courses::{CourseCategory, CourseId, CourseLevel},
};

use super::shown;
use crate::{
    Result,
    accounts::Reach,
    courses::{
        entity::course::{Column, Entity},
        gate,
        managed::{Listed, Wanted, managed},
    },
    db::{Connection, cursor},
};

/// Courses on one page.
const PAGE: usize = 50;

pub(super) async fn list(
    db: &Connection,
    reach: &Reach,
    request: ListBuilds,
    today: NaiveDate,
) -> Result<Builds> {
    let ListBuilds { level, category, status, words, waived, cursor } = request;
    let place = cursor.as_deref().map(Place::read).transpose()?;
    let wanted = Wanted { level, category, status, words }.condition(db).await?;
    let mut all = Entity::find().filter(managed(reach)).filter(wanted);
    if let Some(waived) = waived {
        let these = Column::Id.in_subquery(gate::waived_courses(today));
        all = all.filter(if waived { these } else { these.not() });
    }
    let total = all.clone().count(db).await?;
    let mut found = Vec::new();
    // One cell after the other, as an index has them.
    for (at, (level, category)) in cells().enumerate() {
        let missing = PAGE + 1 - found.len();
        if missing == 0 || place.as_ref().is_some_and(|it| at < it.cell) {
            continue;
        }
        let mut here = in_cell(all.clone(), level, category).limit(missing as u64);
        if let Some(place) = place.as_ref().filter(|it| it.cell == at) {
            here = here.filter(place.after());
        }
        found.extend(here.into_partial_model::<Listed>().all(db).await?);
    }
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|it| Place::of(it).write());
    let mut items = shown::of(db, found).await?;
    shown::with_waivers(db, &mut items, today).await?;
    Ok(Builds { items, total: u32::try_from(total).unwrap_or(u32::MAX), next })
}

/// The twelve cells, level by level.
pub(super) fn cells() -> impl Iterator<Item = (CourseLevel, CourseCategory)> {
    CourseLevel::ALL.iter().flat_map(|level| CourseCategory::ALL.iter().map(|it| (*level, *it)))
}

/// What of it is in a cell, the oldest first.
pub(super) fn in_cell(
    find: Select<Entity>,
    level: CourseLevel,
    category: CourseCategory,
) -> Select<Entity> {
    find.filter(Column::Level.eq(level))
        .filter(Column::Category.eq(category))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
}

/// Where a page ended: the cell of its last course, and the course's place in it.
struct Place {
    cell: usize,
    created_at: DateTime<Utc>,
    id: CourseId,
}

impl Place {
    fn of(course: &Listed) -> Self {
        let here = (course.level, course.category);
        let cell = cells().position(|it| it == here).unwrap_or_default();
        Self { cell, created_at: course.created_at, id: course.id }
    }

    fn write(&self) -> String {
        let Self { cell, created_at, id } = self;
        cursor::write(&[cell.to_string(), cursor::instant(*created_at), id.to_string()])
    }

    fn read(cursor: &str) -> Result<Self> {
        cursor::read(cursor, |parts| {
            let (cell, created_at) = (parts.part()?, parts.instant()?);
            Some(Self { cell, created_at, id: parts.part()? })
        })
    }

    /// What comes after it in its cell.
    fn after(&self) -> Condition {
        use Column::{CreatedAt, Id};
        let same_moment = Condition::all().add(CreatedAt.eq(self.created_at)).add(Id.gt(self.id));
        Condition::all()
            .add(CreatedAt.gte(self.created_at))
            .add(Condition::any().add(CreatedAt.gt(self.created_at)).add(same_moment))
    }
}
