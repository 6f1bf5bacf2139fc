//! What the officer is writing, kept on this computer until the server has it.

mod by_itself;
mod delivering;
mod growing;

use chrono::{DateTime, Utc};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use shared::problem::Code;

pub use self::{
    by_itself::ByItself,
    delivering::{Delivery, Held},
};
use super::FieldErrors;
use crate::{
    client::{Client, Trouble},
    clock, storage,
};

/// A form for something the server keeps in versions.
pub trait Document: Copy + Send + Sync + 'static {
    type Value: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static;

    /// Names the document among the drafts on this computer.
    fn key(self) -> String;
    /// What the fields hold, tracked.
    fn read(self) -> Self::Value;
    fn fill(self, value: Self::Value);
    fn errors(self) -> FieldErrors;
    /// Whether it goes to the server without being asked to: where nobody but its authors sees what was
    /// saved.
    fn saves_itself(self) -> bool {
        false
    }
    /// Whether something is still on its way that [`read`](Self::read) does not give yet, tracked.
    fn waits(self) -> bool {
        false
    }
    /// Called when what [`read`](Self::read) gives goes to the server.
    fn mark_sent(self) {}
    fn fetch(self, client: Client) -> impl Future<Output = Answer<Self::Value>> + 'static;
    fn save(
        self,
        client: Client,
        value: Self::Value,
        version: i32,
    ) -> impl Future<Output = Answer<Self::Value>> + 'static;
    /// Takes over what the server added, such as ids, and says what now counts as saved.
    fn accept(self, sent: Self::Value, _answer: Self::Value) -> Self::Value {
        sent
    }
}

pub type Answer<V> = Result<Versioned<V>, Trouble>;

/// What the server holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Versioned<V> {
    pub version: i32,
    pub value: V,
}

/// A draft on this computer.
#[derive(Serialize, Deserialize)]
struct Kept<V> {
    /// The version it was written on.
    version: i32,
    value: V,
    at: DateTime<Utc>,
}

/// Where an edited document stands.
#[derive(Clone, Copy)]
pub struct SaveState {
    pub dirty: Signal<bool>,
    /// Something of it is still on its way into the fields.
    pub waits: Signal<bool>,
    pub busy: RwSignal<bool>,
    pub saved_at: RwSignal<Option<DateTime<Utc>>>,
    /// When the draft was written that this computer had kept.
    pub restored: RwSignal<Option<DateTime<Utc>>>,
    pub trouble: RwSignal<Option<Trouble>>,
    /// Somebody else saved in the meantime.
    pub conflict: RwSignal<bool>,
    pub by_itself: RwSignal<ByItself>,
}

/// A document being edited.
pub struct Draft<D: Document> {
    pub document: D,
    pub current: Memo<D::Value>,
    pub state: SaveState,
    saved: RwSignal<D::Value>,
    version: RwSignal<i32>,
    client: Client,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// What was sent, and never answered: the server may have it.
    unanswered: StoredValue<Option<D::Value>>,
}

#[expect(clippy::expl_impl_clone_on_copy, reason = "a derive would ask it of the value as well")]
impl<D: Document> Clone for Draft<D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D: Document> Copy for Draft<D> {}

impl<D: Document> Draft<D> {
    /// Starts from what the server holds, or from the draft this computer kept.
    pub fn open(document: D, server: Versioned<D::Value>) -> Self {
        document.fill(server.value);
        // As the fields write it: what merely looks different in them is no change.
        let baseline = untrack(|| document.read());
        let kept = storage::read_json::<Kept<D::Value>>(&document.key());
        let kept = kept.filter(|kept| kept.value != baseline);
        if let Some(kept) = &kept {
            document.fill(kept.value.clone());
        }
        let saved = RwSignal::new(baseline);
        let current = Memo::new(move |_| document.read());
        let base = kept.as_ref().map_or(server.version, |kept| kept.version);
        let state = SaveState {
            dirty: Signal::derive(move || current.with(|it| saved.with(|saved| it != saved))),
            waits: Signal::derive(move || document.waits()),
            busy: RwSignal::new(false),
            saved_at: RwSignal::new(None),
            restored: RwSignal::new(kept.map(|kept| kept.at)),
            trouble: RwSignal::new(None),
            conflict: RwSignal::new(base != server.version),
            by_itself: RwSignal::new(ByItself::Never),
        };
        let (version, timer) = (RwSignal::new(base), StoredValue::new(None));
        let (client, unanswered) = (Client::expect(), StoredValue::new(None));
        let draft = Self { document, current, state, saved, version, client, timer, unanswered };
        draft.keep_up();
        draft.save_by_itself();
        draft
    }

    /// Writes every change to this computer, until the server has it.
    fn keep_up(self) {
        let key = self.document.key();
        Effect::new(move || {
            let value = self.current.get();
            let version = self.version.get();
            if self.saved.with(|saved| *saved == value) {
                storage::forget(&key);
            } else {
                storage::write_json(&key, &Kept { version, value, at: clock::now() });
            }
        });
    }

    /// The server has a newer version whose content is this one's, give or take what others edit.
    pub fn rebase(self, server: &Versioned<D::Value>) {
        if self.saved.with_untracked(|saved| *saved == server.value) {
            self.version.set(server.version);
        }
    }

    /// Sends what is typed here, if it is not there already.
    pub fn save(self) {
        if !self.state.busy.get_untracked() && self.state.dirty.get_untracked() {
            self.submit(false);
        }
    }

    fn submit(self, by_itself: bool) {
        spawn_local(self.send_now(by_itself));
    }

    /// Takes what is typed at this moment; the future is its way to the server and back.
    fn send_now(self, by_itself: bool) -> impl Future<Output = ()> {
        self.state.busy.set(true);
        self.document.mark_sent();
        let sent = self.current.get_untracked();
        let version = self.version.get_untracked();
        async move {
            let mut answer = self.document.save(self.client, sent.clone(), version).await;
            if let Err(trouble) = &answer
                && trouble.code() == Some(Code::VersionConflict)
                && let Some(version) = self.own_version().await
            {
                answer = self.document.save(self.client, sent.clone(), version).await;
            }
            let lost = answer.as_ref().is_err_and(Trouble::passes).then(|| sent.clone());
            let _ = self.unanswered.try_set_value(lost);
            match answer {
                Err(trouble) if by_itself && self.put_off(&trouble) => {
                    let _ = self.state.busy.try_set(false);
                }
                answer => {
                    let accept = |answer| self.document.accept(sent, answer);
                    self.settle(answer, accept, by_itself);
                }
            }
        }
    }

    /// The version that the server has, where it is what was sent from here without an answer.
    async fn own_version(self) -> Option<i32> {
        let sent = self.unanswered.try_get_value()??;
        let newest = self.document.fetch(self.client).await.ok()?;
        (newest.value == sent).then_some(newest.version)
    }

    /// Drops what is typed here for what the server holds.
    pub fn take_newest(self) {
        self.state.busy.set(true);
        spawn_local(async move {
            let answer = self.document.fetch(self.client).await;
            let accept = |newest| {
                self.document.fill(newest);
                untrack(|| self.document.read())
            };
            self.settle(answer, accept, false);
            self.state.saved_at.try_set(None);
        });
    }

    /// Saves what is typed here over what somebody else saved.
    pub fn overwrite(self) {
        self.state.busy.set(true);
        spawn_local(async move {
            match self.document.fetch(self.client).await {
                Ok(newest) => {
                    if self.version.try_set(newest.version).is_none() {
                        self.submit(false);
                    }
                }
                Err(trouble) => self.settle(Err(trouble), |value| value, false),
            }
        });
    }

    /// Drops what is typed here for what was last saved.
    pub fn discard(self) {
        self.document.fill(self.saved.get_untracked());
        self.state.restored.set(None);
    }

    fn settle(
        self,
        answer: Answer<D::Value>,
        accept: impl FnOnce(D::Value) -> D::Value,
        by_itself: bool,
    ) {
        // The page may have been left while the server was thinking.
        if self.state.busy.try_set(false).is_some() {
            return;
        }
        match answer {
            Ok(answer) => {
                let saved = accept(answer.value);
                self.version.set(answer.version);
                self.saved.set(saved);
                self.document.errors().set(Vec::new());
                self.state.trouble.set(None);
                self.state.conflict.set(false);
                self.state.restored.set(None);
                self.state.saved_at.set(Some(clock::now()));
            }
            Err(trouble) if trouble.code() == Some(Code::VersionConflict) => {
                self.state.trouble.set(None);
                self.state.conflict.set(true);
            }
            Err(trouble) => {
                self.document.errors().set(trouble.fields().to_vec());
                self.state.trouble.set(Some(trouble));
                // Nobody asked for it now: whoever is typing goes on typing.
                if !by_itself {
                    super::errors::show_first();
                }
            }
        }
    }
}
