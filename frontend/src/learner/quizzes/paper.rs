//! An attempt being answered: what is chosen, what of it is saved, and the saving.
//!
//! Every choice is kept on the phone first and sent at once. Sending goes on, however often the
//! network fails, until the server has acknowledged everything.

use chrono::{DateTime, Utc};
use leptos::{prelude::*, task::spawn_local};
use shared::{
    problem::Code,
    quizzes::{Attempt, AttemptId, AttemptItem, SavedAnswers},
};

use super::{
    super::backoff,
    mark::{Mark, chosen_after_tap, mark, split},
    unsent::{self, Unsent, next_seq},
};
use crate::{
    client::{Client, Trouble},
    clock,
    ui::on_wake,
};

/// Where the attempt stands on this phone.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    Answering,
    /// 交卷 was said, or the time is over; true where the network is missing.
    Submitting {
        waiting: bool,
    },
    /// Another device took over: nothing more is saved from here.
    Elsewhere,
    /// The server refused for another reason.
    Refused(Trouble),
    /// Submitted: the result is there.
    Over,
}

#[derive(Clone, Copy)]
pub struct Paper {
    pub id: AttemptId,
    pub deadline_at: DateTime<Utc>,
    pub items: StoredValue<Vec<AttemptItem>>,
    pub marks: RwSignal<Vec<Mark>>,
    pub stage: RwSignal<Stage>,
    /// The question on the screen, from 0.
    pub at: RwSignal<usize>,
    /// Whether the last try to save failed.
    pub struggling: RwSignal<bool>,
    /// Whether this phone could keep what is unsent.
    pub kept: RwSignal<bool>,
    pub(super) client: Client,
    epoch: i32,
    /// Each run of sending has a number; only the newest goes on.
    pub(super) round: StoredValue<u32>,
    sending: StoredValue<bool>,
}

impl Paper {
    /// Takes up an attempt: what the server has, and over it what this phone kept unsent.
    pub fn open(attempt: &Attempt) -> Self {
        unsent::open(Some(attempt.id));
        let kept = Unsent::of(attempt.id, attempt.writer_epoch);
        let marks = attempt.items.iter().map(|item| mark(item, &kept)).collect::<Vec<_>>();
        let first_open = marks.iter().position(|mark| !mark.is_answered()).unwrap_or_default();
        let paper = Self {
            id: attempt.id,
            deadline_at: attempt.deadline_at,
            items: StoredValue::new(attempt.items.clone()),
            marks: RwSignal::new(marks),
            stage: RwSignal::new(Stage::Answering),
            at: RwSignal::new(first_open),
            struggling: RwSignal::new(false),
            kept: RwSignal::new(true),
            client: Client::expect(),
            epoch: attempt.writer_epoch,
            round: StoredValue::new(0),
            sending: StoredValue::new(false),
        };
        on_cleanup(|| unsent::open(None));
        on_wake(move || paper.resume());
        if kept.submit {
            paper.submit();
        } else {
            paper.keep(false);
            paper.send();
        }
        paper
    }

    pub fn count(self) -> usize {
        self.items.with_value(Vec::len)
    }

    /// Tracked.
    pub fn unanswered(self) -> usize {
        self.marks.with(|marks| marks.iter().filter(|mark| !mark.is_answered()).count())
    }

    /// Tracked.
    pub fn unsaved(self) -> usize {
        self.marks.with(|marks| marks.iter().filter(|mark| mark.is_unsaved()).count())
    }

    /// She tapped an option of the question at `index`.
    pub fn choose(self, index: usize, handle: &str) {
        if self.stage.get_untracked() != Stage::Answering {
            return;
        }
        let item = self.items.with_value(|items| items[index].clone());
        self.marks.update(|marks| {
            let mark = &mut marks[index];
            mark.chosen = chosen_after_tap(&item, &mark.chosen, handle);
            mark.seq = next_seq(mark.seq.max(mark.saved_seq));
        });
        self.keep(false);
        self.send();
    }

    /// Writes what is unsent to this phone.
    pub(super) fn keep(self, submit: bool) {
        let mut unsent = self.unsent();
        unsent.submit = submit;
        let kept = unsent.keep();
        if kept != self.kept.get_untracked() {
            self.kept.set(kept);
        }
    }

    pub(super) fn unsent(self) -> Unsent {
        let answered = self.items.with_value(|items| {
            self.marks.with_untracked(|marks| {
                let answered = items.iter().zip(marks).filter(|(_, mark)| mark.seq > 0);
                answered.map(|(item, mark)| (mark.is_unsaved(), mark.answer(item))).collect()
            })
        });
        let (answers, saved) = split(answered);
        Unsent { attempt: self.id, writer_epoch: self.epoch, answers, saved, submit: false }
    }

    /// Sends what is unsaved, unless that is under way.
    pub fn send(self) {
        if !self.sending.get_value() {
            self.send_again();
        }
    }

    fn send_again(self) {
        self.sending.set_value(true);
        self.round.update_value(|it| *it += 1);
        let round = self.round.get_value();
        spawn_local(async move {
            let mut tries = 0;
            while self.is_round(round) && self.stage.get_untracked() == Stage::Answering {
                let unsent = self.unsent();
                if unsent.answers.is_empty() {
                    break;
                }
                let answer = self.client.call(unsent.save_request()).await;
                if !self.is_alive() {
                    return;
                }
                match answer {
                    Ok(saved) => {
                        tries = 0;
                        self.acknowledge(&saved);
                    }
                    Err(trouble) if trouble.passes() => {
                        self.struggling.set(true);
                        backoff::wait(tries).await;
                        tries += 1;
                    }
                    Err(trouble) => self.refused(trouble),
                }
            }
            if self.is_round(round) {
                self.sending.set_value(false);
            }
        });
    }

    /// The network or the person is back: no need to wait longer.
    fn resume(self) {
        match self.stage.get_untracked() {
            Stage::Answering if self.struggling.get_untracked() => self.send_again(),
            Stage::Submitting { waiting: true } => self.submit(),
            _ => {}
        }
    }

    pub(super) fn is_round(self, round: u32) -> bool {
        self.round.try_get_value() == Some(round)
    }

    /// Whether the page is still there.
    pub(super) fn is_alive(self) -> bool {
        self.round.try_get_value().is_some()
    }

    fn acknowledge(self, saved: &SavedAnswers) {
        clock::learn(saved.now);
        self.struggling.set(false);
        let positions = self
            .items
            .with_value(|items| items.iter().map(|item| item.position).collect::<Vec<_>>());
        self.marks.update(|marks| {
            for answer in &saved.saved {
                let index = positions.iter().position(|position| *position == answer.position);
                if let Some(mark) = index.and_then(|index| marks.get_mut(index)) {
                    mark.saved_seq = mark.saved_seq.max(answer.client_seq);
                    mark.saved_at = Some(saved.now);
                }
            }
        });
        self.keep(false);
    }

    pub(super) fn refused(self, trouble: Trouble) {
        unsent::note_late(self.id, self.unsent().late(&trouble));
        match trouble.code() {
            Some(Code::AttemptElsewhere) => {
                unsent::forget(self.id);
                self.stage.set(Stage::Elsewhere);
            }
            Some(Code::AttemptOver) => {
                unsent::forget(self.id);
                self.stage.set(Stage::Over);
            }
            Some(Code::AnswerLate) => self.submit(),
            _ => self.stage.set(Stage::Refused(trouble)),
        }
    }
}
