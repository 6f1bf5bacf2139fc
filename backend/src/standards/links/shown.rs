//! Links as officers see them, with what both ends are called.

use std::collections::{HashMap, HashSet};

use shared::{
    accounts::PersonId,
    courses::{CourseId, LessonId},
    practice::ChecklistItemId,
    quizzes::QuestionId,
    standards::console::*,
};

use super::{target, texts};
use crate::{
    Result,
    accounts::{Caller, Reach, people},
    courses,
    db::Connection,
    standards::{entity::link, quoting::Quotes},
};

pub async fn all(
    db: &Connection,
    caller: &Caller,
    reach: &Reach,
    rows: Vec<link::Model>,
) -> Result<Vec<ClauseLink>> {
    let names = Names::of(db, reach, &rows).await?;
    Ok(rows.into_iter().filter_map(|row| names.shown(row, caller)).collect())
}

struct Names {
    quotes: Quotes,
    courses: HashMap<CourseId, String>,
    managed: HashSet<CourseId>,
    /// As they are written, of courses that somebody may change; else as newcomers read them.
    lessons: HashMap<LessonId, String>,
    questions: HashMap<QuestionId, String>,
    items: HashMap<(CourseId, ChecklistItemId), String>,
    people: HashMap<PersonId, String>,
}

impl Names {
    async fn of(db: &Connection, reach: &Reach, rows: &[link::Model]) -> Result<Self> {
        let courses: Vec<_> = rows.iter().map(|it| it.course_id).collect();
        let managed = courses::owned(db, reach).await?.into_iter().map(|it| it.id).collect();
        let all: Vec<&link::Model> = rows.iter().collect();
        let with_items: Vec<_> =
            rows.iter().filter(|it| it.item_id.is_some()).map(|it| it.course_id).collect();
        let people = rows.iter().flat_map(|it| [Some(it.author), it.reviewer]).flatten();
        let people: HashSet<PersonId> = people.collect();
        let people = people::cards_of(db, people.into_iter().collect()).await?;
        Ok(Self {
            quotes: Quotes::of(db, rows).await?,
            courses: courses::titles(db, &courses).await?,
            lessons: texts::lessons(db, &all, &managed).await?,
            questions: texts::questions(db, &all, &managed).await?,
            items: courses::item_texts(db, reach, &with_items).await?,
            managed,
            people: people.into_iter().map(|it| (it.id, it.name)).collect(),
        })
    }

    fn shown(&self, row: link::Model, caller: &Caller) -> Option<ClauseLink> {
        let (clause, quote) = (self.quotes.clause(&row)?, self.quotes.quote(&row)?);
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
            standard_name: quote.standard.clone(),
            number: clause.number.clone(),
            clause_title: if clause.title.is_empty() { &clause.text } else { &clause.title }
                .chars()
                .take(60)
                .collect(),
            quote,
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
        let own = self.managed.contains(&row.course_id);
        // What readers do not see may be gone, or not be there yet.
        let missing = |what: &str| format!("{}的{what}", if own { "已删去" } else { "没有发布" });
        let lesson = row.lesson_id.and_then(|it| self.lessons.get(&it)).cloned();
        let clock = |seconds: Option<i32>| {
            let seconds = seconds.unwrap_or_default();
            format!("{}:{:02}", seconds / 60, seconds % 60)
        };
        let text = match row.place {
            LinkPlace::Lesson => lesson,
            LinkPlace::Card => lesson.map(|lesson| match &row.card_title {
                Some(title) if own => format!("{lesson} · {title}"),
                _ => format!("{lesson} · 其中一步"),
            }),
            LinkPlace::Video => lesson.map(|lesson| {
                format!("{lesson} · {}～{}", clock(row.from_second), clock(row.to_second))
            }),
            LinkPlace::Question => row.question_id.and_then(|it| self.questions.get(&it)).cloned(),
            LinkPlace::ChecklistItem => {
                row.item_id.and_then(|it| self.items.get(&(row.course_id, it))).cloned()
            }
        };
        text.unwrap_or_else(|| {
            missing(match row.place {
                LinkPlace::Lesson | LinkPlace::Card | LinkPlace::Video => "课时",
                LinkPlace::Question => "试题",
                LinkPlace::ChecklistItem => "考核项",
            })
        })
    }
}
