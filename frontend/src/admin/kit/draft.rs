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
use super::{FieldErrors, key_of};
use crate::{
    client::{Client, Trouble},
    clock, storage,
};

/// The fields of a form.
pub trait Form: Copy + Send + Sync + 'static {
    type Value: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static;

    /// What they hold, tracked.
    fn read(self) -> Self::Value;
    fn fill(self, value: Self::Value);
    fn errors(self) -> FieldErrors;
    /// Whether something is still on its way that [`read`](Self::read) does not give yet, tracked.
    fn waits(self) -> bool {
        false
    }
    /// Called when what [`read`](Self::read) gives goes to the server.
    fn mark_sent(self) {}
}

/// Something that the server keeps in versions, and that goes there without being asked to: learners read
/// what was frozen of it.
pub trait Document: Copy + Send + Sync + 'static {
    type Form: Form;

    /// Names it among the drafts on this computer.
    fn name(self) -> String;
    fn form(self) -> Self::Form;
    fn fetch(self, client: Client) -> impl Future<Output = Answer<Value<Self>>> + 'static;
    /// Safe to repeat: the server knows again what it holds.
    fn save(
        self,
        client: Client,
        value: Value<Self>,
        version: i32,
    ) -> impl Future<Output = Answer<Value<Self>>> + 'static;
    /// Takes over what the server added, such as ids, and says what now counts as saved.
    fn accept(self, sent: Value<Self>, _answer: Value<Self>) -> Value<Self> {
        sent
    }
}

/// What the form of a document holds.
pub type Value<D> = <<D as Document>::Form as Form>::Value;

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
    /// What of it the server was sent last, where no answer came.
    sent: Option<V>,
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
    pub current: Memo<Value<D>>,
    pub state: SaveState,
    saved: RwSignal<Value<D>>,
    version: RwSignal<i32>,
    client: Client,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// What was sent, and is not answered, maybe never will be: the server may have it.
    unanswered: RwSignal<Option<Value<D>>>,
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
    pub fn open(document: D, server: Versioned<Value<D>>) -> Self {
        let form = document.form();
        form.fill(server.value);
        // As the fields write it: what merely looks different in them is no change.
        let baseline = untrack(|| form.read());
        let kept = storage::read_json::<Kept<Value<D>>>(&key_of(&document.name()));
        let kept = kept.filter(|kept| kept.value != baseline);
        if let Some(kept) = &kept {
            form.fill(kept.value.clone());
        }
        let saved = RwSignal::new(baseline);
        let current = Memo::new(move |_| form.read());
        let base = kept.as_ref().map_or(server.version, |kept| kept.version);
        // Somebody saved since: maybe this was, or what was sent before the last words, and only the answer
        // got lost.
        let unanswered = kept.as_ref().filter(|it| it.version != server.version);
        let unanswered = unanswered.map(|it| it.sent.as_ref().unwrap_or(&it.value).clone());
        let unanswered = RwSignal::new(unanswered);
        let state = SaveState {
            dirty: Signal::derive(move || current.with(|it| saved.with(|saved| it != saved))),
            waits: Signal::derive(move || form.waits()),
            busy: RwSignal::new(false),
            saved_at: RwSignal::new(None),
            restored: RwSignal::new(kept.map(|kept| kept.at)),
            trouble: RwSignal::new(None),
            conflict: RwSignal::new(false),
            by_itself: RwSignal::new(ByItself::Never),
        };
        let (version, timer) = (RwSignal::new(base), StoredValue::new(None));
        let client = Client::expect();
        let draft = Self { document, current, state, saved, version, client, timer, unanswered };
        draft.keep_up();
        draft.save_by_itself();
        if unanswered.with_untracked(Option::is_some) {
            form.mark_sent();
            draft.submit(true);
        }
        draft
    }

    /// Writes every change to this computer, until the server has it.
    fn keep_up(self) {
        let key = key_of(&self.document.name());
        Effect::new(move || {
            let value = self.current.get();
            let version = self.version.get();
            let sent = self.unanswered.get();
            if self.saved.with(|saved| *saved == value) {
                storage::forget(&key);
            } else {
                storage::write_json(&key, &Kept { version, value, sent, at: clock::now() });
            }
        });
    }

    /// The server has a newer version whose content is this one's, give or take what others edit.
    pub fn rebase(self, server: &Versioned<Value<D>>) {
        let answered = self.unanswered.with_untracked(Option::is_none);
        if answered && self.saved.with_untracked(|saved| *saved == server.value) {
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

    /// Takes what is typed at this moment; the future is its way to the server and back. What was never
    /// answered goes before it, once more as it was: the server knows again what it holds, and only what is
    /// neither that nor based on it is a colleague's.
    fn send_now(self, by_itself: bool) -> impl Future<Output = ()> {
        let unanswered = self.unanswered.get_untracked();
        let mut again = unanswered.is_some();
        let mut sent = unanswered.unwrap_or_else(|| self.typed());
        let mut version = self.version.get_untracked();
        self.state.busy.set(true);
        async move {
            while self.send_one(sent, version, (by_itself, again)).await && again {
                again = false;
                version = self.version.get_untracked();
                sent = self.typed();
                self.state.busy.set(true);
            }
        }
    }

    fn typed(self) -> Value<D> {
        self.document.form().mark_sent();
        self.current.get_untracked()
    }

    /// Whether there is still something to send.
    async fn send_one(
        self,
        sent: Value<D>,
        version: i32,
        (by_itself, again): (bool, bool),
    ) -> bool {
        // Before it goes: the page may be closed or loaded again before there is an answer.
        let _ = self.unanswered.try_set(Some(sent.clone()));
        let answer = self.document.save(self.client, sent.clone(), version).await;
        let lost = answer.as_ref().is_err_and(Trouble::passes).then(|| sent.clone());
        // The page may have been left while the server was thinking.
        if self.unanswered.try_set(lost).is_some() {
            return false;
        }
        match answer {
            // What cannot be kept never was; meanwhile it may have been mended.
            Err(trouble) if again && trouble.code() == Some(Code::InvalidRequest) => return true,
            Err(trouble) if by_itself && self.put_off(&trouble) => self.state.busy.set(false),
            answer => {
                let taken = answer.is_ok();
                self.settle(answer, |answer| self.document.accept(sent, answer), by_itself);
                return taken && self.state.dirty.get_untracked();
            }
        }
        false
    }

    /// Drops what is typed here for what the server holds.
    pub fn take_newest(self) {
        self.state.busy.set(true);
        spawn_local(async move {
            let answer = self.document.fetch(self.client).await;
            if answer.is_ok() {
                // Else it would go, once more, over what is taken now.
                let _ = self.unanswered.try_set(None);
            }
            let accept = |newest| {
                self.document.form().fill(newest);
                untrack(|| self.document.form().read())
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
        self.document.form().fill(self.saved.get_untracked());
        self.unanswered.set(None);
        self.state.restored.set(None);
    }

    fn settle(
        self,
        answer: Answer<Value<D>>,
        accept: impl FnOnce(Value<D>) -> Value<D>,
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
                self.document.form().errors().set(Vec::new());
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
                self.document.form().errors().set(trouble.fields().to_vec());
                self.state.trouble.set(Some(trouble));
                // Nobody asked for it now: whoever is typing goes on typing.
                if !by_itself {
                    super::errors::show_first();
                }
            }
        }
    }
}
