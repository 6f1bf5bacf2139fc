//! The console's list of courses, a page at a time, and how many each cell of the matrix holds.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select, sea_query::Expr,
};
use shared::{
    authoring::{CourseCell, ListManagedCourses, ManagedCourse, ManagedCourses},
    courses::{CourseCategory, CourseId, CourseLevel, CourseStatus},
};

use super::{Listed, Wanted, managed, readable};
use crate::{
    Result,
    accounts::Reach,
    courses::{
        assignments, cards,
        cited::managed_ids,
        entity::{course, lesson},
        revisions,
    },
    db::{Connection, cursor},
    quizzes,
};

/// Courses on one page.
const PAGE: usize = 50;

/// One page of what can be looked at, the last changed first.
pub(in crate::courses) async fn list(
    db: &Connection,
    reach: &Reach,
    request: ListManagedCourses,
) -> Result<ManagedCourses> {
    let ListManagedCourses { level, category, status, words, editable, cursor } = request;
    let place = cursor.as_deref().map(Place::read).transpose()?;
    let wanted = Wanted { level, category, status, words }.condition(db).await?;
    let all = course::Entity::find().filter(readable(reach)).filter(wanted);
    let all = match editable {
        Some(true) => all.filter(managed(reach)),
        // What belongs to nobody is neither in the reach of an organisation nor out of it.
        Some(false) => all.filter(course::Column::Id.not_in_subquery(managed_ids(reach))),
        None => all,
    };
    let total = all.clone().count(db).await?;
    let mut found = page(all, place.as_ref()).into_partial_model::<Listed>().all(db).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|it| Place::of(it).write());
    let items = rows(db, reach, found).await?;
    Ok(ManagedCourses { items, total: u32::try_from(total).unwrap_or(u32::MAX), next })
}

/// A page and one more, the last changed first.
fn page(all: Select<course::Entity>, place: Option<&Place>) -> Select<course::Entity> {
    let ordered = all.order_by_desc(course::Column::UpdatedAt).order_by_desc(course::Column::Id);
    match place {
        Some(place) => ordered.filter(place.after()),
        None => ordered,
    }
    .limit(PAGE as u64 + 1)
}

async fn rows(db: &Connection, reach: &Reach, found: Vec<Listed>) -> Result<Vec<ManagedCourse>> {
    let ids: Vec<CourseId> = found.iter().map(|it| it.id).collect();
    let mut posts = cards::posts_of(db, &ids).await?;
    let questions = quizzes::question_count(db, &ids).await?;
    let lessons = lesson_counts(db, &ids).await?;
    let assigned = assignments::people_counts(db, reach, &ids).await?;
    let review = revisions::open_states(db, &ids).await?;
    let managed = |it: Listed| ManagedCourse {
        id: it.id,
        editable: reach.has_course(it.id, it.organization_id),
        title: it.title,
        level: it.level,
        category: it.category,
        posts: posts.remove(&it.id).into_iter().flatten().map(|post| post.name).collect(),
        status: it.status,
        lessons: lessons.get(&it.id).copied().unwrap_or_default(),
        questions: questions.get(&it.id).copied().unwrap_or_default(),
        assigned: assigned.get(&it.id).copied().unwrap_or_default(),
        review: review.get(&it.id).copied(),
        updated_at: it.updated_at,
    };
    Ok(found.into_iter().map(managed).collect())
}

/// How many lessons some courses have, the unready ones included.
async fn lesson_counts(db: &Connection, courses: &[CourseId]) -> Result<HashMap<CourseId, u32>> {
    let counts: Vec<(CourseId, i64)> = lesson::Entity::find()
        .select_only()
        .column(lesson::Column::CourseId)
        .column_as(lesson::Column::Id.count(), "lessons")
        .filter(lesson::Column::CourseId.is_in(courses.iter().copied()))
        .filter(lesson::Column::RemovedAt.is_null())
        .group_by(lesson::Column::CourseId)
        .into_tuple()
        .all(db)
        .await?;
    let small = |(course, count)| (course, u32::try_from(count).unwrap_or_default());
    Ok(counts.into_iter().map(small).collect())
}

/// How many courses there are in each cell, of all that can be looked at.
pub(in crate::courses) async fn cells(db: &Connection, reach: &Reach) -> Result<Vec<CourseCell>> {
    use course::Column::{Category, Id, Level, Status};
    let published: Expr = Expr::case(Status.eq(CourseStatus::Published), 1).finally(0).into();
    let counts: Vec<(CourseLevel, CourseCategory, i64, i64)> = course::Entity::find()
        .select_only()
        .columns([Level, Category])
        .column_as(Id.count(), "courses")
        .expr_as(published.sum(), "published")
        .filter(readable(reach))
        .group_by(Level)
        .group_by(Category)
        .into_tuple()
        .all(db)
        .await?;
    let small = |count| u32::try_from(count).unwrap_or_default();
    let cell = |(level, category, courses, published)| CourseCell {
        level,
        category,
        courses: small(courses),
        published: small(published),
    };
    let mut cells: Vec<CourseCell> = counts.into_iter().map(cell).collect();
    cells.sort_by_key(|it| (it.level, it.category));
    Ok(cells)
}

/// Where a page ended: the sort key of its last course.
struct Place {
    updated_at: DateTime<Utc>,
    id: CourseId,
}

impl Place {
    const fn of(course: &Listed) -> Self {
        Self { updated_at: course.updated_at, id: course.id }
    }

    fn write(&self) -> String {
        cursor::write(&[cursor::instant(self.updated_at), self.id.to_string()])
    }

    fn read(cursor: &str) -> Result<Self> {
        cursor::read(cursor, |parts| Some(Self { updated_at: parts.instant()?, id: parts.part()? }))
    }

    /// What comes after it in the list's order.
    fn after(&self) -> Condition {
        use course::Column::{Id, UpdatedAt};
        cursor::changed_before((UpdatedAt, self.updated_at), (Id, self.id))
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, DbBackend, QueryTrait, Statement};
    use uuid::Uuid;

    use super::*;
    use crate::db::Db;

    #[actix_web::test]
    async fn sqlite_reads_a_page_and_nothing_else() {
        let data = tempfile::tempdir().unwrap();
        let file = data.path().join("list.sqlite");
        let db = Db::connect(&format!("sqlite://{}?mode=rwc", file.display())).await.unwrap();
        db.migrate().await.unwrap();
        let all = course::Entity::find().filter(readable(&Reach::everything()));
        let place = Place { updated_at: DateTime::UNIX_EPOCH, id: CourseId(Uuid::nil()) };
        for place in [None, Some(&place)] {
            let sql = page(all.clone(), place).build(DbBackend::Sqlite).sql;
            let explain =
                Statement::from_string(DbBackend::Sqlite, format!("EXPLAIN QUERY PLAN {sql}"));
            let plan = db.read().query_all_raw(explain).await.unwrap();
            let steps: Vec<String> =
                plan.iter().map(|step| step.try_get("", "detail").unwrap()).collect();
            assert_eq!(steps.len(), 1, "no sorting: {steps:?}");
            assert!(steps[0].contains("USING INDEX courses_changed"), "{steps:?}");
        }
    }
}
