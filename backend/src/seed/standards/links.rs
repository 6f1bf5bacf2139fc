//! Links the clauses of the sample standards to where the sample courses teach and examine them.

use std::collections::HashMap;

use anyhow::Context;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use shared::{
    accounts::PersonId,
    content::LessonContent,
    courses::{CourseId, LessonId},
    practice::ChecklistItemId,
    quizzes::QuestionId,
    standards::{ClauseId, console::*},
};

use super::files::{CourseLinks, LinkFile};
use crate::{
    App, Result,
    courses::{self, entity::lesson},
    quizzes,
    standards::{
        self, Place,
        entity::{clause, link, standard, version},
    },
};

/// All links at once, unless there are some.
pub(super) async fn write(
    app: &App,
    courses: HashMap<String, CourseId>,
    [author, reviewer]: [PersonId; 2],
) -> Result<()> {
    if link::Entity::find().count(app.db.read()).await? > 0 {
        return Ok(());
    }
    let groups = CourseLinks::all()?;
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                for group in groups {
                    let clauses = clauses(tx, &group).await?;
                    let places = Places::of(tx, courses[&group.course]).await?;
                    for file in group.links {
                        let clause = *clauses.get(&file.clause).context(file.clause.clone())?;
                        let request = request(clause, places.target(&file)?, &file);
                        let place = Place::of(tx, &request.target).await?;
                        let link = standards::link(tx, request, place, author, now).await?;
                        standards::submit_link(tx, link, now).await?;
                        standards::review_link(tx, (link, None), reviewer, now).await?;
                    }
                }
                Ok(())
            })
        })
        .await
}

const fn request(clause: ClauseId, target: LinkTarget, file: &LinkFile) -> LinkClause {
    let (kind, coverage) = (file.kind, file.coverage);
    LinkClause { clause, target, kind, coverage, dated: false, note: String::new() }
}

/// The clauses of a version by their numbers.
async fn clauses(
    db: &impl ConnectionTrait,
    group: &CourseLinks,
) -> Result<HashMap<String, ClauseId>> {
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
    async fn of(db: &impl ConnectionTrait, course: CourseId) -> Result<Self> {
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
async fn questions(
    db: &impl ConnectionTrait,
    course: CourseId,
) -> Result<HashMap<String, QuestionId>> {
    let written = quizzes::written_questions(db, course).await?;
    Ok(written.into_iter().map(|(id, stem)| (stem, id)).collect())
}
