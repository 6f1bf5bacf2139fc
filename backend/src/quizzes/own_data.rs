//! What somebody answered and how it went, for that person: never what would have been right.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use shared::{
    accounts::PersonId,
    quizzes::{AttemptId, QuizId},
};

use super::entity::{answer, attempt, attempt_item, question_version, quiz, result};
use crate::{
    Result, courses,
    db::Connection,
    privacy::{Row, Section, row, when, yes},
};

/// Ids in one statement.
const AT_ONCE: usize = 500;

pub async fn own_data(db: &Connection, person: PersonId) -> Result<[Section; 2]> {
    let attempts = attempt::Entity::find()
        .filter(attempt::Column::PersonId.eq(person))
        .order_by_desc(attempt::Column::StartedAt)
        .all(db)
        .await?;
    let titles = titles(db, &attempts).await?;
    let ids: Vec<_> = attempts.iter().map(|it| it.id).collect();
    let results = results(db, &ids).await?;
    let mut answers = Vec::new();
    let mut rows = Vec::with_capacity(attempts.len());
    for it in attempts {
        let title = titles.get(&it.quiz_id).cloned().unwrap_or_default();
        answers.extend(answered(db, it.id, &title).await?);
        let graded = results.get(&it.id);
        rows.push(row([
            ("测验", title),
            ("第几次", it.number.to_string()),
            ("状态", it.state.label().into()),
            ("开始", when(it.started_at)),
            ("交卷", when(it.submitted_at)),
            ("怎么交的", it.submit_reason.map_or_else(String::new, |it| it.label().into())),
            ("得分", graded.map(|it| it.score.to_string()).unwrap_or_default()),
            ("通过", graded.map(|it| yes(it.passed)).unwrap_or_default()),
        ]));
    }
    Ok([Section::of("测验", rows), Section::of("选过的答案", answers)])
}

/// Titles by the id of the quiz, with those of their courses.
async fn titles(db: &Connection, attempts: &[attempt::Model]) -> Result<HashMap<QuizId, String>> {
    let ids = attempts.iter().map(|it| it.quiz_id);
    let found = quiz::Entity::find().filter(quiz::Column::Id.is_in(ids)).all(db).await?;
    let of: Vec<_> = found.iter().map(|it| it.course_id).collect();
    let courses = courses::titles(db, &of).await?;
    let title = |it: quiz::Model| {
        let course = courses.get(&it.course_id).map_or("", String::as_str);
        (it.id, format!("{course} · {}", it.title))
    };
    Ok(found.into_iter().map(title).collect())
}

/// The latest grading of each attempt.
async fn results(db: &Connection, ids: &[AttemptId]) -> Result<HashMap<AttemptId, result::Model>> {
    let mut results = HashMap::new();
    for some in ids.chunks(AT_ONCE) {
        let found = result::Entity::find()
            .filter(result::Column::AttemptId.is_in(some.iter().copied()))
            .order_by_asc(result::Column::GradingVersion)
            .all(db)
            .await?;
        results.extend(found.into_iter().map(|it| (it.attempt_id, it)));
    }
    Ok(results)
}

async fn answered(db: &Connection, attempt: AttemptId, title: &str) -> Result<Vec<Row>> {
    let answers = answer::Entity::find()
        .filter(answer::Column::AttemptId.eq(attempt))
        .order_by_asc(answer::Column::Position)
        .all(db)
        .await?;
    let find = attempt_item::Entity::find();
    let items = find.filter(attempt_item::Column::AttemptId.eq(attempt)).all(db).await?;
    let ids = items.iter().map(|it| it.question_version_id);
    let find = question_version::Entity::find();
    let versions = find.filter(question_version::Column::Id.is_in(ids)).all(db).await?;
    let options: HashMap<_, _> = versions.into_iter().map(|it| (it.id, it.options.0)).collect();
    let of: HashMap<_, _> = items.iter().map(|it| (it.position, it.question_version_id)).collect();
    let chosen = |it: &answer::Model| {
        let options = of.get(&it.position).and_then(|id| options.get(id));
        let text = |at: &u8| options.and_then(|it| it.get(usize::from(*at))).cloned();
        it.chosen.0.iter().filter_map(text).collect::<Vec<_>>().join("；")
    };
    let rows = answers.iter().map(|it| {
        row([
            ("测验", title.into()),
            ("第几题", it.position.to_string()),
            ("选了", chosen(it)),
            ("保存时间", when(it.saved_at)),
        ])
    });
    Ok(rows.collect())
}
