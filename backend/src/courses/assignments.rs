//! 必学: courses given to people, with a date to be done by.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, IntoCondition, JoinType, SelectStatement},
};
use shared::{
    accounts::PersonId,
    authoring::{AssignCourse, Assignment, AssignmentId, Audience, CountAudience},
    courses::{CourseId, CourseStatus},
    problem::Code,
    time::local_date,
};

use super::{
    entity::{assignment, assignment_person, course, course_revision},
    fields::Fields,
    giving::{self, Giving},
    managed,
    visible::{join_live, live_or_draft},
};
use crate::{
    Result,
    accounts::{Reach, people},
    db::{Connection, Transaction},
    organizations, roster,
};

/// Gives a published course to everybody in reach who is chosen at this moment, and tells them.
///
/// # Errors
/// `invalid_request` for an unpublished course, a date that is over, or a choice of nothing;
/// `nobody_matches` where the choice is empty of people.
pub async fn assign(
    tx: &Transaction,
    request: AssignCourse,
    (created_by, reach): (Option<PersonId>, &Reach),
    now: DateTime<Utc>,
) -> Result<Assignment> {
    let course = managed::lock(tx, request.course).await?;
    check(&request, course.status, local_date(now))?;
    let people = chosen(tx, reach, &whom(&request)).await?;
    if people.is_empty() {
        return Err(Code::NobodyMatches.into());
    }
    let (course, target) = (course.id, target(tx, &request).await?);
    let giving = Giving { course, target, due_on: request.due_on, people };
    giving::give(tx, giving, created_by, now).await
}

fn check(request: &AssignCourse, status: CourseStatus, today: NaiveDate) -> Result<()> {
    let mut fields = Fields::default();
    giving::check(&mut fields, status, request.due_on, today);
    check_choice(&mut fields, &whom(request));
    fields.done()
}

/// Whom an assignment is for.
pub(super) fn whom(request: &AssignCourse) -> CountAudience {
    CountAudience {
        posts: request.posts.clone(),
        organizations: request.organizations.clone(),
        teams: request.teams.clone(),
        people: request.people.clone(),
    }
}

fn check_choice(fields: &mut Fields, choice: &CountAudience) {
    let CountAudience { posts, organizations, teams, people } = choice;
    if posts.is_empty() && organizations.is_empty() && teams.is_empty() && people.is_empty() {
        fields.refuse("posts", "请至少选一个岗位、单位、班组或人");
    }
    fields.at_most("posts", posts.len(), 200);
    fields.at_most("organizations", organizations.len(), 200);
    fields.at_most("teams", teams.len(), 200);
    fields.at_most("people", people.len(), 200);
}

/// Everybody in reach whom the choice fits now, each once.
async fn chosen(db: &Connection, reach: &Reach, choice: &CountAudience) -> Result<Vec<PersonId>> {
    let CountAudience { posts, organizations, teams, people } = choice;
    let mut found = Vec::new();
    if !posts.is_empty() || !organizations.is_empty() {
        found.extend(people::matching(db, reach, posts, organizations).await?);
    }
    found.extend(people::named_one_by_one(db, reach, teams, people).await?);
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// How many people a choice would give a course to now.
///
/// # Errors
/// `invalid_request` for a choice of nothing.
pub(super) async fn count(
    db: &Connection,
    reach: &Reach,
    choice: &CountAudience,
) -> Result<Audience> {
    let mut fields = Fields::default();
    check_choice(&mut fields, choice);
    fields.done()?;
    let people = chosen(db, reach, choice).await?;
    Ok(Audience { people: u32::try_from(people.len()).unwrap_or(u32::MAX) })
}

/// To whom, in words: `会务服务、卫生保洁（和顺物业服务公司）`.
async fn target(db: &Connection, request: &AssignCourse) -> Result<String> {
    let posts = organizations::post_names(db).await?;
    let all = organizations::organization_names(db).await?;
    let posts: Vec<&str> =
        request.posts.iter().filter_map(|id| posts.get(id)).map(String::as_str).collect();
    let organizations: Vec<&str> =
        request.organizations.iter().filter_map(|id| all.get(id)).map(String::as_str).collect();
    let groups = match (posts.as_slice(), organizations.as_slice()) {
        ([], organizations) => organizations.join("、"),
        (posts, []) => posts.join("、"),
        (posts, organizations) => format!("{} · {}", organizations.join("、"), posts.join("、")),
    };
    let teams = roster::named_teams(db).await?;
    let teams = teams.into_iter().filter(|it| request.teams.contains(&it.id)).map(|it| it.name);
    let mut parts: Vec<String> = std::iter::once(groups).chain(teams).collect();
    parts.retain(|it| !it.is_empty());
    // Who was chosen by name is not written down by name.
    if !request.people.is_empty() {
        parts.push(format!("点名 {} 人", request.people.len()));
    }
    Ok(parts.join("、"))
}

/// What was assigned of a course to people in reach, the newest first, and to how many of them.
pub(super) async fn list(
    db: &Connection,
    reach: &Reach,
    course: CourseId,
) -> Result<Vec<Assignment>> {
    managed::find_readable(db, reach, course).await?;
    let found = assignment::Entity::find()
        .filter(assignment::Column::CourseId.eq(course))
        .order_by_desc(assignment::Column::CreatedAt)
        .order_by_desc(assignment::Column::Id)
        .all(db)
        .await?;
    if reach.is_everything() {
        return Ok(found.into_iter().map(Assignment::from).collect());
    }
    let reached = reached_by(db, reach, found.iter().map(|it| it.id).collect()).await?;
    let shown = |it: assignment::Model| {
        let people = *reached.get(&it.id)?;
        Some(Assignment { people, ..it.into() })
    };
    Ok(found.into_iter().filter_map(shown).collect())
}

/// How many people in reach each assignment goes to; those that go to none are left out.
async fn reached_by(
    db: &Connection,
    reach: &Reach,
    assignments: Vec<AssignmentId>,
) -> Result<HashMap<AssignmentId, u32>> {
    let counts: Vec<(AssignmentId, i64)> = assignment_person::Entity::find()
        .select_only()
        .column(assignment_person::Column::AssignmentId)
        .column_as(assignment_person::Column::PersonId.count(), "people")
        .filter(assignment_person::Column::AssignmentId.is_in(assignments))
        .filter(assignment_person::Column::PersonId.in_subquery(reach.people()))
        .group_by(assignment_person::Column::AssignmentId)
        .into_tuple()
        .all(db)
        .await?;
    let small = |(id, count)| (id, u32::try_from(count).unwrap_or_default());
    Ok(counts.into_iter().map(small).collect())
}

impl From<assignment::Model> for Assignment {
    fn from(row: assignment::Model) -> Self {
        Self {
            id: row.id,
            target: row.target,
            people: u32::try_from(row.people).unwrap_or_default(),
            due_on: row.due_on,
            created_at: row.created_at,
        }
    }
}

/// The published courses that somebody is to finish on this day or later.
pub async fn assigned_since(db: &Connection, day: NaiveDate) -> Result<Vec<(CourseId, String)>> {
    assigned_for(db, assignment::Column::DueOn.gte(day)).await
}

/// The published courses that somebody is to finish on this day.
pub async fn due_on(db: &Connection, day: NaiveDate) -> Result<Vec<(CourseId, String)>> {
    assigned_for(db, assignment::Column::DueOn.eq(day)).await
}

async fn assigned_for(db: &Connection, due: Expr) -> Result<Vec<(CourseId, String)>> {
    let given = assignment::Entity::find()
        .select_only()
        .column(assignment::Column::CourseId)
        .filter(due)
        .into_query();
    let mut found = course::Entity::find()
        .select_only()
        .column(course::Column::Id)
        .expr_as(live_or_draft(course_revision::Column::Title, course::Column::Title), "title")
        .filter(course::Column::Status.eq(CourseStatus::Published))
        .filter(course::Column::Id.in_subquery(given));
    join_live(QuerySelect::query(&mut found));
    Ok(found.into_tuple().all(db).await?)
}

/// Everybody a course was assigned to, with the soonest date.
pub async fn assigned_to(
    db: &Connection,
    course: CourseId,
) -> Result<HashMap<PersonId, NaiveDate>> {
    let mut find = assignment_person::Entity::find()
        .select_only()
        .column(assignment_person::Column::PersonId)
        .expr_as(assignment::Column::DueOn.min(), "due_on")
        .filter(assignment::Column::CourseId.eq(course))
        .group_by(assignment_person::Column::PersonId);
    join_assignments(QuerySelect::query(&mut find));
    let found: Vec<(PersonId, NaiveDate)> = find.into_tuple().all(db).await?;
    Ok(found.into_iter().collect())
}

/// Which of these people, given as a subquery, which of some courses was assigned to.
pub async fn assigned_among(
    db: &Connection,
    people: &SelectStatement,
    courses: &[CourseId],
) -> Result<Vec<(PersonId, CourseId)>> {
    let mut found = Vec::new();
    for some in courses.chunks(500) {
        let find = among(people)
            .column(assignment_person::Column::PersonId)
            .column(assignment::Column::CourseId)
            .filter(assignment::Column::CourseId.is_in(some.iter().copied()));
        found.extend(find.into_tuple::<(PersonId, CourseId)>().all(db).await?);
    }
    Ok(found)
}

/// Ids of the courses that were assigned to any of these people, given as a subquery.
pub fn assigned_ids(people: &SelectStatement) -> SelectStatement {
    among(people).column(assignment::Column::CourseId).into_query()
}

fn among(people: &SelectStatement) -> Select<assignment_person::Entity> {
    let mut find = assignment_person::Entity::find()
        .select_only()
        .filter(assignment_person::Column::PersonId.in_subquery(people.clone()));
    join_assignments(QuerySelect::query(&mut find));
    find
}

/// How many people in reach each of some courses was assigned to.
pub(super) async fn people_counts(
    db: &Connection,
    reach: &Reach,
    courses: &[CourseId],
) -> Result<HashMap<CourseId, u32>> {
    let person = Expr::col((assignment_person::Entity, assignment_person::Column::PersonId));
    let mut find = assignment_person::Entity::find()
        .select_only()
        .column(assignment::Column::CourseId)
        .expr_as(person.count_distinct(), "people")
        .filter(assignment::Column::CourseId.is_in(courses.iter().copied()))
        .group_by(assignment::Column::CourseId);
    if !reach.is_everything() {
        let reached = assignment_person::Column::PersonId.in_subquery(reach.people());
        find = find.filter(reached);
    }
    join_assignments(QuerySelect::query(&mut find));
    let found: Vec<(CourseId, i64)> = find.into_tuple().all(db).await?;
    let small = |(course, count)| (course, u32::try_from(count).unwrap_or_default());
    Ok(found.into_iter().map(small).collect())
}

fn join_assignments(query: &mut SelectStatement) {
    let on = Expr::col((assignment::Entity, assignment::Column::Id))
        .equals((assignment_person::Entity, assignment_person::Column::AssignmentId));
    query.join(JoinType::InnerJoin, assignment::Entity, on.into_condition());
}
