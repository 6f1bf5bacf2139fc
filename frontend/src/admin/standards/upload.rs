//! Uploading the file of a new version.

use leptos::{ev::Targeted, prelude::*, task::spawn_local};
use shared::standards::{StandardId, console::StandardVersion};
use web_sys::{Event, HtmlInputElement};

use crate::{
    admin::{
        kit::{TroubleNote, fresh_id},
        sending::{Sending, Sent},
    },
    client::{self, Client, Trouble},
};

#[component]
pub fn UploadVersion(standard: StandardId, on_done: Callback<StandardVersion>) -> impl IntoView {
    let (client, id) = (Client::expect(), fresh_id());
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let part = RwSignal::new(0.0);
    let send = move |file: web_sys::File| async move {
        let sending = Sending::new()?;
        let path = format!("/api/console/standards/{standard}/versions");
        let progress = move |sent: f64, total: f64| {
            let _ = part.try_set(sent / total.max(1.0));
        };
        match sending.run(client, &path, &file, progress).await? {
            Sent::Done(answer) => client::read::<StandardVersion>(&answer).map(Some),
            Sent::Cancelled => Ok(None),
        }
    };
    let pick = move |event: Targeted<Event, HtmlInputElement>| {
        let input = event.target();
        let file = input.files().and_then(|files| files.get(0));
        // The same file can be chosen again after a failure.
        input.set_value("");
        let Some(file) = file else { return };
        busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            let answer: Result<Option<StandardVersion>, Trouble> = send(file).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(Some(version)) => on_done.run(version),
                Ok(None) => {}
                Err(failed) => trouble.set(Some(failed)),
            }
        });
    };
    view! {
        <div class="c-upload">
            <label class="c-button" class:c-button--off=busy for=id.clone()>"上传新版本的文件"</label>
            <input
                class="c-out-of-sight c-upload__input" id=id type="file"
                accept=".docx,.pdf,.md,.txt" disabled=busy on:change:target=pick
            />
            {move || busy.get().then(|| view! {
                <progress class="c-upload__bar" prop:value=move || part.get() max="1" aria-label="上传进度"></progress>
            })}
        </div>
        <p class="c-quiet">"Word（.docx）、能选中文字的 PDF、Markdown 或纯文本，20 MB 以内。拆出来的条款要你确认以后才生效。"</p>
        {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
    }
}
