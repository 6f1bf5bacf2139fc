//! Uploading a picture, a video or a table, with its progress.

use leptos::{ev::Targeted, prelude::*, task::spawn_local};
use serde::de::DeserializeOwned;
use shared::{
    authoring::MediaFile,
    problem::{Code, Problem},
};
use web_sys::{Event, File, HtmlInputElement};

use super::{TroubleNote, fresh_id};
use crate::{
    admin::sending::{Sending, Sent},
    client::{self, Client, Trouble},
};

/// What may be uploaded here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadKind {
    Picture,
    Video,
    /// 花名册
    Roster,
}

impl UploadKind {
    const fn accept(self) -> &'static str {
        match self {
            Self::Picture => "image/jpeg,image/png,image/webp",
            Self::Video => "video/mp4",
            Self::Roster => ".xlsx,.csv",
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Picture | Self::Video => "/api/console/media",
            Self::Roster => "/api/console/roster/imports",
        }
    }

    /// What can be told before a byte is sent.
    fn refuse(self, file: &File) -> Option<Problem> {
        let name = file.name().to_lowercase();
        // Windows calls a CSV file one of Excel's: for tables the name says more than the type.
        let known =
            self.accept().split(',').any(|kind| kind == file.type_() || name.ends_with(kind));
        let table = |detail| Problem::from(Code::NotASheet).detail(detail);
        let (limit, wrong, too_large) = match self {
            Self::Picture => (5 << 20, Code::NotAPicture.into(), Code::UploadTooLarge.into()),
            Self::Video => (200 << 20, Code::NotAVideo.into(), Code::UploadTooLarge.into()),
            Self::Roster => (
                10 << 20,
                table("请上传 .xlsx 或 .csv 文件；旧的 .xls 请在 Excel 里另存为 .xlsx"),
                table("文件超过了 10 MB，请拆成几个文件"),
            ),
        };
        if !known {
            Some(wrong)
        } else if file.size() > f64::from(limit) {
            Some(too_large)
        } else {
            None
        }
    }
}

/// One file after another on its way to the server.
#[derive(Clone, Copy)]
struct Upload {
    kind: UploadKind,
    client: Client,
    /// Takes the text of the answer; says where it cannot be read.
    on_done: Callback<String, Option<Trouble>>,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<Trouble>>,
    /// Bytes the server has, and bytes of the whole message.
    sent: RwSignal<f64>,
    total: RwSignal<f64>,
    sending: StoredValue<Option<Sending>, LocalStorage>,
    last: StoredValue<Option<File>, LocalStorage>,
}

impl Upload {
    fn new(kind: UploadKind, on_done: Callback<String, Option<Trouble>>) -> Self {
        Self {
            kind,
            client: Client::expect(),
            on_done,
            busy: RwSignal::new(false),
            trouble: RwSignal::new(None),
            sent: RwSignal::new(0.0),
            total: RwSignal::new(0.0),
            sending: StoredValue::new_local(None),
            last: StoredValue::new_local(None),
        }
    }

    fn start(self, file: File) {
        self.last.set_value(Some(file.clone()));
        self.trouble.set(self.kind.refuse(&file).map(Trouble::from));
        if self.trouble.with_untracked(Option::is_some) {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let answer = self.run(&file).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(Sent::Done(answer)) => {
                    let failed = self.on_done.run(answer);
                    let _ = self.trouble.try_set(failed);
                }
                Ok(Sent::Cancelled) => {}
                Err(failed) => self.trouble.set(Some(failed)),
            }
        });
    }

    async fn run(self, file: &File) -> Result<Sent, Trouble> {
        self.sent.set(0.0);
        self.total.set(file.size());
        let sending = Sending::new()?;
        self.sending.set_value(Some(sending.clone()));
        let progress = move |sent, total| {
            let _ = self.sent.try_set(sent);
            let _ = self.total.try_set(total);
        };
        sending.run(self.client, self.kind.path(), file, progress).await
    }

    fn again(self) {
        if let Some(file) = self.last.get_value() {
            self.start(file);
        }
    }

    fn cancel(self) {
        if let Some(Some(sending)) = self.sending.try_get_value() {
            sending.cancel();
        }
    }
}

/// A button that asks for a picture or a video and sends it.
#[component]
pub fn UploadButton(
    kind: UploadKind,
    #[prop(into)] label: Signal<String>,
    on_done: Callback<MediaFile>,
) -> impl IntoView {
    view! { <FileButton kind label on_done=reading(on_done)/> }
}

/// Hands the answer on once it is read.
pub fn reading<T: DeserializeOwned + 'static>(
    on_done: Callback<T>,
) -> Callback<String, Option<Trouble>> {
    Callback::new(move |text: String| client::read(&text).map(|it| on_done.run(it)).err())
}

/// A button that asks for a file and sends it.
#[component]
pub fn FileButton(
    kind: UploadKind,
    #[prop(into)] label: Signal<String>,
    on_done: Callback<String, Option<Trouble>>,
) -> impl IntoView {
    let id = fresh_id();
    let upload = Upload::new(kind, on_done);
    let Upload { busy, trouble, .. } = upload;
    on_cleanup(move || upload.cancel());
    let pick = move |event: Targeted<Event, HtmlInputElement>| {
        let input = event.target();
        let file = input.files().and_then(|files| files.get(0));
        // The same file can be chosen again after a failure.
        input.set_value("");
        if let Some(file) = file {
            upload.start(file);
        }
    };
    let again = Callback::new(move |()| upload.again());
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
            {move || busy.get().then(|| view! { <ProgressLine upload/> })}
        </div>
        {move || trouble.get().map(|trouble| view! { <TroubleNote trouble retry=again/> })}
    }
}

#[component]
fn ProgressLine(upload: Upload) -> impl IntoView {
    let Upload { sent, total, .. } = upload;
    let words = move || {
        let (sent, total) = (sent.get(), total.get());
        if sent >= total {
            "传完了，服务器正在检查…".to_owned()
        } else {
            let percent = sent / total * 100.0;
            format!("已传 {percent:.0}%（共 {:.1} MB）", total / f64::from(1 << 20))
        }
    };
    view! {
        <progress class="c-upload__bar" prop:value=move || sent.get() prop:max=move || total.get()></progress>
        <span class="c-upload__words" role="status">{words}</span>
        <button type="button" class="c-button c-button--small" on:click=move |_| upload.cancel()>"取消上传"</button>
    }
}
