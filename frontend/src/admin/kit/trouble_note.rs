//! Why something did not work, and what to do about it.

use leptos::prelude::*;

use crate::client::Trouble;

/// A failure that stays until it is solved.
#[component]
pub fn TroubleNote(
    trouble: Trouble,
    /// Tries the same again.
    #[prop(optional_no_strip, into)]
    retry: Option<Callback<()>>,
    /// The file that it is about, where there is one.
    #[prop(optional)]
    file: String,
) -> impl IntoView {
    let about = if file.is_empty() { file } else { format!("“{file}”：") };
    view! {
        <div class="c-note c-note--bad" role="alert">
            <p class="c-note__text">{about}{move || sentence(&trouble)}</p>
            {retry.map(|retry| view! {
                <button type="button" class="c-button c-button--small" on:click=move |_| retry.run(())>
                    "重试"
                </button>
            })}
        </div>
    }
}

fn sentence(trouble: &Trouble) -> String {
    if trouble.is_signed_out() {
        "登录到期了，请登录后再试一次。这一页上填的都还在。".into()
    } else {
        trouble.sentence()
    }
}
