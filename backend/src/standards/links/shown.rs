//! Links as officers see them, with what both ends are called.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use shared::{
    accounts::PersonId,
    courses::{CourseId, LessonId},
    practice::ChecklistItemId,
    quizzes::QuestionId,
    standards::{ClauseId, StandardVersionId, console::*},
};

use super::target;
use crate::{
    Result,
    accounts::{Caller, Reach, people},
    courses, quizzes,
    standards::{
        entity::{clause, link},
        standing,
    },
};

pub async fn all(
    db: &impl ConnectionTrait,
    caller: &Caller,
    reach: &Reach,
    rows: Vec<link::Model>,
) -> Result<Vec<ClauseLink>> {
    let names = Names::of(db, reach, &rows).await?;
    Ok(rows.into_iter().filter_map(|row| names.shown(row, caller)).collect())
}

struct Names {
    clauses: HashMap<ClauseId, clause::Model>,
    versions: HashMap<StandardVersionId, String>,
    courses: HashMap<CourseId, String>,
    managed: HashSet<CourseId>,
    lessons: HashMap<LessonId, String>,
    questions: HashMap<QuestionId, String>,
    items: HashMap<ChecklistItemId, String>,
    people: HashMap<PersonId, String>,
}

impl Names {
    async fn of(db: &impl ConnectionTrait, reach: &Reach, rows: &[link::Model]) -> Result<Self> {
        let clauses = clause::Entity::find()
            .filter(clause::Column::Id.is_in(rows.iter().map(|it| it.clause_id)))
            .all(db)
            .await?;
        let courses: Vec<_> = rows.iter().map(|it| it.course_id).collect();
        let lessons: Vec<_> = rows.iter().filter_map(|it| it.lesson_id).collect();
        let questions: Vec<_> = rows.iter().filter_map(|it| it.question_id).collect();
        let with_items: Vec<_> =
            rows.iter().filter(|it| it.item_id.is_some()).map(|it| it.course_id).collect();
        let people = rows.iter().flat_map(|it| [Some(it.author), it.reviewer]).flatten();
        let people: HashSet<PersonId> = people.collect();
        let people = people::cards_of(db, people.into_iter().collect()).await?;
        Ok(Self {
            clauses: clauses.into_iter().map(|it| (it.id, it)).collect(),
            versions: standing::names(db, rows.iter().map(|it| it.version_id)).await?,
            courses: courses::titles(db, &courses).await?,
            managed: courses::owned(db, reach).await?.into_iter().map(|it| it.id).collect(),
            lessons: courses::lesson_titles(db, &lessons).await?,
            questions: quizzes::stems(db, &questions).await?,
            items: courses::item_texts(db, &with_items).await?,
            people: people.into_iter().map(|it| (it.id, it.name)).collect(),
        })
    }

    fn shown(&self, row: link::Model, caller: &Caller) -> Option<ClauseLink> {
        let clause = self.clauses.get(&row.clause_id)?;
        let target = target::of_row(&row)?;
        let editable = self.managed.contains(&row.course_id);
        let others = row.author != caller.person;
        let name = |id: PersonId| self.people.get(&id).cloned();
        Some(ClauseLink {
            target_title: self.title(&row),
            id: row.id,
            clause: row.clause_id,
            standard: row.standard_id,
            version: row.version_id,
            standard_name: self.versions.get(&row.version_id).cloned().unwrap_or_default(),
            number: clause.number.clone(),
            clause_title: if clause.title.is_empty() { &clause.text } else { &clause.title }
                .chars()
                .take(60)
                .collect(),
            course: row.course_id,
            course_title: self.courses.get(&row.course_id).cloned().unwrap_or_default(),
            target,
            kind: row.kind,
            coverage: row.coverage,
            dated: row.dated,
            state: row.state,
            reason: row.reason,
            note: row.note,
            returned: row.returned,
            author: name(row.author).unwrap_or_default(),
            reviewer: row.reviewer.and_then(name),
            editable,
            reviewable: editable && others && row.state == LinkState::InReview,
            updated_at: row.updated_at,
        })
    }

    fn title(&self, row: &link::Model) -> String {
        let lesson = row.lesson_id.and_then(|it| self.lessons.get(&it)).cloned();
        let lesson = lesson.unwrap_or_else(|| "已删去的课时".into());
        let clock = |seconds: Option<i32>| {
            let seconds = seconds.unwrap_or_default();
            format!("{}:{:02}", seconds / 60, seconds % 60)
        };
        match row.place {
            LinkPlace::Lesson => lesson,
            LinkPlace::Card => {
                format!("{lesson} · {}", row.card_title.as_deref().unwrap_or_default())
            }
            LinkPlace::Video => {
                format!("{lesson} · {}～{}", clock(row.from_second), clock(row.to_second))
            }
            LinkPlace::Question => {
                let stem = row.question_id.and_then(|it| self.questions.get(&it)).cloned();
                stem.unwrap_or_else(|| "已删去的试题".into())
            }
            LinkPlace::ChecklistItem => {
                let text = row.item_id.and_then(|it| self.items.get(&it)).cloned();
                text.unwrap_or_else(|| "已删去的考核项".into())
            }
        }
    }
}
