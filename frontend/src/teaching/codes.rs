//! The codes to show, fetched ahead so that minutes without a network stop nobody.

use std::time::Duration;

use chrono::{DateTime, Utc};
use leptos::{prelude::*, task::spawn_local};
use shared::training::{
    Attendance, CheckInCode, ShowAttendance, ShowCheckInCode, TimedCode, TrainingSessionId,
};

use crate::{
    client::{Client, Trouble},
    clock,
};

/// How often to look which code is due.
const TICK: Duration = Duration::from_millis(250);
/// How often to ask who is in.
const POLL: Duration = Duration::from_secs(3);
/// How often to fetch codes: they come for three minutes.
const FETCH: Duration = Duration::from_secs(20);

#[derive(Clone, Copy)]
pub struct Codes {
    pub answer: RwSignal<Option<CheckInCode>>,
    /// The code of this moment; none where check-in is closed or the codes ran out.
    pub current: Memo<Option<TimedCode>>,
    pub attendance: RwSignal<Option<Attendance>>,
    pub trouble: RwSignal<Option<Trouble>>,
    pub now: RwSignal<DateTime<Utc>>,
}

impl Codes {
    /// Follows the session until the page is left.
    pub fn follow(session: TrainingSessionId) -> Self {
        let now = RwSignal::new(clock::now());
        let answer = RwSignal::new(None::<CheckInCode>);
        let current = Memo::new(move |_| {
            let now = now.get();
            answer.with(|answer| answer.as_ref().and_then(|it| code_at(&it.codes, now)).cloned())
        });
        let codes = Self {
            answer,
            current,
            attendance: RwSignal::new(None),
            trouble: RwSignal::new(None),
            now,
        };
        let client = Client::expect();
        repeat(TICK, move || now.set(clock::now()));
        repeat(FETCH, move || codes.fetch(client, session));
        repeat(POLL, move || codes.poll(client, session));
        codes
    }

    fn fetch(self, client: Client, session: TrainingSessionId) {
        spawn_local(async move {
            match client.call(ShowCheckInCode { session }).await {
                Ok(answer) => {
                    clock::learn(answer.now);
                    self.trouble.try_set(None);
                    self.answer.try_set(Some(answer));
                }
                Err(trouble) => _ = self.trouble.try_set(Some(trouble)),
            }
        });
    }

    fn poll(self, client: Client, session: TrainingSessionId) {
        spawn_local(async move {
            if let Ok(attendance) = client.call(ShowAttendance { session }).await {
                self.attendance.try_set(Some(attendance));
            }
        });
    }
}

fn code_at(codes: &[TimedCode], now: DateTime<Utc>) -> Option<&TimedCode> {
    codes.iter().find(|code| code.from <= now && now < code.until)
}

/// Now and then regularly, until the owner is gone.
pub fn repeat(every: Duration, act: impl Fn() + 'static) {
    act();
    if let Ok(repeating) = set_interval_with_handle(act, every) {
        on_cleanup(move || repeating.clear());
    }
}
