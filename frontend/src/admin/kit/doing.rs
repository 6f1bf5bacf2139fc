//! Asking the server to do something: whether it is under way, and what went wrong.

use leptos::{prelude::*, task::spawn_local};
use shared::api::Endpoint;

use super::{FieldErrors, TroubleNote, show_first_error};
use crate::client::{Client, Trouble};

#[derive(Clone, Copy)]
pub struct Doing {
    client: Client,
    pub busy: RwSignal<bool>,
    trouble: RwSignal<Option<Trouble>>,
    pub errors: FieldErrors,
}

impl Doing {
    pub fn new() -> Self {
        Self {
            client: Client::expect(),
            busy: RwSignal::new(false),
            trouble: RwSignal::new(None),
            errors: FieldErrors::new(),
        }
    }

    /// Calls, and hands the answer on where it went well.
    pub fn call<E: Endpoint>(self, request: E, on_done: impl FnOnce(E::Response) + 'static) {
        let client = self.client;
        self.run(async move { client.call(request).await }, on_done);
    }

    /// The same for what takes more than one call.
    pub fn run<T: 'static>(
        self,
        work: impl Future<Output = Result<T, Trouble>> + 'static,
        on_done: impl FnOnce(T) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let answer = work.await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(answer) => {
                    self.errors.set(Vec::new());
                    self.trouble.set(None);
                    on_done(answer);
                }
                Err(failed) => {
                    self.errors.set(failed.fields().to_vec());
                    self.trouble.set(Some(failed));
                    show_first_error();
                }
            }
        });
    }

    /// Begins anew: what went wrong before is over.
    pub fn clear(self) {
        self.errors.set(Vec::new());
        self.trouble.set(None);
    }

    /// What went wrong with the last call, tracked.
    pub fn failed(self) -> Option<Trouble> {
        self.trouble.get()
    }

    /// What went wrong; drawn where the note is to stand.
    pub fn note(self) -> impl IntoView {
        move || self.trouble.get().map(|trouble| view! { <TroubleNote trouble/> })
    }
}
