//! Something a person asked for that the server must do.

use leptos::{prelude::*, task::spawn_local};
use shared::api::{Endpoint, Outgoing, encode};

use super::{
    html::{Html, live, none},
    trouble_note,
};
use crate::client::{Client, Trouble, read};

/// One thing at a time, and why the last one failed.
#[derive(Clone, Copy)]
pub struct Act {
    pub busy: RwSignal<bool>,
    trouble: RwSignal<Option<Trouble>>,
    client: Client,
}

/// Takes the answer, unless it cannot be read.
type Done = Box<dyn FnOnce(&str) -> Result<(), Trouble>>;

impl Act {
    pub fn new() -> Self {
        Self { busy: RwSignal::new(false), trouble: RwSignal::new(None), client: Client::expect() }
    }

    /// Calls, unless a call is under way. `done` hears the answer if the page is still there.
    pub fn call<E: Endpoint>(self, request: &E, done: impl FnOnce(E::Response) + 'static) {
        let done: Done = Box::new(move |text| {
            done(read(text)?);
            Ok(())
        });
        self.call_boxed(encode(request), done);
    }

    fn call_boxed(self, outgoing: Outgoing, done: Done) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            let answer = self.client.text(outgoing).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            if let Err(trouble) = answer.and_then(|text| done(&text)) {
                self.trouble.set(Some(trouble));
            }
        });
    }

    /// Why it failed.
    pub fn note(self) -> Html {
        live(move || match self.trouble.get() {
            Some(trouble) => trouble_note(&trouble),
            None => none(),
        })
    }
}

impl Default for Act {
    fn default() -> Self {
        Self::new()
    }
}
