//! Puts dead jobs back, and says what became of them.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    api::Endpoint,
    deliveries::{JobKind, Retried, RetryDeadJobs},
};

use crate::{
    admin::kit::{Question, TroubleNote},
    client::{Client, Trouble},
};

/// One try at a time.
#[derive(Clone, Copy)]
pub struct Retrying {
    pub busy: RwSignal<bool>,
    ended: RwSignal<Option<Result<Retried, Trouble>>>,
    client: Client,
    on_done: Callback<()>,
}

impl Retrying {
    pub fn new(on_done: Callback<()>) -> Self {
        let (busy, ended) = (RwSignal::new(false), RwSignal::new(None));
        Self { busy, ended, client: Client::expect(), on_done }
    }

    pub fn call<E: Endpoint<Response = Retried>>(self, request: E) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.ended.set(None);
        spawn_local(async move {
            let answer = self.client.call(request).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            let done = answer.is_ok();
            self.ended.set(Some(answer));
            if done {
                self.on_done.run(());
            }
        });
    }

    /// How it ended.
    pub fn note(self) -> impl IntoView {
        move || match self.ended.get() {
            None => ().into_any(),
            Some(Err(trouble)) => view! { <TroubleNote trouble/> }.into_any(),
            Some(Ok(retried)) => view! {
                <div class="c-note c-note--good" role="status">
                    <p class="c-note__text">{in_words(retried)}</p>
                </div>
            }
            .into_any(),
        }
    }
}

fn in_words(retried: Retried) -> String {
    let Retried { queued, expired, unreadable } = retried;
    let mut words = vec![format!("{queued} 条重新排队了，轮到就发")];
    if expired > 0 {
        words.push(format!("{expired} 条已经过时，不再发了"));
    }
    if unreadable > 0 {
        words.push(format!("{unreadable} 条内容读不出来，留着没动"));
    }
    words.join("；") + "。"
}

/// All of a kind at once, after a question.
#[component]
pub fn RetryAll(kind: JobKind, retrying: Retrying) -> impl IntoView {
    let asking = RwSignal::new(false);
    let agree = Callback::new(move |()| {
        asking.set(false);
        retrying.call(RetryDeadJobs { kind });
    });
    let title = format!("把“{}”全部重新投递？", kind.label());
    view! {
        <button
            type="button"
            class="c-button"
            disabled=retrying.busy
            on:click=move |_| asking.set(true)
        >
            "这一种全部重新投递"
        </button>
        {move || asking.get().then(|| view! {
            <Question
                title=title.clone()
                text="失败的都从头再试。已经过时的会丢掉；不知道微信收到没有的，有的人可能收到两遍。"
                yes="全部重新投递"
                on_yes=agree
                on_no=Callback::new(move |()| asking.set(false))
            />
        })}
    }
}
