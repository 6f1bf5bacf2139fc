//! What a learner sees before and between attempts.

use shared::{
    accounts::PersonId,
    quizzes::{PastAttempt, Quiz, QuizId},
};

use super::{
    entity::attempt::Model,
    freezing, overdue,
    quiz::{self, Shown},
    standing::{self, Score},
    starting,
};
use crate::{App, Result, courses, db::Connection};

pub async fn show(app: &App, id: QuizId, person: PersonId) -> Result<Quiz> {
    let db = app.db.read();
    let Shown { quiz, revision } = quiz::visible(db, id, person).await?;
    let now = app.clock.now(db).await?;
    let mut mine = starting::attempts(db, id, person).await?;
    if overdue::settle(app, &mine, now).await? {
        mine = starting::attempts(db, id, person).await?;
    }
    Ok(Quiz {
        id,
        course: quiz.course_id,
        course_title: courses::title(db, quiz.course_id).await?,
        questions: freezing::questions(db, revision).await?.len().try_into().unwrap_or(u32::MAX),
        title: quiz.title,
        pass_mark: quiz.pass_mark.cast_unsigned(),
        minutes: quiz.minutes.cast_unsigned(),
        attempts: quiz.attempts.cast_unsigned(),
        attempts_used: starting::used(&mine).cast_unsigned(),
        opens_at: quiz.opens_at,
        closes_at: quiz.closes_at,
        release: quiz.release_policy,
        running: mine.iter().find(|it| it.is_running()).map(|it| it.id),
        past: past(db, &mine).await?,
        now,
    })
}

/// Submitted attempts, the newest first.
async fn past(db: &Connection, mine: &[Model]) -> Result<Vec<PastAttempt>> {
    let scores = standing::scores(db, mine.iter().map(|it| it.id)).await?;
    let past = |attempt: &Model| {
        let Score { score, passed } = *scores.get(&attempt.id)?;
        let submitted_at = attempt.submitted_at?;
        Some(PastAttempt { attempt: attempt.id, score, passed, submitted_at })
    };
    let mut past: Vec<_> = mine.iter().filter_map(past).collect();
    past.sort_by_key(|it| std::cmp::Reverse(it.submitted_at));
    Ok(past)
}
