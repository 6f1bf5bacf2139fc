//! The rows of a course's report.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use shared::{
    accounts::{PersonCard, PersonId},
    courses::CourseId,
    problem::Code,
    reports::{CourseReport, ReportGroup, ReportRow, ShowCourseReport},
};

use crate::{
    App, Result,
    accounts::{Reach, people},
    courses::{self, LearnedIn},
    db::Connection,
    learning::{self, Reached},
    organizations, quizzes, training,
};

/// The report as of now, on the people in reach.
///
/// # Errors
/// `not_found` for a course, an organisation or a post that does not exist or is out of reach.
pub(super) async fn report(
    app: &App,
    reach: &Reach,
    request: ShowCourseReport,
) -> Result<CourseReport> {
    let db = app.db.read();
    let course = courses::find_readable(db, reach, request.course).await?;
    let facts = Facts::of(db, course.id).await?;
    let mut people = people::reached_cards_of(db, reach, facts.people()).await?;
    narrow(db, reach, &request, &mut people).await?;
    people.sort_by(|a, b| {
        (&a.organization, &a.staff_number).cmp(&(&b.organization, &b.staff_number))
    });
    let (title, lessons) =
        courses::sizes(db, &[course.id]).await?.remove(&course.id).ok_or(Code::NotFound)?;
    let rows: Vec<ReportRow> = people.into_iter().map(|it| facts.row(it, lessons)).collect();
    let groups = groups(&rows);
    let made_at = app.clock.now(db).await?;
    Ok(CourseReport { course: course.id, title, made_at, rows, groups })
}

/// What each domain knows about the people of a course.
struct Facts {
    due_on: HashMap<PersonId, NaiveDate>,
    reached: HashMap<PersonId, Reached>,
    scores: HashMap<PersonId, (u32, bool)>,
    /// The number of the revision that the best paper was drawn from.
    drawn_from: HashMap<PersonId, u32>,
    attended: HashMap<PersonId, u32>,
    learned: LearnedIn,
}

impl Facts {
    async fn of(db: &Connection, course: CourseId) -> Result<Self> {
        let numbers = courses::revision_numbers(db, course).await?;
        Ok(Self {
            due_on: courses::assigned_to(db, course).await?,
            reached: learning::reached_in(db, course).await?,
            scores: quizzes::best_scores(db, course).await?,
            drawn_from: quizzes::best_drawn_from(db, course, |it| numbers.get(&it).copied())
                .await?,
            attended: training::attendance_of_course(db, course).await?,
            learned: courses::learned_in(db, course).await?,
        })
    }

    /// Everybody who has anything to do with the course.
    fn people(&self) -> Vec<PersonId> {
        let all = self.due_on.keys().chain(self.reached.keys());
        let all = all.chain(self.scores.keys()).chain(self.attended.keys());
        all.copied().collect::<HashSet<_>>().into_iter().collect()
    }

    fn row(&self, person: PersonCard, lessons: u32) -> ReportRow {
        let reached = self.reached.get(&person.id).copied().unwrap_or_default();
        let score = self.scores.get(&person.id).copied();
        let lessons = self.learned.by(person.id).map_or(lessons, |it| it.1);
        let all_finished = lessons > 0 && reached.finished >= lessons;
        ReportRow {
            due_on: self.due_on.get(&person.id).copied(),
            lessons_finished: reached.finished.min(lessons),
            lessons,
            finished_at: reached.last_finished_at.filter(|_| all_finished),
            best_score: score.map(|it| it.0),
            best_revision: self.drawn_from.get(&person.id).copied(),
            passed: score.is_some_and(|it| it.1),
            sessions_attended: self.attended.get(&person.id).copied().unwrap_or_default(),
            person: person.id,
            name: person.name,
            staff_number: person.staff_number,
            organization: person.organization,
            post: person.post,
        }
    }
}

/// Leaves the people of the organisation and the post that were asked for.
async fn narrow(
    db: &Connection,
    reach: &Reach,
    request: &ShowCourseReport,
    people: &mut Vec<PersonCard>,
) -> Result<()> {
    if let Some(id) = request.organization {
        let mut names = organizations::organization_names(db).await?;
        let name = names.remove(&id).filter(|_| reach.has_organization(id));
        let name = name.ok_or(Code::NotFound)?;
        people.retain(|it| it.organization == name);
    }
    if let Some(id) = request.post {
        let mut names = organizations::post_names(db).await?;
        let name = names.remove(&id).ok_or(Code::NotFound)?;
        people.retain(|it| it.post.as_ref() == Some(&name));
    }
    Ok(())
}

/// The totals of each organisation, in the order of the rows.
fn groups(rows: &[ReportRow]) -> Vec<ReportGroup> {
    let count = |rows: &[ReportRow], counts: fn(&ReportRow) -> bool| {
        u32::try_from(rows.iter().filter(|row| counts(row)).count()).unwrap_or(u32::MAX)
    };
    rows.chunk_by(|a, b| a.organization == b.organization)
        .map(|rows| ReportGroup {
            organization: rows[0].organization.clone(),
            people: count(rows, |_| true),
            finished: count(rows, |row| row.finished_at.is_some()),
            passed: count(rows, |row| row.passed),
            attended: count(rows, |row| row.sessions_attended > 0),
        })
        .collect()
}
