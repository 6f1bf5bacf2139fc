//! The list of courses a learner browses: the caller's own posts' first, then the newest.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select, Statement, sea_query::Expr,
};
use shared::{
    courses::{CourseCard, CourseId, ListCourses},
    organizations::PostId,
    page::Page,
    problem::{Code, Problem},
};

use super::{
    cards::{CardRow, cards, rows},
    entity::{course, course_revision, revision_post},
    visible::{offered, visible_to},
};
use crate::{
    Result,
    accounts::Caller,
    db::{Connection, cursor, like},
};

const PAGE: usize = 20;
/// More words than this do not narrow a search any further.
const WORDS: usize = 5;
/// Characters; databases limit how long a pattern may be.
const LONGEST_SEARCH: usize = 100;

/// One page of the courses that the request asks for.
///
/// Finding looks at as few rows as it can; what a card shows is read for the page's courses alone.
pub(super) async fn list(
    db: &Connection,
    caller: &Caller,
    request: ListCourses,
) -> Result<Page<CourseCard>> {
    if request.search.as_ref().is_some_and(|it| it.chars().count() > LONGEST_SEARCH) {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("search", format!("最多 {LONGEST_SEARCH} 个字")).into());
    }
    let begin = request.cursor.as_deref().map(Place::read).transpose()?;
    let mut found = find(db, caller, &request, begin).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(Place::write);
    let ids: Vec<CourseId> = found.iter().map(|it| it.id).collect();
    let mut read: Vec<CardRow> = rows(caller)
        .filter(course::Column::Id.is_in(ids.iter().copied()))
        .into_model()
        .all(db)
        .await?;
    read.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(Page { items: cards(db, caller.person, read).await?, next })
}

/// The places of a page's courses, and one more if there is one: the own post's, then the others.
async fn find(
    db: &Connection,
    caller: &Caller,
    request: &ListCourses,
    begin: Option<Place>,
) -> Result<Vec<Place>> {
    let mut found = Vec::new();
    for own in [true, false] {
        let wanted = (PAGE + 1).saturating_sub(found.len());
        let is_behind = begin.as_ref().is_some_and(|it| own && !it.own);
        if wanted == 0 || is_behind || (own && caller.post.is_none()) {
            continue;
        }
        let mut find = wanted_of(caller, request);
        if let Some(post) = caller.post {
            find = find.filter(if own { is_for(post) } else { is_for(post).not() });
        }
        if let Some(begin) = begin.as_ref().filter(|it| it.own == own) {
            find = find.filter(begin.older());
        }
        let find = find
            .select_only()
            .columns([course::Column::PublishedAt, course::Column::Id])
            .order_by_desc(course::Column::PublishedAt)
            .order_by_desc(course::Column::Id);
        for row in db.query_all_raw(first(db, find, wanted)).await? {
            let (published_at, id) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            found.push(Place { own, published_at, id });
        }
    }
    Ok(found)
}

/// The statement that finds so many. PostgreSQL keeps its plan for the next page: a number it is only
/// given when it runs would have it plan each one anew, which takes longer than finding.
fn first(db: &Connection, find: Select<course::Entity>, wanted: usize) -> Statement {
    let mut statement = db.get_database_backend().build(&find.into_query());
    statement.sql = format!("{} LIMIT {wanted}", statement.sql);
    statement
}

/// Whether what newcomers learn of a course is for a post.
fn is_for(post: PostId) -> Expr {
    use revision_post::Column::{PostId, RevisionId};
    let live = Expr::col((revision_post::Entity, RevisionId))
        .equals((course::Entity, course::Column::LiveRevisionId));
    let posts = revision_post::Entity::find().select_only().expr(Expr::val(1));
    Expr::exists(posts.filter(live).filter(PostId.eq(post)).into_query())
}

/// What the request asks for, of the courses that the caller may see. Which revision they learn of
/// each is looked at only where that decides.
fn wanted_of(caller: &Caller, request: &ListCourses) -> Select<course::Entity> {
    let ListCourses { level, category, post, search, cursor: _ } = request;
    if level.is_none() && category.is_none() && post.is_none() && search.is_none() {
        return offered();
    }
    narrow(visible_to(caller), request)
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
    let has = |column| like::has((course_revision::Entity, column), word);
    Condition::any().add(has(Title)).add(has(Summary))
}

/// Where a page ended: the sort key of its last course.
struct Place {
    /// Whether the course is for the caller's post.
    own: bool,
    published_at: DateTime<Utc>,
    id: CourseId,
}

impl Place {
    fn write(&self) -> String {
        let Self { own, published_at, id } = self;
        let own = u8::from(*own).to_string();
        cursor::write(&[own, cursor::instant(*published_at), id.to_string()])
    }

    fn read(cursor: &str) -> Result<Self> {
        cursor::read(cursor, |parts| {
            let (own, published_at) = (parts.part::<u8>()? != 0, parts.instant()?);
            Some(Self { own, published_at, id: parts.part()? })
        })
    }

    /// What comes after it among the courses that are as much for the caller's post.
    fn older(&self) -> Expr {
        use course::Column::{Id, PublishedAt};
        let column = |column| Expr::col((course::Entity, column));
        let key = Expr::tuple([column(PublishedAt), column(Id)]);
        key.lt(Expr::tuple([Expr::val(self.published_at), Expr::val(self.id)]))
    }
}
