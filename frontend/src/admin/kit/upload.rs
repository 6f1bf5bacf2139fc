//! Uploading a picture or a video, with its progress.

use leptos::{prelude::*, task::spawn_local, web_sys};
use shared::{authoring::MediaFile, problem::Code};

use super::{TroubleNote, fresh_id};
use crate::{
    admin::sending::{Sending, Sent},
    client::{Client, Trouble},
};

/// What may be uploaded here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadKind {
    Picture,
    Video,
}

impl UploadKind {
    const fn accept(self) -> &'static str {
        match self {
            Self::Picture => "image/jpeg,image/png,image/webp",
            Self::Video => "video/mp4",
        }
    }

    /// What can be told before a byte is sent.
    fn refuse(self, file: &web_sys::File) -> Option<Code> {
        let known = self.accept().split(',').any(|kind| kind == file.type_());
        let (limit, wrong) = match self {
            Self::Picture => (5 << 20, Code::NotAPicture),
            Self::Video => (200 << 20, Code::NotAVideo),
        };
        if !known {
            Some(wrong)
        } else if file.size() > f64::from(limit) {
            Some(Code::UploadTooLarge)
        } else {
            None
        }
    }
}

/// What is under way: the file, and how many of its bytes the server has.
#[derive(Clone, Copy)]
struct Progress {
    sent: RwSignal<f64>,
    total: RwSignal<f64>,
    sending: StoredValue<Option<Sending>, LocalStorage>,
}

/// A button that asks for a file and sends it.
#[component]
pub fn UploadButton(
    kind: UploadKind,
    #[prop(into)] label: Signal<String>,
    on_done: Callback<MediaFile>,
) -> impl IntoView {
    let id = fresh_id();
    let client = Client::expect();
    let trouble = RwSignal::new(None::<Trouble>);
    let busy = RwSignal::new(false);
    let last = StoredValue::new_local(None::<web_sys::File>);
    let progress = Progress {
        sent: RwSignal::new(0.0),
        total: RwSignal::new(0.0),
        sending: StoredValue::new_local(None),
    };
    on_cleanup(move || progress.cancel());
    let send = move |file: web_sys::File| {
        trouble.set(None);
        last.set_value(Some(file.clone()));
        if let Some(code) = kind.refuse(&file) {
            trouble.set(Some(Trouble::from(code)));
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = progress.run(client, &file).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(Sent::Done(file)) => on_done.run(file),
                Ok(Sent::Cancelled) => {}
                Err(failed) => trouble.set(Some(failed)),
            }
        });
    };
    let pick = move |event: leptos::ev::Targeted<web_sys::Event, web_sys::HtmlInputElement>| {
        let input = event.target();
        let file = input.files().and_then(|files| files.get(0));
        // The same file can be chosen again after a failure.
        input.set_value("");
        if let Some(file) = file {
            send(file);
        }
    };
    let again = Callback::new(move |()| {
        if let Some(file) = last.get_value() {
            send(file);
        }
    });
    view! {
        <div class="c-upload">
            <label class="c-button" class:c-button--off=busy for=id.clone()>{move || label.get()}</label>
            <input
                class="c-out-of-sight c-upload__input"
                id=id
                type="file"
                accept=kind.accept()
                disabled=busy
                on:change:target=pick
            />
            {move || busy.get().then(|| view! { <ProgressLine progress/> })}
        </div>
        {move || trouble.get().map(|trouble| view! { <TroubleNote trouble retry=again/> })}
    }
}

impl Progress {
    async fn run(self, client: Client, file: &web_sys::File) -> Result<Sent, Trouble> {
        self.sent.set(0.0);
        self.total.set(file.size());
        let sending = Sending::new()?;
        self.sending.set_value(Some(sending.clone()));
        sending.run(client, file, move |sent, total| {
            let _ = self.sent.try_set(sent);
            let _ = self.total.try_set(total);
        })
        .await
    }

    fn cancel(self) {
        if let Some(Some(sending)) = self.sending.try_get_value() {
            sending.cancel();
        }
    }
}

#[component]
fn ProgressLine(progress: Progress) -> impl IntoView {
    let words = move || {
        let (sent, total) = (progress.sent.get(), progress.total.get());
        if sent >= total {
            "传完了，服务器正在检查…".to_owned()
        } else {
            format!("已传 {:.0}%（共 {:.1} MB）", sent / total * 100.0, total / f64::from(1 << 20))
        }
    };
    view! {
        <progress class="c-upload__bar" prop:value=move || progress.sent.get() prop:max=move || progress.total.get()></progress>
        <span class="c-upload__words" role="status">{words}</span>
        <button type="button" class="c-button c-button--small" on:click=move |_| progress.cancel()>"取消上传"</button>
    }
}
