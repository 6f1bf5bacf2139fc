//! The server adds to a document that is open here, as where something is brought into it.

use leptos::prelude::*;

use super::{Answer, Document, Draft, Trouble, Value, Versioned};
use crate::clock;

impl<D: Document> Draft<D> {
    /// Waits for a change that adds something. What is typed here stays, and nothing is sent meanwhile;
    /// `add` puts what is new into the fields and into what counts as saved.
    pub async fn grow(
        self,
        change: impl Future<Output = Answer<Value<D>>>,
        add: impl FnOnce(&mut Value<D>, Value<D>),
    ) -> Result<(), Trouble> {
        self.state.busy.set(true);
        let answer = change.await;
        // The page may have been left while the server was thinking.
        if self.state.busy.try_set(false).is_some() {
            return Ok(());
        }
        let Versioned { version, value } = answer?;
        self.take_up(version, |saved| add(saved, value));
        Ok(())
    }

    fn take_up(self, version: i32, add: impl FnOnce(&mut Value<D>)) {
        let mut saved = self.saved.get_untracked();
        // In any case: saved over what somebody else has saved, it must not be without what is new.
        add(&mut saved);
        self.saved.set(saved);
        if version > self.version.get_untracked() + 1 {
            // Somebody else saved before: whose is to stay is for a person to say.
            self.state.conflict.set(true);
            return;
        }
        self.version.set(version);
        self.state.saved_at.set(Some(clock::now()));
    }
}
