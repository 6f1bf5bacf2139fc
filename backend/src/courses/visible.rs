//! Which courses somebody may see, and which revision of each: the one place that decides it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, Func, IntoCondition, JoinType, Query, SelectStatement},
};
use shared::{
    accounts::PersonId,
    courses::{CourseId, CourseStatus, LessonId},
    problem::Code,
    revisions::RevisionId,
};

use super::entity::{course, course_pin, course_revision, revision_lesson};
use crate::{Result, accounts::Caller, db::Connection};

/// The courses that people may see: everybody on the roster sees what is published. Drafts are seen
/// through the console's own doors only.
pub fn offered() -> Select<course::Entity> {
    course::Entity::find().filter(is_offered())
}

/// Whether people may see the course of a statement.
pub fn is_offered() -> Expr {
    course::Column::Status.eq(CourseStatus::Published)
}

/// The courses the caller may see, each joined with the revision that they learn.
pub fn visible_to(caller: &Caller) -> Select<course::Entity> {
    let mut select = offered();
    join_learned(QuerySelect::query(&mut select), Expr::val(caller.person));
    select
}

/// The same for a statement that names its few courses by their ids: SQLite looks these up, instead of
/// walking through all that are published.
pub fn visible_by_id(caller: &Caller) -> Select<course::Entity> {
    // For what is equal there is an index, which SQLite would take.
    let is_offered = course::Column::Status.ne(CourseStatus::Published).not();
    let mut select = course::Entity::find().filter(is_offered);
    join_learned(QuerySelect::query(&mut select), Expr::val(caller.person));
    select
}

/// Joins courses with the revision that a person learns of each: the one they stay with, else the
/// one that is live.
fn join_learned(query: &mut SelectStatement, person: Expr) {
    let course = || Expr::col((course::Entity, course::Column::Id));
    let pin = |column| Expr::col((course_pin::Entity, column));
    let own = pin(course_pin::Column::CourseId)
        .eq(course())
        .and(pin(course_pin::Column::PersonId).eq(person));
    query.join(JoinType::LeftJoin, course_pin::Entity, own.into_condition());
    let learned = Func::coalesce([
        pin(course_pin::Column::RevisionId),
        Expr::col((course::Entity, course::Column::LiveRevisionId)),
    ]);
    let revision = Expr::col((course_revision::Entity, course_revision::Column::Id));
    query.join(
        JoinType::InnerJoin,
        course_revision::Entity,
        revision.eq(Expr::from(learned)).into_condition(),
    );
}

/// The lessons the caller may see: those of the revisions they learn. A lesson leads to its course,
/// so that one is found without looking at any other course.
pub fn visible_lessons(caller: &Caller) -> Select<revision_lesson::Entity> {
    let column = |column| Expr::col((revision_lesson::Entity, column));
    let mut select = revision_lesson::Entity::find().filter(is_offered());
    let query = QuerySelect::query(&mut select);
    join_course_learned(query, column(revision_lesson::Column::CourseId), caller.person);
    query.and_where(is_learned(column(revision_lesson::Column::RevisionId)));
    select
}

/// Joins a statement, of another domain perhaps, with the course that its column names and with the
/// revision that a person learns of it.
pub fn join_course_learned(query: &mut SelectStatement, course: Expr, person: PersonId) {
    let of_course = course.equals((course::Entity, course::Column::Id));
    query.join(JoinType::InnerJoin, course::Entity, of_course.into_condition());
    join_learned(query, Expr::val(person));
}

/// Whether the column of such a statement names the revision that is learned.
pub fn is_learned(revision: Expr) -> Expr {
    revision.equals((course_revision::Entity, course_revision::Column::Id))
}

/// One visible lesson.
///
/// # Errors
/// `not_found`, whether it is missing or may not be seen.
pub async fn visible_lesson(
    db: &Connection,
    caller: &Caller,
    id: LessonId,
) -> Result<revision_lesson::Model> {
    let find = visible_lessons(caller).filter(revision_lesson::Column::LessonId.eq(id));
    Ok(find.one(db).await?.ok_or(Code::NotFound)?)
}

/// Whether a lesson counts for a person, both given as columns of another domain's statement: it is
/// one of the revision that they learn of its course, retired or not.
pub fn counts_for(person: Expr, lesson: Expr) -> Condition {
    let column = |column| Expr::col((revision_lesson::Entity, column));
    let mut learned = Query::select();
    learned.expr(Expr::val(1)).from(course::Entity);
    join_learned(&mut learned, person);
    let of_revision = column(revision_lesson::Column::RevisionId)
        .equals((course_revision::Entity, course_revision::Column::Id));
    learned
        .join(JoinType::InnerJoin, revision_lesson::Entity, of_revision.into_condition())
        .and_where(column(revision_lesson::Column::LessonId).eq(lesson))
        .and_where(
            column(revision_lesson::Column::CourseId).equals((course::Entity, course::Column::Id)),
        );
    Condition::all().add(Expr::exists(learned))
}

/// Whether a revision, given as a column of another domain's statement, was published from then on and
/// was what learners read when the other column says.
pub fn was_published(revision: Expr, since: DateTime<Utc>, until: Expr) -> Condition {
    let column = |column| Expr::col((course_revision::Entity, column));
    let mut published = Query::select();
    published
        .expr(Expr::val(1))
        .from(course_revision::Entity)
        .and_where(column(course_revision::Column::Id).eq(revision))
        .and_where(column(course_revision::Column::PublishedAt).gte(since))
        .and_where(column(course_revision::Column::PublishedAt).lte(until));
    Condition::all().add(Expr::exists(published))
}

/// What a person learns of a course, or learned before it was retired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learned {
    pub revision: RevisionId,
    pub title: String,
    pub lessons: u32,
}

/// What a person learns of each course; those that were never published are left out.
pub async fn learned_by(
    db: &Connection,
    person: PersonId,
    ids: &[CourseId],
) -> Result<HashMap<CourseId, Learned>> {
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let mut find = course::Entity::find()
            .select_only()
            .column(course::Column::Id)
            .column_as(course_revision::Column::Id, "revision")
            .columns([course_revision::Column::Title, course_revision::Column::Lessons])
            .filter(course::Column::Id.is_in(some.iter().copied()));
        join_learned(QuerySelect::query(&mut find), Expr::val(person));
        let rows: Vec<(CourseId, RevisionId, String, i32)> = find.into_tuple().all(db).await?;
        let learned = |(course, revision, title, lessons)| {
            let lessons = u32::try_from(lessons).unwrap_or_default();
            (course, Learned { revision, title, lessons })
        };
        found.extend(rows.into_iter().map(learned));
    }
    Ok(found)
}

/// What each person learns of one course.
pub struct LearnedIn {
    /// The live revision and how many lessons it has.
    newest: Option<(RevisionId, u32)>,
    /// The same of those who stay with an earlier one.
    pinned: HashMap<PersonId, (RevisionId, u32)>,
}

impl LearnedIn {
    /// The revision that a person learns, and how many lessons it has; nothing where none was published.
    pub fn by(&self, person: PersonId) -> Option<(RevisionId, u32)> {
        self.pinned.get(&person).copied().or(self.newest)
    }

    /// Every revision that somebody learns.
    pub fn revisions(&self) -> HashSet<RevisionId> {
        self.pinned.values().chain(&self.newest).map(|it| it.0).collect()
    }
}

pub async fn learned_in(db: &Connection, course: CourseId) -> Result<LearnedIn> {
    let mut find = course::Entity::find_by_id(course)
        .select_only()
        .columns([course_revision::Column::Id, course_revision::Column::Lessons])
        .filter(course_revision::Column::Id.is_not_null());
    join_live(QuerySelect::query(&mut find));
    let newest: Option<(RevisionId, i32)> = find.into_tuple().one(db).await?;
    let pinned = pinned(db, course).await?;
    let sized = |(id, lessons)| (id, u32::try_from(lessons).unwrap_or_default());
    Ok(LearnedIn {
        newest: newest.map(sized),
        pinned: pinned.into_iter().map(|(person, id, it)| (person, sized((id, it)))).collect(),
    })
}

/// Those who stay with an earlier revision, which one that is, and how many lessons it has.
async fn pinned(db: &Connection, course: CourseId) -> Result<Vec<(PersonId, RevisionId, i32)>> {
    let mut find = course_pin::Entity::find()
        .select_only()
        .columns([course_pin::Column::PersonId, course_pin::Column::RevisionId])
        .column(course_revision::Column::Lessons)
        .filter(course_pin::Column::CourseId.eq(course));
    let pinned = Expr::col((course_revision::Entity, course_revision::Column::Id))
        .equals((course_pin::Entity, course_pin::Column::RevisionId));
    QuerySelect::query(&mut find).join(
        JoinType::InnerJoin,
        course_revision::Entity,
        pinned.into_condition(),
    );
    Ok(find.into_tuple().all(db).await?)
}

/// Whether learners see the course.
pub async fn is_published(db: &Connection, id: CourseId) -> Result<bool> {
    let status: Option<CourseStatus> = course::Entity::find_by_id(id)
        .select_only()
        .column(course::Column::Status)
        .into_tuple()
        .one(db)
        .await?;
    Ok(status == Some(CourseStatus::Published))
}

/// A course's title, whatever its status.
pub async fn title(db: &Connection, id: CourseId) -> Result<String> {
    Ok(titles(db, &[id]).await?.remove(&id).ok_or(Code::NotFound)?)
}

/// Titles of courses as learners know them; a draft's own where they never saw it.
pub async fn titles(db: &Connection, ids: &[CourseId]) -> Result<HashMap<CourseId, String>> {
    Ok(sizes(db, ids).await?.into_iter().map(|(id, (title, _))| (id, title)).collect())
}

#[derive(Debug, FromQueryResult)]
struct Size {
    id: CourseId,
    title: String,
    lessons: i32,
}

/// Title and number of lessons of courses as newcomers learn them, whatever their status.
pub async fn sizes(db: &Connection, ids: &[CourseId]) -> Result<HashMap<CourseId, (String, u32)>> {
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let mut find = course::Entity::find()
            .select_only()
            .column(course::Column::Id)
            .expr_as(live_or_draft(course_revision::Column::Title, course::Column::Title), "title")
            .expr_as(
                live_or_draft(course_revision::Column::Lessons, course::Column::Lessons),
                "lessons",
            )
            .filter(course::Column::Id.is_in(some.iter().copied()));
        join_live(QuerySelect::query(&mut find));
        for Size { id, title, lessons } in find.into_model().all(db).await? {
            found.insert(id, (title, u32::try_from(lessons).unwrap_or_default()));
        }
    }
    Ok(found)
}

pub(super) fn live_or_draft(live: course_revision::Column, draft: course::Column) -> Expr {
    let live = Expr::col((course_revision::Entity, live));
    Func::coalesce([live, Expr::col((course::Entity, draft))]).into()
}

/// Joins courses with what newcomers learn, where there is something.
pub(super) fn join_live(query: &mut SelectStatement) {
    let live = Expr::col((course_revision::Entity, course_revision::Column::Id))
        .equals((course::Entity, course::Column::LiveRevisionId));
    query.join(JoinType::LeftJoin, course_revision::Entity, live.into_condition());
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use sea_orm::{DbBackend, QueryTrait};
    use shared::{accounts::SignInId, content::MediaId, organizations::OrganizationId};
    use uuid::Uuid;

    use super::*;
    use crate::{
        courses::{cards, files},
        db,
    };

    #[actix_web::test]
    async fn sqlite_looks_courses_up_however_many_are_published() {
        let caller = Caller {
            person: PersonId(Uuid::nil()),
            sign_in: SignInId(Uuid::nil()),
            name: "王秀英".into(),
            organization: OrganizationId(Uuid::nil()),
            post: None,
            reaches: BTreeMap::new(),
        };
        let page = [CourseId(Uuid::nil()); 20];
        let page = cards::rows(&caller).filter(course::Column::Id.is_in(page));
        let assigned = cards::assigned_rows(&caller);
        let of_picture = files::learned_with(&caller, MediaId(Uuid::nil()));
        for find in [page, assigned, of_picture] {
            let steps = db::plan_of(&find.build(DbBackend::Sqlite).sql).await;
            let lookup = "SEARCH courses USING INDEX sqlite_autoindex_courses_1 (id=?)";
            assert!(steps.iter().any(|it| it == lookup), "{steps:#?}");
        }
    }
}
