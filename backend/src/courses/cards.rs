//! Course cards: what a list shows of a course, with the caller's own progress.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, QueryFilter,
    QuerySelect, QueryTrait, Select,
    sea_query::{Expr, IntoCondition, JoinType, Query, SelectStatement},
};
use shared::{
    accounts::PersonId,
    courses::{CourseCard, CourseCategory, CourseId, CourseLevel, CourseProgress},
    organizations::Post,
};

use super::{
    entity::{
        assignment, assignment_person,
        course::{self, Cover},
        course_post, lesson,
    },
    visible::visible_to,
};
use crate::{Result, accounts::Caller, learning, organizations, quizzes};

/// What [`rows`] finds of one course.
#[derive(Debug, FromQueryResult)]
pub(super) struct CardRow {
    pub id: CourseId,
    title: String,
    summary: String,
    level: CourseLevel,
    category: CourseCategory,
    cover: Option<Cover>,
    pub published_at: Option<DateTime<Utc>>,
    /// 1 where the course is for the caller's post.
    pub own: i32,
    lessons: i32,
    minutes: i32,
    finished: Option<i64>,
    finished_minutes: Option<i64>,
    due_on: Option<NaiveDate>,
}

/// 1 for courses of the caller's own post, 0 for the others.
pub(super) fn own_post(caller: &Caller) -> Expr {
    match caller.post {
        Some(_) => Expr::case(Expr::col(("own", course_post::Column::PostId)).is_null(), 0)
            .finally(1)
            .into(),
        None => Expr::val(0),
    }
}

/// The visible courses with the caller's progress, in one statement; filter, order and limit it.
pub(super) fn rows(caller: &Caller) -> Select<course::Entity> {
    use course::Column::{
        Category, Cover, Id, Lessons, Level, Minutes, PublishedAt, Summary, Title,
    };
    let mut select = visible_to(caller)
        .select_only()
        .columns([Id, Title, Summary, Level, Category, Cover, PublishedAt, Lessons, Minutes])
        .expr_as(own_post(caller), "own")
        .expr_as(Expr::col(("mine", "finished")), "finished")
        .expr_as(Expr::col(("mine", "minutes")), "finished_minutes")
        .expr_as(Expr::col(("due", "due_on")), "due_on");
    let this = |other: &'static str| Expr::col((other, "course_id")).equals((course::Entity, Id));
    let query = QuerySelect::query(&mut select);
    if let Some(post) = caller.post {
        let own = this("own").and(Expr::col(("own", course_post::Column::PostId)).eq(post));
        query.join_as(JoinType::LeftJoin, course_post::Entity, "own", own.into_condition());
    }
    query.join_subquery(JoinType::LeftJoin, finished(caller.person), "mine", this("mine"));
    query.join_subquery(JoinType::LeftJoin, due(caller.person), "due", this("due"));
    select
}

/// `(course_id, finished, minutes)`: what of each course a person has behind them.
fn finished(person: PersonId) -> SelectStatement {
    let done = ("done", "lesson_id");
    Query::select()
        .column((lesson::Entity, lesson::Column::CourseId))
        .expr_as(Expr::col((lesson::Entity, lesson::Column::Id)).count(), "finished")
        .expr_as(Expr::col((lesson::Entity, lesson::Column::Minutes)).sum(), "minutes")
        .from_subquery(learning::finished_lessons(person), "done")
        .inner_join(lesson::Entity, Expr::col((lesson::Entity, lesson::Column::Id)).equals(done))
        .and_where(lesson::Column::Ready.eq(true))
        .group_by_col((lesson::Entity, lesson::Column::CourseId))
        .to_owned()
}

/// `(course_id, due_on)`: what was assigned to a person, the soonest date of each course.
pub(super) fn due(person: PersonId) -> SelectStatement {
    let mine = assignment_person::Entity::find()
        .select_only()
        .column(assignment_person::Column::AssignmentId)
        .filter(assignment_person::Column::PersonId.eq(person))
        .into_query();
    assignment::Entity::find()
        .select_only()
        .column(assignment::Column::CourseId)
        .expr_as(assignment::Column::DueOn.min(), "due_on")
        .filter(assignment::Column::Id.in_subquery(mine))
        .group_by(assignment::Column::CourseId)
        .into_query()
}

/// The cards of some rows, in their order.
pub(super) async fn cards(
    db: &impl ConnectionTrait,
    person: PersonId,
    rows: Vec<CardRow>,
) -> Result<Vec<CourseCard>> {
    let ids: Vec<CourseId> = rows.iter().map(|row| row.id).collect();
    let passed = quizzes::passed_by(db, person, &ids).await?;
    let mut posts = posts_of(db, &ids).await?;
    let card = |row: CardRow| {
        let (passed, posts) = (passed.get(&row.id).copied(), posts.remove(&row.id));
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

/// The posts of some courses, each list in the order in which the posts were entered.
pub(super) async fn posts_of(
    db: &impl ConnectionTrait,
    courses: &[CourseId],
) -> Result<HashMap<CourseId, Vec<Post>>> {
    let mut links = Vec::new();
    for some in courses.chunks(500) {
        let find = course_post::Entity::find();
        let find = find.filter(course_post::Column::CourseId.is_in(some.iter().copied()));
        links.extend(find.all(db).await?);
    }
    let mut found = HashMap::<_, Vec<Post>>::new();
    if links.is_empty() {
        return Ok(found);
    }
    let names = organizations::post_names(db).await?;
    for link in links {
        let name = names.get(&link.post_id).cloned().unwrap_or_default();
        found.entry(link.course_id).or_default().push(Post { id: link.post_id, name });
    }
    for posts in found.values_mut() {
        posts.sort_by_key(|post| post.id);
    }
    Ok(found)
}
