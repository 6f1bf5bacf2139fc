//! What is written goes to the server by itself once its author stops for a moment, so that another
//! computer has it too.

use std::time::Duration;

use leptos::prelude::*;
use shared::problem::Code;

use super::{super::SignedInAgain, Document, Draft, Form, Trouble};

/// How long nothing must be typed.
const PAUSE: Duration = Duration::from_secs(4);
/// Until it is tried again where the server was not reached.
const AGAIN: Duration = Duration::from_secs(15);

/// Where that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByItself {
    /// Only whoever asks for it sends it.
    Never,
    /// After the pause.
    Soon,
    /// The server was not reached.
    Again,
    /// The server does not take what is half written; it goes once that has changed.
    Unfinished,
}

impl<D: Document> Draft<D> {
    /// Begins with the first change: a draft that this computer had kept waits for its author, who may
    /// not want it any more.
    pub(super) fn save_by_itself(self) {
        Effect::new(move |opened: Option<()>| {
            self.current.track();
            if opened.is_some() {
                self.state.by_itself.set(ByItself::Soon);
                self.send_in(PAUSE);
            }
        });
        if let Some(SignedInAgain(times)) = use_context() {
            Effect::new(move |before: Option<u32>| {
                let times = times.get();
                if before.is_some_and(|before| before != times) {
                    self.state.trouble.set(None);
                    self.send_in(PAUSE);
                }
                times
            });
        }
        on_cleanup(move || self.hold());
    }

    fn send_in(self, pause: Duration) {
        self.hold();
        let _ = self.timer.try_set_value(set_timeout_with_handle(move || self.send(), pause).ok());
    }

    fn hold(self) {
        if let Some(Some(timer)) = self.timer.try_get_value() {
            timer.clear();
        }
    }

    fn send(self) {
        let dirty = self.state.dirty.try_get_untracked().unwrap_or_default();
        // Whose is to stay is for a person to say.
        if !dirty || self.state.conflict.get_untracked() {
            return;
        }
        if self.state.busy.get_untracked() {
            self.send_in(PAUSE);
        } else {
            self.submit(true);
        }
    }

    /// Whether this failure is none that its author must be told of while writing.
    pub(super) fn put_off(self, trouble: &Trouble) -> bool {
        if trouble.passes() {
            let _ = self.state.by_itself.try_set(ByItself::Again);
            self.send_in(AGAIN);
            return true;
        }
        let unfinished = trouble.code() == Some(Code::InvalidRequest);
        // Nothing where the page was left.
        if unfinished && self.state.by_itself.try_set(ByItself::Unfinished).is_none() {
            self.document.form().errors().set(trouble.fields().to_vec());
        }
        unfinished
    }
}
