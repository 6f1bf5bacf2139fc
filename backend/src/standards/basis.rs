//! What a course rests on: the clauses it cites, and from where.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    courses::{CourseId, LessonId},
    practice::ChecklistItemId,
    quizzes::QuestionId,
    standards::{
        ClauseId,
        console::{LinkKind, LinkState},
    },
};

use super::{
    cards::CardName,
    cited,
    entity::{clause, link},
    standing,
};
use crate::{Result, db::Connection};

/// One link of a course to a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    pub lesson: Option<LessonId>,
    /// The step card that cites it.
    pub card: Option<CardName>,
    pub question: Option<QuestionId>,
    /// Of the checklist.
    pub item: Option<ChecklistItemId>,
    pub kind: LinkKind,
    /// Checked, and of what is in force; else it waits to be looked at again.
    pub valid: bool,
    pub clause: ClauseId,
    /// `Q/JG 101—2025 第 5.2 条`
    pub name: String,
    /// Whether it says what must be done.
    pub must: bool,
    pub text: String,
}

/// The links of a course that learners see, the valid and the stale.
pub async fn basis_of(db: &Connection, course: CourseId) -> Result<Vec<Basis>> {
    let links = link::Entity::find()
        .filter(link::Column::CourseId.eq(course))
        .filter(cited::seen())
        .all(db)
        .await?;
    let mut clauses = HashMap::new();
    for some in links.chunks(500) {
        let ids = some.iter().map(|it| it.clause_id);
        let found = clause::Entity::find().filter(clause::Column::Id.is_in(ids)).all(db).await?;
        clauses.extend(found.into_iter().map(|it| (it.id, it)));
    }
    let versions: HashSet<_> = links.iter().map(|it| it.version_id).collect();
    let names = standing::names(db, versions).await?;
    let basis = |it: link::Model| {
        let clause = clauses.get(&it.clause_id)?;
        let standard = names.get(&it.version_id).cloned().unwrap_or_default();
        Some(Basis {
            lesson: it.lesson_id,
            card: CardName::of(&it),
            question: it.question_id,
            item: it.item_id,
            kind: it.kind,
            valid: it.state == LinkState::Valid,
            clause: clause.id,
            name: format!("{standard} 第 {} 条", clause.number),
            must: clause.must,
            text: clause.text.clone(),
        })
    };
    Ok(links.into_iter().filter_map(basis).collect())
}
