//! The list of courses a learner browses: the caller's own posts' first, then the newest.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, Order, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, Func, LikeExpr},
};
use shared::{
    courses::{CourseCard, CourseId, ListCourses},
    organizations::PostId,
    page::Page,
    problem::{Code, Problem},
};

use super::{
    cards::{CardRow, cards, own_post, rows},
    entity::{course, course_revision, revision_post},
};
use crate::{Result, accounts::Caller, db::cursor};

const PAGE: usize = 20;
/// More words than this do not narrow a search any further.
const WORDS: usize = 5;
/// Characters; databases limit how long a pattern may be.
const LONGEST_SEARCH: usize = 100;

/// One page of the courses that the request asks for.
pub(super) async fn list(
    db: &impl ConnectionTrait,
    caller: &Caller,
    request: ListCourses,
) -> Result<Page<CourseCard>> {
    if request.search.as_ref().is_some_and(|it| it.chars().count() > LONGEST_SEARCH) {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("search", format!("最多 {LONGEST_SEARCH} 个字")).into());
    }
    let mut find = narrow(rows(caller), &request);
    if let Some(cursor) = &request.cursor {
        find = find.filter(after(caller, &Place::read(cursor)?));
    }
    let mut found: Vec<CardRow> = find
        .order_by(own_post(caller), Order::Desc)
        .order_by_desc(course::Column::PublishedAt)
        .order_by_desc(course::Column::Id)
        .limit(PAGE as u64 + 1)
        .into_model()
        .all(db)
        .await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|row| Place::of(row).write());
    Ok(Page { items: cards(db, caller.person, found).await?, next })
}

fn narrow(mut find: Select<course::Entity>, request: &ListCourses) -> Select<course::Entity> {
    if let Some(level) = request.level {
        find = find.filter(course_revision::Column::Level.eq(level));
    }
    if let Some(category) = request.category {
        find = find.filter(course_revision::Column::Category.eq(category));
    }
    if let Some(post) = request.post {
        find = find.filter(course_revision::Column::Id.in_subquery(revisions_for(post)));
    }
    let words = request.search.iter().flat_map(|it| it.split_whitespace()).take(WORDS);
    words.fold(find, |find, word| find.filter(says(word)))
}

fn revisions_for(post: PostId) -> sea_orm::sea_query::SelectStatement {
    revision_post::Entity::find()
        .select_only()
        .column(revision_post::Column::RevisionId)
        .filter(revision_post::Column::PostId.eq(post))
        .into_query()
}

/// Whether the title or the summary has the word in it.
fn says(word: &str) -> Condition {
    use course_revision::Column::{Summary, Title};
    let literal = word.to_lowercase().replace('\0', "");
    let literal = literal.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let has = |column: course_revision::Column| {
        let text = Func::lower(Expr::col((course_revision::Entity, column)));
        Expr::from(text).like(LikeExpr::new(format!("%{literal}%")).escape('\\'))
    };
    Condition::any().add(has(Title)).add(has(Summary))
}

/// Where a page ended: the sort key of its last course.
struct Place {
    own: i32,
    published_at: DateTime<Utc>,
    id: CourseId,
}

impl Place {
    fn of(row: &CardRow) -> Self {
        let published_at = row.published_at.unwrap_or_default();
        Self { own: row.own, published_at, id: row.id }
    }

    fn write(&self) -> String {
        let Self { own, published_at, id } = self;
        cursor::write(&[own.to_string(), cursor::instant(*published_at), id.to_string()])
    }

    fn read(cursor: &str) -> Result<Self> {
        cursor::read(cursor, |parts| {
            let (own, published_at) = (parts.part()?, parts.instant()?);
            Some(Self { own, published_at, id: parts.part()? })
        })
    }
}

/// What comes after a place in the list's order.
fn after(caller: &Caller, place: &Place) -> Condition {
    use course::Column::{Id, PublishedAt};
    let own = own_post(caller);
    let same_moment = Condition::all().add(PublishedAt.eq(place.published_at)).add(Id.lt(place.id));
    let older = Condition::any().add(PublishedAt.lt(place.published_at)).add(same_moment);
    Condition::any()
        .add(own.clone().lt(place.own))
        .add(Condition::all().add(own.eq(place.own)).add(older))
}
