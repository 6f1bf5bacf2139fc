//! What was acknowledged survives a server that dies without a word.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use futures_util::future::{join_all, try_join_all};
use shared::{
    courses::{ListCourses, ShowCourse},
    quizzes::{
        Answer, Attempt, AttemptItem, QuizId, SaveAnswers, ShowAttempt, ShowResult, StartAttempt,
        SubmitAttempt,
    },
};
use tests::{Failure, Installation, Kind, Person};
use tokio::sync::watch;
use uuid::Uuid;

const PEOPLE: [&str; 6] =
    ["wangxiuying", "lijianguo", "chenmei", "zhaodeshun", "sunlihua", "zhoutao"];
/// Quizzes that each of them takes at the same time.
const QUIZZES_EACH: usize = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_answer_survives_ten_kills_on_sqlite() {
    survive(Kind::Sqlite, 10).await.expect("nothing is lost");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_answer_survives_five_kills_on_postgres_and_redis() {
    if Kind::Postgres.is_available() {
        survive(Kind::Postgres, 5).await.expect("nothing is lost");
    }
}

async fn survive(kind: Kind, kills: u32) -> Result<()> {
    let mut installation = Installation::start(kind).await?;
    let mut sheets = start_attempts(&installation).await?;
    let mut total = 0;
    for kill in 1..=kills {
        let acknowledged = answer_until_killed(&mut installation, &mut sheets).await?;
        total += acknowledged;
        installation.restart().await?;
        let checked = sheets.iter().map(Sheet::check);
        try_join_all(checked).await.with_context(|| format!("after kill {kill}"))?;
    }
    // A run in which hardly anything was saved would prove nothing.
    ensure!(total > u64::from(kills) * 20, "only {total} answers were acknowledged");
    try_join_all(sheets.iter().map(Sheet::submit)).await?;
    eprintln!("{kind:?}: {kills} kills, {total} acknowledged answers, none lost");
    Ok(())
}

/// Several attempts of several people.
async fn start_attempts(installation: &Installation) -> Result<Vec<Sheet>> {
    let mut sheets = Vec::new();
    for key in PEOPLE {
        let person = installation.sign_in(key).await?;
        for quiz in quizzes(&person).await?.into_iter().take(QUIZZES_EACH) {
            let attempt = person.call(StartAttempt { quiz, device: None }).await?;
            sheets.push(Sheet::new(person.clone(), &attempt));
        }
    }
    ensure!(sheets.len() == PEOPLE.len() * QUIZZES_EACH, "the demo has too few quizzes");
    Ok(sheets)
}

async fn quizzes(person: &Person) -> Result<Vec<QuizId>, Failure> {
    let mut quizzes = Vec::new();
    for card in person.call(ListCourses::default()).await?.items {
        let course = person.call(ShowCourse { course: card.id }).await?;
        quizzes.extend(course.quiz.map(|quiz| quiz.id));
    }
    Ok(quizzes)
}

/// Everybody answers as fast as they can; the server is killed after a random number of answers.
/// Returns how many were acknowledged.
async fn answer_until_killed(installation: &mut Installation, sheets: &mut [Sheet]) -> Result<u64> {
    let (count, mut counted) = watch::channel(0);
    let enough = 20 + random_below(300) as u64;
    let answering = join_all(sheets.iter_mut().map(|sheet| sheet.answer_while_possible(&count)));
    let killing = async {
        // It ends early only where everybody has failed; then their failures are told below.
        drop(counted.wait_for(|count| *count >= enough).await);
        installation.kill();
    };
    let (ends, ()) = tokio::join!(answering, killing);
    ends.into_iter().collect::<Result<()>>()?;
    let acknowledged = *count.borrow();
    Ok(acknowledged)
}

/// What one person knows of one attempt.
struct Sheet {
    person: Person,
    attempt: Attempt,
    next_seq: i64,
    /// By position: everything sent, by its number.
    sent: BTreeMap<i32, BTreeMap<i64, Vec<String>>>,
    /// By position: the number of the newest answer that the server acknowledged.
    acknowledged: BTreeMap<i32, i64>,
}

impl Sheet {
    fn new(person: Person, attempt: &Attempt) -> Self {
        Self {
            person,
            attempt: attempt.clone(),
            next_seq: 1,
            sent: BTreeMap::new(),
            acknowledged: BTreeMap::new(),
        }
    }

    /// Saves one random answer after the other until the server is gone.
    async fn answer_while_possible(&mut self, count: &watch::Sender<u64>) -> Result<()> {
        loop {
            let answer = self.next_answer();
            let request = SaveAnswers {
                attempt: self.attempt.id,
                writer_epoch: self.attempt.writer_epoch,
                answers: vec![answer],
            };
            match self.person.call(request).await {
                Ok(answer) => {
                    for saved in answer.saved {
                        let known = self.acknowledged.entry(saved.position).or_default();
                        *known = saved.client_seq.max(*known);
                    }
                    count.send_modify(|count| *count += 1);
                }
                Err(Failure::Lost(_)) => return Ok(()),
                Err(failure) => return Err(failure.into()),
            }
        }
    }

    fn next_answer(&mut self) -> Answer {
        let item = &self.attempt.items[random_below(self.attempt.items.len())];
        let first = random_below(item.options.len());
        let chosen = vec![item.options[first].handle.clone()];
        let client_seq = self.next_seq;
        self.next_seq += 1;
        self.sent.entry(item.position).or_default().insert(client_seq, chosen.clone());
        Answer { position: item.position, chosen, client_seq }
    }

    /// Whatever was acknowledged is there, or something newer that was sent.
    async fn check(&self) -> Result<()> {
        let now = self.person.call(ShowAttempt { attempt: self.attempt.id }).await?;
        for item in &now.items {
            let acknowledged = self.acknowledged.get(&item.position).copied().unwrap_or_default();
            ensure!(
                item.client_seq >= acknowledged,
                "answer {acknowledged} to question {} was acknowledged, now it is {}",
                item.position,
                item.client_seq
            );
            if item.client_seq > 0 {
                let sent = self.sent.get(&item.position).and_then(|it| it.get(&item.client_seq));
                let sent = sent.context("an answer that nobody sent")?;
                ensure!(*sent == item.chosen, "answer {} is another now", item.client_seq);
            }
        }
        Ok(())
    }

    /// The result is about the answers that are saved.
    async fn submit(&self) -> Result<()> {
        let attempt = self.attempt.id;
        let saved = self.person.call(ShowAttempt { attempt }).await?;
        let writer_epoch = saved.writer_epoch;
        self.person.call(SubmitAttempt { attempt, writer_epoch, answers: Vec::new() }).await?;
        let result = self.person.call(ShowResult { attempt }).await?;
        ensure!(result.review.len() == saved.items.len(), "{:?}", result.release_note);
        for item in &saved.items {
            let reviewed = result.review.iter().find(|it| it.position == item.position);
            let reviewed = &reviewed.context("a question without a review")?.options;
            let reviewed = reviewed.iter().filter(|option| option.chosen);
            let mut reviewed: Vec<&str> = reviewed.map(|option| option.text.as_str()).collect();
            let mut chosen = texts(item);
            reviewed.sort_unstable();
            chosen.sort_unstable();
            ensure!(reviewed == chosen, "question {} is reviewed otherwise", item.position);
        }
        Ok(())
    }
}

/// The texts of the chosen options.
fn texts(item: &AttemptItem) -> Vec<&str> {
    let chosen = item.options.iter().filter(|option| item.chosen.contains(&option.handle));
    chosen.map(|option| option.text.as_str()).collect()
}

/// Any number from 0 to less than `limit`.
fn random_below(limit: usize) -> usize {
    let random = Uuid::new_v4().as_u128() % limit.max(1) as u128;
    usize::try_from(random).expect("the remainder is less than a usize")
}
