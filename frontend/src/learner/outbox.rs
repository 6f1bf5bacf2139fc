//! What the server has not got yet: progress made without a network, and answers of a quiz that
//! was left before they were sent. It survives the app being killed.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    api::encode,
    courses::{LessonId, ShowLesson},
    learning::{LessonProgress, ReportProgress},
};

use super::{
    Who, backoff,
    quizzes::unsent::{self, Unsent},
};
use crate::{
    client::{Client, Trouble, read},
    clock,
    content_view::merge,
    storage,
    ui::{html::follow, on_wake},
};

const PROGRESS: &str = "progress:";

#[derive(Clone, Copy)]
pub struct Outbox {
    /// How many things are unsent.
    pub unsent: RwSignal<usize>,
    /// What the server answered to the last report.
    pub progress: RwSignal<Option<(LessonId, LessonProgress)>>,
    client: Client,
    /// Each attempt to send everything has a number; only the newest goes on.
    round: StoredValue<u32>,
    /// Two at a time would send everything twice.
    sending: StoredValue<bool>,
}

impl Outbox {
    /// Sends what was left from last time, and whenever the network or the person is back.
    pub fn provide(client: Client, who: Who) -> Self {
        let outbox = Self {
            unsent: RwSignal::new(0),
            progress: RwSignal::new(None),
            client,
            round: StoredValue::new(0),
            sending: StoredValue::new(false),
        };
        on_wake(move || outbox.flush());
        // Once it is known whose phone this is.
        follow(move || {
            who.me.track();
            untrack(|| outbox.flush());
        });
        provide_context(outbox);
        outbox
    }

    pub fn expect() -> Self {
        expect_context()
    }

    /// Whether the last call reached the server; tracked.
    pub fn online(self) -> bool {
        self.client.online.get()
    }

    /// Keeps a report and sends it as soon as possible. While it is kept, `ago` says when it was made.
    pub fn report(self, report: ReportProgress) {
        let report = ReportProgress { ago: seconds(), ..report };
        let key = key_of(report.lesson);
        let report = match unsent_of(report.lesson) {
            Some(earlier) => join(earlier, report),
            None => report,
        };
        if storage::write_json(&key, &report) {
            self.flush();
        } else {
            // Nothing can be kept here, so this is the only try.
            spawn_local(async move {
                let _ = self.send(report).await;
            });
        }
    }

    pub fn flush(self) {
        self.count();
        self.round.update_value(|it| *it += 1);
        // Whoever is sending looks at the number afterwards.
        if !self.sending.get_value() {
            spawn_local(self.keep_sending());
        }
    }

    async fn keep_sending(self) {
        let mut tries = 0;
        while self.unsent.get_untracked() > 0 {
            let round = self.round.get_value();
            self.sending.set_value(true);
            let sent = self.send_all().await;
            self.sending.set_value(false);
            if self.round.get_value() != round {
                continue;
            }
            match sent {
                Ok(()) => return,
                // It stays here until the person has signed in again.
                Err(trouble) if trouble.is_signed_out() => return,
                Err(_) => backoff::wait(tries).await,
            }
            tries += 1;
            if self.round.get_value() != round {
                return;
            }
        }
    }

    /// An error means: not now, later.
    async fn send_all(self) -> Result<(), Trouble> {
        for key in storage::keys(&storage::of_owner(PROGRESS, "")) {
            self.send_progress(&key).await?;
        }
        for left in unsent::left_behind() {
            self.send_answers(left).await?;
        }
        self.count();
        Ok(())
    }

    async fn send_progress(self, key: &str) -> Result<(), Trouble> {
        let Some(text) = storage::read(key) else { return Ok(()) };
        let Some(report) = storage::read_json::<ReportProgress>(key) else {
            storage::forget(key);
            return Ok(());
        };
        if let Err(trouble) = self.send(report).await
            && (trouble.passes() || trouble.is_signed_out())
        {
            return Err(trouble);
        }
        // More may have been learnt meanwhile.
        if storage::read(key).as_ref() == Some(&text) {
            storage::forget(key);
        }
        Ok(())
    }

    async fn send(self, report: ReportProgress) -> Result<(), Trouble> {
        let lesson = report.lesson;
        // Whole seconds may be one too many, and it would count as older than what was told before it.
        let ago = seconds().saturating_sub(report.ago).saturating_sub(1);
        let text = self.client.text(encode(&ReportProgress { ago, ..report })).await?;
        note_progress(lesson, &text);
        self.progress.set(Some((lesson, read(&text)?)));
        Ok(())
    }

    async fn send_answers(self, left: Unsent) -> Result<(), Trouble> {
        match left.clone().send(self.client).await {
            Err(trouble) if trouble.passes() || trouble.is_signed_out() => Err(trouble),
            // Sent, or refused for good: the quiz is over or goes on elsewhere.
            answer => {
                left.settle(answer);
                Ok(())
            }
        }
    }

    fn count(self) {
        let answers = unsent::left_behind().map(|left| left.answers.len().max(1)).sum::<usize>();
        let reports = storage::keys(&storage::of_owner(PROGRESS, "")).len();
        self.unsent.set(reports + answers);
    }
}

/// What this phone has to tell of a lesson and the server does not know yet.
pub fn unsent_of(lesson: LessonId) -> Option<ReportProgress> {
    storage::read_json(&key_of(lesson))
}

fn key_of(lesson: LessonId) -> String {
    storage::of_owner(PROGRESS, &lesson.to_string())
}

/// The lesson as it is kept for days without a network goes on from there as well.
fn note_progress(lesson: LessonId, progress: &str) {
    let key = storage::answer_key(&encode(&ShowLesson { lesson }).target);
    if let Some(kept) = storage::read(&key)
        && let Some(noted) = with_progress(&kept, progress)
    {
        storage::write(&key, &noted);
    }
}

/// The text of a lesson with other progress in it.
fn with_progress(lesson: &str, progress: &str) -> Option<String> {
    // No text of an author's looks like it: quotes in those are escaped.
    let (before, rest) = lesson.split_once("\"progress\":{")?;
    let (_, after) = rest.split_once('}')?;
    Some([before, "\"progress\":", progress, after].concat())
}

/// Seconds since 1970; only differences are told.
fn seconds() -> u32 {
    u32::try_from(clock::now().timestamp()).unwrap_or_default()
}

/// One report that says what both say.
fn join(earlier: ReportProgress, later: ReportProgress) -> ReportProgress {
    let watched = [earlier.watched, later.watched].concat();
    ReportProgress {
        watched: merge(watched),
        reached_end: earlier.reached_end || later.reached_end,
        ..later
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(position: u32, watched: &[[u32; 2]], reached_end: bool) -> ReportProgress {
        let lesson = "0190a1b2-0000-7000-8000-000000000001".parse().unwrap();
        ReportProgress { lesson, position, watched: watched.to_vec(), reached_end, ago: 0 }
    }

    #[test]
    fn what_was_not_sent_is_joined_and_nothing_of_it_lost() {
        let joined = join(report(90, &[[0, 30]], true), report(40, &[[30, 40]], false));
        assert_eq!(joined, report(40, &[[0, 40]], true));
    }

    #[test]
    fn a_kept_lesson_learns_how_far_she_is_and_nothing_else() {
        let kept =
            r#"{"title":"\"progress\":{x}","progress":{"position":0,"percent":0},"next":"b"}"#;
        let noted = with_progress(kept, r#"{"position":5,"percent":62}"#).unwrap();
        let expected =
            r#"{"title":"\"progress\":{x}","progress":{"position":5,"percent":62},"next":"b"}"#;
        assert_eq!(noted, expected);
        assert_eq!(with_progress("{}", "{}"), None);
    }
}
