//! Course cards: what a list shows of a course, with the caller's own progress.

use std::{collections::HashMap, hash::Hash};

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select, TryGetable,
    sea_query::{Expr, JoinType, Query, SelectStatement},
};
use shared::{
    accounts::PersonId,
    courses::{CourseCard, CourseCategory, CourseId, CourseLevel, CourseProgress},
    organizations::{Post, PostId},
    revisions::RevisionId,
};

use super::{
    entity::{
        assignment, assignment_person,
        course::{self, Cover},
        course_post, course_revision, revision_lesson, revision_post,
    },
    visible::visible_by_id,
};
use crate::{Result, accounts::Caller, db::Connection, learning, organizations, quizzes};

/// What [`rows`] finds of one course.
#[derive(Debug, FromQueryResult)]
pub(super) struct CardRow {
    pub id: CourseId,
    pub revision: RevisionId,
    title: String,
    summary: String,
    level: CourseLevel,
    category: CourseCategory,
    cover: Option<Cover>,
    lessons: i32,
    minutes: i32,
    begun: Option<i64>,
    finished: Option<i64>,
    finished_minutes: Option<i64>,
    due_on: Option<NaiveDate>,
}

/// The visible courses as the caller learns them and their progress, in one statement; filter it by
/// their ids.
pub(super) fn rows(caller: &Caller) -> Select<course::Entity> {
    use course_revision::Column::{Category, Cover, Id, Lessons, Level, Minutes, Summary, Title};
    let mut select = visible_by_id(caller)
        .select_only()
        .column(course::Column::Id)
        .column_as(Id, "revision")
        .columns([Title, Summary, Level, Category, Cover, Lessons, Minutes])
        .expr_as(Expr::col(("mine", "begun")), "begun")
        .expr_as(Expr::col(("mine", "finished")), "finished")
        .expr_as(Expr::col(("mine", "minutes")), "finished_minutes")
        .expr_as(Expr::col(("due", "due_on")), "due_on");
    let this = |other: &'static str| {
        Expr::col((other, "revision_id")).equals((course_revision::Entity, Id))
    };
    let given = Expr::col(("due", "course_id")).equals((course::Entity, course::Column::Id));
    let query = QuerySelect::query(&mut select);
    query.join_subquery(JoinType::LeftJoin, begun(caller.person), "mine", this("mine"));
    query.join_subquery(JoinType::LeftJoin, due(caller.person), "due", given);
    select
}

/// Those of the courses that were assigned to the caller, the soonest due first.
pub(super) fn assigned_rows(caller: &Caller) -> Select<course::Entity> {
    rows(caller)
        .filter(course::Column::Id.in_subquery(assigned(caller.person).into_query()))
        .order_by_asc(Expr::col(("due", "due_on")))
        .order_by_asc(course::Column::Id)
}

/// `(revision_id, begun, finished, minutes)`: what of each revision a person has begun and has behind
/// them.
fn begun(person: PersonId) -> SelectStatement {
    let finished_at = || Expr::col(("done", "finished_at"));
    let column = |column| Expr::col((revision_lesson::Entity, column));
    let minutes: Expr =
        Expr::case(finished_at().is_not_null(), column(revision_lesson::Column::Minutes))
            .finally(0)
            .into();
    Query::select()
        .column((revision_lesson::Entity, revision_lesson::Column::RevisionId))
        .expr_as(column(revision_lesson::Column::LessonId).count(), "begun")
        .expr_as(finished_at().count(), "finished")
        .expr_as(minutes.sum(), "minutes")
        .from_subquery(learning::begun_lessons(person), "done")
        .inner_join(
            revision_lesson::Entity,
            column(revision_lesson::Column::LessonId).equals(("done", "lesson_id")),
        )
        .group_by_col((revision_lesson::Entity, revision_lesson::Column::RevisionId))
        .to_owned()
}

/// `(course_id, due_on)`: what was assigned to a person, the soonest date of each course.
pub(super) fn due(person: PersonId) -> SelectStatement {
    assigned(person)
        .expr_as(assignment::Column::DueOn.min(), "due_on")
        .group_by(assignment::Column::CourseId)
        .into_query()
}

/// The ids of the courses that were assigned to a person.
fn assigned(person: PersonId) -> Select<assignment::Entity> {
    let mine = assignment_person::Entity::find()
        .select_only()
        .column(assignment_person::Column::AssignmentId)
        .filter(assignment_person::Column::PersonId.eq(person))
        .into_query();
    assignment::Entity::find()
        .select_only()
        .column(assignment::Column::CourseId)
        .filter(assignment::Column::Id.in_subquery(mine))
}

/// The cards of some rows, in their order.
pub(super) async fn cards(
    db: &Connection,
    person: PersonId,
    rows: Vec<CardRow>,
) -> Result<Vec<CourseCard>> {
    let learned: Vec<_> = rows.iter().map(|row| (row.id, row.revision)).collect();
    let passed = quizzes::passed_of(db, person, &learned).await?;
    let mut posts = posts_of_revisions(db, rows.iter().map(|row| row.revision)).await?;
    let card = |row: CardRow| {
        let (passed, posts) = (passed.get(&row.id).copied(), posts.remove(&row.revision));
        row.into_card(passed, posts.unwrap_or_default())
    };
    Ok(rows.into_iter().map(card).collect())
}

impl CardRow {
    fn into_card(self, quiz_passed: Option<bool>, posts: Vec<Post>) -> CourseCard {
        let count = |number: i64| u32::try_from(number).unwrap_or_default();
        let minutes_left = i64::from(self.minutes) - self.finished_minutes.unwrap_or_default();
        let progress = CourseProgress {
            lessons: count(self.lessons.into()),
            finished: count(self.finished.unwrap_or_default()),
            started: self.begun.is_some(),
            minutes_left: count(minutes_left),
            quiz_passed,
        };
        CourseCard {
            id: self.id,
            title: self.title,
            summary: self.summary,
            level: self.level,
            category: self.category,
            posts,
            cover: self.cover.map(|it| it.0),
            progress,
            due_on: self.due_on,
        }
    }
}

/// The posts of some courses as they are written, each list in the order in which the posts were
/// entered.
pub(super) async fn posts_of(
    db: &Connection,
    courses: &[CourseId],
) -> Result<HashMap<CourseId, Vec<Post>>> {
    use course_post::Column::{CourseId, PostId};
    let mut found = HashMap::with_capacity(courses.len());
    for some in courses.chunks(500) {
        let find = course_post::Entity::find().filter(CourseId.is_in(some.iter().copied()));
        found.extend(named(db, find, CourseId, PostId).await?);
    }
    Ok(found)
}

/// The same of some revisions, which are few.
pub(super) async fn posts_of_revisions(
    db: &Connection,
    revisions: impl IntoIterator<Item = RevisionId>,
) -> Result<HashMap<RevisionId, Vec<Post>>> {
    use revision_post::Column::{PostId, RevisionId};
    let find = revision_post::Entity::find().filter(RevisionId.is_in(revisions));
    named(db, find, RevisionId, PostId).await
}

/// The posts that links lead to, by what they are the posts of.
async fn named<E: EntityTrait, Of: Eq + Hash + TryGetable>(
    db: &Connection,
    links: Select<E>,
    of: E::Column,
    post: E::Column,
) -> Result<HashMap<Of, Vec<Post>>> {
    let mut links = links
        .select_only()
        .columns([of, post])
        .expr_as(Expr::col(("posts", "name")), "name")
        .order_by_asc(post);
    let linked = Expr::col(("posts", "id")).equals(post.as_column_ref());
    let named = organizations::named_posts();
    QuerySelect::query(&mut links).join_subquery(JoinType::InnerJoin, named, "posts", linked);
    let mut found = HashMap::<Of, Vec<Post>>::new();
    for (of, id, name) in links.into_tuple::<(Of, PostId, String)>().all(db).await? {
        found.entry(of).or_default().push(Post { id, name });
    }
    Ok(found)
}
