//! Loading what a page shows.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use shared::api::Endpoint;

use super::TroubleNote;
use crate::client::{Client, Trouble};

/// How often somebody signed in over the page: what failed for want of that is asked anew then.
#[derive(Clone, Copy)]
pub struct SignedInAgain(pub RwSignal<u32>);

/// How often what goes on meanwhile is asked for anew.
const REFRESH: Duration = Duration::from_secs(20);

/// Something asked of the server: when the page opens, when what is asked for changes, and again
/// on request. What was loaded before stays on the screen meanwhile.
pub struct Load<T: 'static> {
    pub value: RwSignal<Option<T>>,
    trouble: RwSignal<Option<Trouble>>,
    busy: RwSignal<bool>,
    again: RwSignal<u32>,
}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Load<T> {}

impl<T: Send + Sync + 'static> Load<T> {
    /// `request` is asked anew whenever a signal it reads changes.
    pub fn of<E: Endpoint<Response = T>>(request: impl Fn() -> E + 'static) -> Self {
        let load = Self {
            value: RwSignal::new(None),
            trouble: RwSignal::new(None),
            busy: RwSignal::new(false),
            again: RwSignal::new(0),
        };
        let client = Client::expect();
        let newest = StoredValue::new(0_u32);
        Effect::new(move || {
            load.again.track();
            let request = request();
            newest.update_value(|it| *it += 1);
            let this = newest.get_value();
            load.busy.set(true);
            spawn_local(async move {
                let answer = client.call(request).await;
                // The page may be gone, or have asked for something else since.
                if newest.try_get_value() == Some(this) {
                    load.settle(answer);
                }
            });
        });
        if let Some(SignedInAgain(times)) = use_context() {
            Effect::new(move || {
                times.track();
                let signed_out =
                    |it: &Option<Trouble>| it.as_ref().is_some_and(Trouble::is_signed_out);
                if load.trouble.with_untracked(signed_out) {
                    load.reload();
                }
            });
        }
        load
    }

    /// The same, of what goes on while the page is open.
    pub fn following<E: Endpoint<Response = T>>(request: impl Fn() -> E + 'static) -> Self {
        let load = Self::of(request);
        if let Ok(timer) = set_interval_with_handle(move || load.reload(), REFRESH) {
            on_cleanup(move || timer.clear());
        }
        load
    }

    pub fn reload(self) {
        self.again.update(|it| *it += 1);
    }

    /// Does something that changes what is shown, and loads anew, even where the dialog that asked for
    /// it was closed.
    pub fn after<E: Endpoint>(
        self,
        request: E,
    ) -> impl Future<Output = Result<(), Trouble>> + use<T, E> {
        let client = Client::expect();
        async move {
            client.call(request).await?;
            self.reload();
            Ok(())
        }
    }

    /// What kept it from being loaded.
    pub fn trouble(self) -> Option<Trouble> {
        self.trouble.get()
    }

    /// Whether there is something to see of it: what comes below is not moved by it any more.
    pub fn is_shown(self) -> Memo<bool> {
        Memo::new(move |_| self.value.with(Option::is_some) || self.trouble.with(Option::is_some))
    }

    fn settle(self, answer: Result<T, Trouble>) {
        self.busy.set(false);
        match answer {
            Ok(value) => {
                self.trouble.set(None);
                self.value.set(Some(value));
            }
            Err(trouble) => self.trouble.set(Some(trouble)),
        }
    }
}

/// What was loaded; before that a skeleton, and where it failed what to do.
#[component]
pub fn Shown<T: Clone + Send + Sync + 'static>(
    load: Load<T>,
    children: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let retry = Callback::new(move |()| load.reload());
    view! {
        {move || load.trouble.get().map(|trouble| view! { <Failed trouble retry/> })}
        {move || match load.value.get() {
            Some(value) => children(value),
            None if load.trouble.with(Option::is_some) => ().into_any(),
            None => view! { <Skeleton/> }.into_any(),
        }}
    }
}

/// Trying again is offered only where it may help.
#[component]
fn Failed(trouble: Trouble, retry: Callback<()>) -> impl IntoView {
    if trouble.passes() || trouble.is_signed_out() {
        view! { <TroubleNote trouble retry/> }.into_any()
    } else {
        view! { <TroubleNote trouble/> }.into_any()
    }
}

#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <div class="c-skeleton" role="status">
            <span class="c-out-of-sight">"正在加载…"</span>
            {(0..6).map(|_| view! { <div class="c-skeleton__line"></div> }).collect_view()}
        </div>
    }
}

/// What was loaded first, for pages that change it themselves from there on.
#[component]
pub fn Opened<T: Clone + Send + Sync + 'static>(
    load: Load<T>,
    children: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let ready = Memo::new(move |_| load.value.with(Option::is_some));
    let retry = Callback::new(move |()| load.reload());
    move || match ready.get().then(|| load.value.get_untracked()).flatten() {
        Some(value) => children(value),
        None => view! {
            {move || match load.trouble.get() {
                Some(trouble) => view! { <Failed trouble retry/> }.into_any(),
                None => view! { <Skeleton/> }.into_any(),
            }}
        }
        .into_any(),
    }
}
