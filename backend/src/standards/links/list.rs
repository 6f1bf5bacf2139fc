//! The list of links, a page at a time.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select, sea_query::ExprTrait,
};
use shared::standards::{ClauseLinkId, console::*};

use super::shown;
use crate::{
    Result,
    accounts::{Caller, Reach},
    courses,
    db::{Connection, cursor},
    standards::entity::link,
};

/// Links on one page.
const PAGE: usize = 50;

/// One page of the links of courses that the caller may look at, the last changed first.
pub async fn list(
    db: &Connection,
    caller: &Caller,
    reach: &Reach,
    mut request: ListClauseLinks,
) -> Result<ClauseLinks> {
    use link::Column::{CourseId, Id, UpdatedAt};
    let cursor = request.cursor.take();
    let place = cursor.as_deref().map(Place::read).transpose()?;
    let within = match request.editable.take() {
        Some(true) => CourseId.in_subquery(courses::managed_ids(reach)),
        Some(false) => CourseId
            .in_subquery(courses::readable_ids(reach))
            .and(CourseId.not_in_subquery(courses::managed_ids(reach))),
        None => CourseId.in_subquery(courses::readable_ids(reach)),
    };
    let mut find = wanted(link::Entity::find().filter(within), &request);
    let total = u32::try_from(find.clone().count(db).await?).unwrap_or(u32::MAX);
    if let Some(place) = place {
        find = find.filter(place.after());
    }
    let page = find.order_by_desc(UpdatedAt).order_by_desc(Id).limit(PAGE as u64 + 1);
    let mut rows = page.all(db).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(Place::write);
    Ok(ClauseLinks { items: shown::all(db, caller, reach, rows).await?, total, next })
}

fn wanted(mut find: Select<link::Entity>, request: &ListClauseLinks) -> Select<link::Entity> {
    use link::Column::{
        ClauseId, CourseId, Dated, ItemId, LessonId, QuestionId, StandardId, State, VersionId,
    };
    let &ListClauseLinks {
        standard,
        version,
        clause,
        course,
        lesson,
        questions,
        checklist,
        dated,
        state,
        ..
    } = request;
    find = find.filter(match state {
        Some(state) => State.eq(state),
        None => State.ne(LinkState::Ended),
    });
    if let Some(questions) = questions {
        find = find.filter(if questions { QuestionId.is_not_null() } else { QuestionId.is_null() });
    }
    if let Some(items) = checklist {
        find = find.filter(if items { ItemId.is_not_null() } else { ItemId.is_null() });
    }
    let of = [
        standard.map(|id| StandardId.eq(id)),
        version.map(|id| VersionId.eq(id)),
        dated.map(|it| Dated.eq(it)),
        clause.map(|id| ClauseId.eq(id)),
        course.map(|id| CourseId.eq(id)),
        lesson.map(|id| LessonId.eq(id)),
    ];
    of.into_iter().flatten().fold(find, QueryFilter::filter)
}

/// Where a page ended: the sort key of its last link.
struct Place {
    updated_at: DateTime<Utc>,
    id: ClauseLinkId,
}

impl Place {
    fn write(row: &link::Model) -> String {
        cursor::write(&[cursor::instant(row.updated_at), row.id.to_string()])
    }

    fn read(cursor: &str) -> Result<Self> {
        cursor::read(cursor, |parts| Some(Self { updated_at: parts.instant()?, id: parts.part()? }))
    }

    /// What comes after it in the list's order.
    fn after(&self) -> Condition {
        use link::Column::{Id, UpdatedAt};
        cursor::changed_before((UpdatedAt, self.updated_at), (Id, self.id))
    }
}
