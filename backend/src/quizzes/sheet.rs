//! An attempt as its learner sees it.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, FromQueryResult,
    sea_query::{Expr, ExprTrait, JoinType, Order, Query},
};
use shared::quizzes::{Attempt, AttemptId, AttemptItem, AttemptOption, QuestionKind};
use uuid::Uuid;

use super::{
    entity::{
        OptionIndexes, OptionTexts, answer, attempt, attempt_item as item,
        question_version as version, quiz,
    },
    handle::handle,
    quiz::ruled,
};
use crate::{Result, db::Connection};

/// A drawn question, and what is saved for it.
#[derive(Debug, FromQueryResult)]
pub struct SheetItem {
    pub position: i32,
    pub question_version_id: Uuid,
    pub kind: QuestionKind,
    pub stem: String,
    pub options: OptionTexts,
    pub option_order: OptionIndexes,
    pub chosen: Option<OptionIndexes>,
    pub client_seq: Option<i64>,
}

impl SheetItem {
    /// The options in the order the learner sees them: their index and text.
    pub fn shown_options(&self) -> impl Iterator<Item = (u8, &str)> {
        self.option_order.0.iter().filter_map(|&index| {
            self.options.0.get(usize::from(index)).map(|text| (index, text.as_str()))
        })
    }

    /// The options chosen, by index.
    pub fn chosen(&self) -> &[u8] {
        self.chosen.as_ref().map_or(&[], |it| &it.0)
    }

    fn show(&self, secret: &[u8]) -> AttemptItem {
        let name = |option| handle(secret, self.position, option);
        let option =
            |(index, text): (u8, &str)| AttemptOption { handle: name(index), text: text.into() };
        AttemptItem {
            position: self.position,
            kind: self.kind,
            stem: self.stem.clone(),
            options: self.shown_options().map(option).collect(),
            chosen: self.chosen().iter().map(|&it| name(it)).collect(),
            client_seq: self.client_seq.unwrap_or_default(),
        }
    }
}

/// The questions of an attempt by position.
pub async fn items(db: &Connection, attempt: AttemptId) -> Result<Vec<SheetItem>> {
    let mut select = Query::select();
    select
        .columns([
            (item::Entity, item::Column::Position),
            (item::Entity, item::Column::QuestionVersionId),
            (item::Entity, item::Column::Kind),
            (item::Entity, item::Column::OptionOrder),
        ])
        .columns([
            (version::Entity, version::Column::Stem),
            (version::Entity, version::Column::Options),
        ])
        .columns([
            (answer::Entity, answer::Column::Chosen),
            (answer::Entity, answer::Column::ClientSeq),
        ])
        .from(item::Entity)
        .join(
            JoinType::InnerJoin,
            version::Entity,
            Expr::col((version::Entity, version::Column::Id))
                .equals((item::Entity, item::Column::QuestionVersionId)),
        )
        .join(JoinType::LeftJoin, answer::Entity, answer_of_item())
        .and_where(item::Column::AttemptId.eq(attempt))
        .order_by((item::Entity, item::Column::Position), Order::Asc);
    let build = db.get_database_backend().build(&select);
    Ok(SheetItem::find_by_statement(build).all(db).await?)
}

/// The saved answer to a drawn question.
pub fn answer_of_item() -> Expr {
    Expr::col((answer::Entity, answer::Column::AttemptId))
        .equals((item::Entity, item::Column::AttemptId))
        .and(
            Expr::col((answer::Entity, answer::Column::Position))
                .equals((item::Entity, item::Column::Position)),
        )
}

/// A stored attempt.
pub async fn find(db: &Connection, attempt: attempt::Model, now: DateTime<Utc>) -> Result<Attempt> {
    let quiz = ruled(db, attempt.quiz_id, attempt.person_id).await?;
    let items = items(db, attempt.id).await?;
    Ok(show(&quiz, &attempt, &items, now))
}

/// An attempt with its questions.
pub fn show(
    quiz: &quiz::Model,
    attempt: &attempt::Model,
    items: &[SheetItem],
    now: DateTime<Utc>,
) -> Attempt {
    Attempt {
        id: attempt.id,
        quiz: quiz.id,
        course: quiz.course_id,
        title: quiz.title.clone(),
        state: attempt.state,
        started_at: attempt.started_at,
        deadline_at: attempt.deadline_at,
        now,
        writer_epoch: attempt.writer_epoch,
        writer: attempt.writer,
        items: items.iter().map(|it| it.show(&attempt.secret)).collect(),
    }
}
