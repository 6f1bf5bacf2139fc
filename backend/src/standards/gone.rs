//! What keeps a text from learners: clauses it cites that a new version has no more.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    courses::CourseId,
    problem::FieldProblem,
    revisions::CourseDocument,
    standards::console::{LinkState, StaleReason},
};

use super::{cards::CardName, entity::link, posts, standing};
use crate::{Result, db::Connection};

/// Of a course as it is written, or of the text of one of its revisions.
pub async fn gone_clauses(
    db: &Connection,
    course: CourseId,
    text: Option<&CourseDocument>,
) -> Result<Vec<FieldProblem>> {
    let links = link::Entity::find()
        .filter(link::Column::CourseId.eq(course))
        .filter(link::Column::State.eq(LinkState::Stale))
        .filter(link::Column::Reason.eq(StaleReason::Deleted))
        .all(db)
        .await?;
    let mut gone = Vec::new();
    for link in links.iter().filter(|it| text.is_none_or(|text| has_place(text, it))) {
        let clause = posts::find(db, link.clause_id).await?;
        let names = standing::names(db, [link.version_id]).await?;
        let standard = names.get(&link.version_id).cloned().unwrap_or_default();
        let message = format!(
            "引用的 {standard} 第 {} 条在新版本里删了，请先在标准仓解除这个链接",
            clause.number
        );
        gone.push(FieldProblem { field: "clauses".into(), message });
    }
    Ok(gone)
}

/// Whether a text has the place of a link: another revision may be without it.
fn has_place(text: &CourseDocument, link: &link::Model) -> bool {
    if let Some(lesson) = link.lesson_id {
        let found = text.chapters.iter().flat_map(|it| &it.lessons).find(|it| it.id == lesson);
        let card = CardName::of(link);
        return found.is_some_and(|it| card.is_none_or(|card| card.place(&it.content).is_some()));
    }
    if let Some(question) = link.question_id {
        let mut questions = text.quiz.iter().flat_map(|it| &it.questions);
        return questions.any(|it| it.question == question);
    }
    let mut items = text.practice.checklist.items.iter();
    link.item_id.is_none_or(|item| items.any(|it| it.id == item))
}
