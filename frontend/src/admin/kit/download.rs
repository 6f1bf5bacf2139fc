//! A file to take along.

use leptos::{prelude::*, task::spawn_local, web_sys};
use shared::accounts::{ShowMe, second_factor::CheckStepUp};

use super::TroubleNote;
use crate::client::{Client, Trouble};

/// A link that downloads a file, looking like a button.
#[component]
pub fn DownloadLink(
    #[prop(into)] href: Signal<String>,
    words: &'static str,
    /// Whether it holds what is not for everybody: then the person proves first who it is.
    #[prop(default = true)]
    guarded: bool,
    #[prop(default = "c-button c-filters__end")] class: &'static str,
) -> impl IntoView {
    let client = Client::expect();
    let trouble = RwSignal::new(None::<Trouble>);
    let download = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        let href = href.get_untracked();
        spawn_local(async move {
            // Renews a sign-in that ran out, and asks for the proof: the browser's download cannot.
            let failed = if guarded {
                client.call(CheckStepUp {}).await.err()
            } else {
                client.call(ShowMe {}).await.err()
            };
            if failed.is_none() {
                let _ = window().location().assign(&href);
            }
            let _ = trouble.try_set(failed);
        });
    };
    view! {
        <a class=class href=href download="" on:click=download>{words}</a>
        {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
    }
}
