//! Links the clauses of the sample standards to where the sample courses teach and examine them.

use std::collections::HashMap;

use anyhow::Context;
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    accounts::PersonId,
    content::LessonContent,
    courses::{CourseId, LessonId},
    practice::ChecklistItemId,
    quizzes::QuestionId,
    standards::{ClauseId, ClauseLinkId, console::*},
};
use uuid::Uuid;

use super::files::{CourseLinks, LinkFile};
use crate::{
    App, Result,
    courses::{self, entity::lesson},
    db::{Connection, Transaction},
    quizzes,
    standards::{
        self, Place,
        entity::{clause, link, standard, version},
    },
};

/// All links at once that are not there yet.
pub(super) async fn write(
    app: &App,
    courses: HashMap<String, CourseId>,
    [author, reviewer]: [PersonId; 2],
) -> Result<()> {
    let groups = CourseLinks::all()?;
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                for group in groups {
                    let clauses = clauses(tx, &group).await?;
                    let places = Places::of(tx, courses[&group.course]).await?;
                    let find = link::Entity::find();
                    let there = find.filter(link::Column::CourseId.eq(places.course)).all(tx);
                    let there = there.await?;
                    for file in group.links {
                        let clause = *clauses.get(&file.clause).context(file.clause.clone())?;
                        let request = request(clause, places.target(&file)?, &file);
                        let place = Place::of(tx, &request.target).await?;
                        if there.iter().any(|it| leads(it, clause, &place)) {
                            continue;
                        }
                        let id = ClauseLinkId(Uuid::now_v7());
                        link_one(tx, id, (request, place), [author, reviewer], now).await?;
                    }
                }
                Ok(())
            })
        })
        .await
}

/// Lessons by their titles and ids, each with the numbers of the clauses that it quotes and the links by
/// which it does.
type Quoting = Vec<(String, LessonId, Vec<(String, ClauseLinkId)>)>;

/// Links what the lessons of a course quote, which must be linked before the course is published.
pub(in crate::seed) async fn quote(
    tx: &Transaction,
    (course, lessons): (&str, Quoting),
    people: [PersonId; 2],
    now: DateTime<Utc>,
) -> Result<()> {
    if lessons.iter().all(|it| it.2.is_empty()) {
        return Ok(());
    }
    for group in CourseLinks::all()?.iter().filter(|it| it.course == course) {
        let clauses = clauses(tx, group).await?;
        for (title, lesson, quoted) in &lessons {
            for (number, id) in quoted {
                let Some(file) = group.links.iter().find(|it| it.is_of(title, number)) else {
                    continue;
                };
                let clause = *clauses.get(number).context(number.clone())?;
                let request = request(clause, LinkTarget::Lesson { lesson: *lesson }, file);
                let place = Place::of(tx, &request.target).await?;
                link_one(tx, *id, (request, place), people, now).await?;
            }
        }
    }
    Ok(())
}

async fn link_one(
    tx: &Transaction,
    id: ClauseLinkId,
    link: (LinkClause, Place),
    [author, reviewer]: [PersonId; 2],
    now: DateTime<Utc>,
) -> Result<()> {
    standards::link_as(tx, id, link, author, now).await?;
    standards::submit_link(tx, id, now).await?;
    standards::review_link(tx, (id, None), reviewer, now).await
}

/// Whether a link leads from a clause to a place.
fn leads(link: &link::Model, clause: ClauseId, place: &Place) -> bool {
    link.clause_id == clause
        && link.lesson_id == place.lesson
        && link.question_id == place.question
        && link.item_id == place.item
        && link.card == place.card
        && link.from_second.zip(link.to_second) == place.seconds
}

const fn request(clause: ClauseId, target: LinkTarget, file: &LinkFile) -> LinkClause {
    let (kind, coverage) = (file.kind, file.coverage);
    LinkClause { clause, target, kind, coverage, dated: false, note: String::new() }
}

/// The clauses of a version by their numbers.
async fn clauses(db: &Connection, group: &CourseLinks) -> Result<HashMap<String, ClauseId>> {
    let find = standard::Entity::find().filter(standard::Column::Number.eq(&group.standard));
    let standard = find.one(db).await?.context("every linked standard is there")?;
    let version = version::Entity::find()
        .filter(version::Column::StandardId.eq(standard.id))
        .filter(version::Column::Label.eq(&group.version))
        .one(db)
        .await?
        .context("every linked version is there")?;
    let find = clause::Entity::find().filter(clause::Column::VersionId.eq(version.id));
    Ok(find.all(db).await?.into_iter().map(|it| (it.number, it.id)).collect())
}

/// What of a course can be linked to, by its titles.
struct Places {
    course: CourseId,
    lessons: HashMap<String, (LessonId, LessonContent)>,
    questions: HashMap<String, QuestionId>,
    items: HashMap<String, ChecklistItemId>,
}

impl Places {
    async fn of(db: &Connection, course: CourseId) -> Result<Self> {
        let find = lesson::Entity::find().filter(lesson::Column::CourseId.eq(course));
        let lessons = find.all(db).await?.into_iter();
        let lessons = lessons.map(|it| (it.title, (it.id, it.content.0))).collect();
        let items = courses::checklist_items(db, course).await?.written.into_iter();
        let items = items.map(|it| (it.text, it.id)).collect();
        Ok(Self { course, lessons, questions: questions(db, course).await?, items })
    }

    fn target(&self, file: &LinkFile) -> Result<LinkTarget> {
        if let Some(stem) = &file.question {
            let question = *self.questions.get(stem).with_context(|| stem.clone())?;
            return Ok(LinkTarget::Question { question });
        }
        if let Some(text) = &file.item {
            let item = *self.items.get(text).with_context(|| text.clone())?;
            return Ok(LinkTarget::ChecklistItem { course: self.course, item });
        }
        let title = file.lesson.as_deref().context("a link names a question or a lesson")?;
        let (lesson, content) = self.lessons.get(title).with_context(|| title.to_owned())?;
        let lesson = *lesson;
        if let Some((from, to)) = file.seconds {
            return Ok(LinkTarget::Video { lesson, from, to });
        }
        let Some(card) = &file.card else { return Ok(LinkTarget::Lesson { lesson }) };
        let LessonContent::Steps(steps) = content else { None.context(card.clone())? };
        let at = steps.cards.iter().position(|it| it.title == *card);
        let card = at.and_then(|it| u32::try_from(it).ok()).with_context(|| card.clone())?;
        Ok(LinkTarget::Card { lesson, card })
    }
}

/// The questions of a course by what they ask.
async fn questions(db: &Connection, course: CourseId) -> Result<HashMap<String, QuestionId>> {
    let written = quizzes::written_questions(db, course).await?;
    Ok(written.into_iter().map(|(id, stem)| (stem, id)).collect())
}
