//! What an attempt is made of: every current question, shuffled once and then stored, so that no
//! later change of the quiz reaches a paper that somebody is working on.

use rand::seq::SliceRandom;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, JoinType, Query},
};
use shared::quizzes::{AttemptId, QuestionKind, QuizId};

use super::entity::{OptionIndexes, attempt_item, question, question_version};
use crate::{Result, db::Connection};

/// What a quiz asks now, in the officer's order.
pub async fn current_questions(
    db: &Connection,
    quiz: QuizId,
) -> Result<Vec<question_version::Model>> {
    let mut find = question_version::Entity::find()
        .filter(question::Column::QuizId.eq(quiz))
        .filter(question::Column::RemovedAt.is_null())
        .order_by_asc(question::Column::Position);
    let current = Expr::col((question::Entity, question::Column::CurrentVersionId))
        .equals((question_version::Entity, question_version::Column::Id));
    QuerySelect::query(&mut find).join(JoinType::InnerJoin, question::Entity, current);
    Ok(find.all(db).await?)
}

/// How many questions a quiz asks now.
pub async fn count(db: &Connection, quiz: QuizId) -> Result<u32> {
    let mut count = Query::select();
    count
        .expr(Expr::col(question::Column::Id).count())
        .from(question::Entity)
        .and_where(question::Column::QuizId.eq(quiz))
        .and_where(question::Column::RemovedAt.is_null());
    let row = db.query_one(&count).await?;
    let counted: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(u32::try_from(counted).unwrap_or(u32::MAX))
}

/// The paper: questions and options in random order, which a cryptographic generator decides.
pub fn draw(
    attempt: AttemptId,
    questions: &mut [question_version::Model],
) -> Vec<attempt_item::Model> {
    let mut rng = rand::rng();
    questions.shuffle(&mut rng);
    let item = |(position, question): (i32, &question_version::Model)| attempt_item::Model {
        attempt_id: attempt,
        position,
        question_version_id: question.id,
        kind: question.kind,
        option_order: OptionIndexes(option_order(question, &mut rng)),
    };
    (1..).zip(questions.iter()).map(item).collect()
}

fn option_order(question: &question_version::Model, rng: &mut impl rand::Rng) -> Vec<u8> {
    let mut order: Vec<u8> = (0..).take(question.options.0.len()).collect();
    // 正确 always stands before 错误: there is nothing to learn from the order of these two, and
    // people answer without reading them again.
    if question.kind != QuestionKind::TrueFalse {
        order.shuffle(rng);
    }
    order
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use shared::quizzes::QuestionId;
    use uuid::Uuid;

    use super::*;
    use crate::quizzes::entity::OptionTexts;

    fn question(kind: QuestionKind, options: &[&str]) -> question_version::Model {
        question_version::Model {
            id: Uuid::now_v7(),
            question_id: QuestionId(Uuid::now_v7()),
            kind,
            stem: String::new(),
            options: OptionTexts(options.iter().map(|&it| it.into()).collect()),
            created_at: chrono::DateTime::default(),
        }
    }

    #[test]
    fn every_question_is_drawn_once_with_each_of_its_options() {
        let bank: Vec<_> =
            (0..6).map(|_| question(QuestionKind::Single, &["甲", "乙", "丙", "丁"])).collect();
        let mut orders = HashSet::new();
        for _ in 0..50 {
            let items = draw(AttemptId(Uuid::now_v7()), &mut bank.clone());
            let positions: Vec<i32> = items.iter().map(|it| it.position).collect();
            assert_eq!(positions, [1, 2, 3, 4, 5, 6]);
            let drawn: HashSet<_> = items.iter().map(|it| it.question_version_id).collect();
            assert_eq!(drawn.len(), 6);
            for item in &items {
                let mut order = item.option_order.0.clone();
                orders.insert(order.clone());
                order.sort_unstable();
                assert_eq!(order, [0, 1, 2, 3]);
            }
        }
        // 300 draws miss one of the 24 orders about once in ten thousand runs; half of them, never.
        assert!(orders.len() > 12, "{} orders", orders.len());
    }

    #[test]
    fn true_comes_before_false() {
        for _ in 0..20 {
            let mut bank = [question(QuestionKind::TrueFalse, &["正确", "错误"])];
            assert_eq!(draw(AttemptId(Uuid::now_v7()), &mut bank)[0].option_order.0, [0, 1]);
        }
    }
}
