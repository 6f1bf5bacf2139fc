//! Loading what a page shows.
//!
//! An answer is kept as the text it came as: one copy of this machinery serves every type.

use std::{marker::PhantomData, sync::Arc};

use gloo_timers::callback::Timeout;
use leptos::{prelude::*, task::spawn_local};
use serde::de::DeserializeOwned;
use shared::api::{Endpoint, Outgoing, encode};

use super::{
    Shape, button,
    html::{Html, listen, live, many, none, p},
    note,
    states::skeleton,
    trouble_note,
};
use crate::{
    client::{Client, Trouble, read},
    storage,
};

/// Milliseconds that nobody should look at a skeleton for.
const SOON: u32 = 3_000;

/// What happens with an answer besides being shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Always asked anew.
    No,
    /// Shown where there is no network.
    ForOffline,
    /// Shown where there is no network, or hardly any: after three seconds. Whoever then touches it
    /// goes on with it undisturbed.
    ShowSoon,
    /// Shown at once, and again when the newest has come.
    ShowAtOnce,
}

/// Something asked of the server: when the page opens, when the request changes, and on demand.
pub struct Load<T> {
    core: Core,
    answer: PhantomData<fn() -> T>,
}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Load<T> {}

impl<T: DeserializeOwned + 'static> Load<T> {
    /// `request` is asked anew whenever a signal it reads changes.
    pub fn of<E: Endpoint<Response = T>>(keep: Keep, request: impl Fn() -> E + 'static) -> Self {
        let core = Core::start(keep, Box::new(move || encode(&request())));
        Self { core, answer: PhantomData }
    }

    pub fn reload(self) {
        self.core.again.update(|it| *it += 1);
    }

    /// Draws again what is shown, where something else that it tells of has changed.
    pub fn redraw(self) {
        self.core.text.notify();
    }

    /// What was loaded; before that a skeleton, and where it failed what to do.
    pub fn view(self, children: impl Fn(T) -> Html + 'static) -> Html {
        self.core.view(Box::new(move |text| match read(text) {
            Ok(value) => children(value),
            Err(trouble) => trouble_note(&trouble),
        }))
    }

    /// What was last answered, tracked.
    pub fn get(self) -> Option<T> {
        read(&self.core.text.get()?).ok()
    }
}

#[derive(Clone, Copy)]
struct Core {
    text: RwSignal<Option<Arc<str>>>,
    trouble: RwSignal<Option<Trouble>>,
    again: RwSignal<u32>,
    asked: StoredValue<u32>,
    /// What is shown is being used.
    touched: StoredValue<bool>,
    /// Somebody pressed 重试, and wants to see the answer.
    wanted: StoredValue<bool>,
    keep: Keep,
}

impl Core {
    fn start(keep: Keep, request: Box<dyn Fn() -> Outgoing>) -> Self {
        let core = Self {
            text: RwSignal::new(None),
            trouble: RwSignal::new(None),
            again: RwSignal::new(0),
            asked: StoredValue::new(0),
            touched: StoredValue::new(false),
            wanted: StoredValue::new(false),
            keep,
        };
        if keep == Keep::ShowSoon {
            for event in ["touchstart", "mousedown", "wheel", "keydown"] {
                listen(window().into(), event, move |_| core.touched.set_value(core.has_text()));
            }
        }
        let client = Client::expect();
        let shown = StoredValue::new(String::new());
        Effect::new(move || {
            core.again.track();
            let outgoing = request();
            if shown.with_value(|it| *it != outgoing.target) {
                shown.set_value(outgoing.target.clone());
                let kept = (keep == Keep::ShowAtOnce).then(|| kept(&outgoing.target)).flatten();
                core.text.set(kept);
            }
            core.asked.update_value(|it| *it += 1);
            spawn_local(core.ask(client, outgoing));
        });
        Effect::new(move || {
            if client.online.get() && core.trouble.get_untracked() == Some(Trouble::Offline) {
                core.back_online();
            }
        });
        core
    }

    /// What is being read or answered is not drawn anew; whatever else is asked again.
    fn back_online(self) {
        self.trouble.set(None);
        if self.keep == Keep::ShowAtOnce || !self.has_text() {
            self.again.update(|it| *it += 1);
        }
    }

    async fn ask(self, client: Client, outgoing: Outgoing) {
        let asked = self.asked.get_value();
        let target = outgoing.target.clone();
        let soon = (self.keep == Keep::ShowSoon).then(|| {
            let target = target.clone();
            Timeout::new(SOON, move || self.show_kept(asked, &target))
        });
        let answer = client.text(outgoing).await;
        drop(soon);
        // The page may be gone, or have asked for something else since.
        if !self.is_asking(asked) {
            return;
        }
        match answer {
            Ok(text) => {
                if self.keep != Keep::No {
                    storage::write(&storage::answer_key(&target), &text);
                }
                self.trouble.set(None);
                // A video would start again, and ticks vanish. The next visit shows what is new.
                if self.wanted.get_value() || !self.touched.get_value() {
                    self.show(&text);
                }
                self.wanted.set_value(false);
            }
            Err(trouble) => {
                if trouble == Trouble::Offline {
                    self.show_kept(asked, &target);
                }
                if matches!(trouble, Trouble::Refused(_)) && !trouble.passes() {
                    // It was taken away, or is no longer for this person.
                    storage::forget(&storage::answer_key(&target));
                    self.text.set(None);
                }
                self.trouble.set(Some(trouble));
            }
        }
    }

    fn is_asking(self, asked: u32) -> bool {
        self.asked.try_get_value() == Some(asked)
    }

    /// What was seen before, where nothing is shown yet.
    fn show_kept(self, asked: u32, target: &str) {
        if self.keep != Keep::No && self.is_asking(asked) && !self.has_text() {
            self.text.set(kept(target));
        }
    }

    /// The same again must not disturb who is reading.
    fn show(self, text: &str) {
        if self.text.with_untracked(|shown| shown.as_deref() != Some(text)) {
            self.text.set(Some(text.into()));
        }
    }

    fn has_text(self) -> bool {
        self.text.with_untracked(Option::is_some)
    }

    fn view(self, children: Box<dyn Fn(&str) -> Html>) -> Html {
        let retry = move || {
            self.trouble.set(None);
            self.wanted.set_value(true);
            self.again.update(|it| *it += 1);
        };
        let note = move || match self.trouble.get() {
            Some(Trouble::Offline) if self.text.with(Option::is_some) => {
                let text = p("note-text").text("没有网络，下面是上次看到的内容");
                note("note note-wait", Shape::Cloud, text).with(retry_button(retry))
            }
            Some(trouble) => trouble_note(&trouble).with(retry_button(retry)),
            None => none(),
        };
        let shown = move || match self.text.get() {
            Some(text) => untrack(|| children(&text)),
            None if self.trouble.with(Option::is_some) => none(),
            None => skeleton(),
        };
        many([live(note), live(shown)])
    }
}

fn retry_button(retry: impl Fn() + 'static) -> Html {
    button("button button-small", "重试", retry)
}

fn kept(target: &str) -> Option<Arc<str>> {
    storage::read(&storage::answer_key(target)).map(Into::into)
}
