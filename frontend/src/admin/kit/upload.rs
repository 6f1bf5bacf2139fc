//! Uploading a picture, a video, a recording, courseware or a table, with its progress. What is large
//! can be stopped and gone on with.

use leptos::{ev::Targeted, prelude::*, task::spawn_local};
use serde::de::DeserializeOwned;
use shared::authoring::MediaFile;
use web_sys::{Event, File, HtmlInputElement};

use super::{
    CropPanel, TroubleNote, fresh_id,
    resume::{Resuming, Told, unfinished},
    upload_kind::UploadKind,
};
use crate::{
    admin::sending::{Sending, Sent},
    client::{self, Client, Trouble},
};

/// One file after another on its way to the server.
#[derive(Clone, Copy)]
struct Upload {
    kind: UploadKind,
    client: Client,
    /// Takes the text of the answer; says where it cannot be read.
    on_done: Callback<String, Option<Trouble>>,
    busy: RwSignal<bool>,
    /// What went wrong since files were last chosen, each with the name of its file.
    trouble: RwSignal<Vec<(String, Trouble)>>,
    /// Bytes the server has, and bytes of the whole message.
    sent: RwSignal<f64>,
    total: RwSignal<f64>,
    /// Per cent of the check, once all is sent.
    checking: RwSignal<Option<u32>>,
    /// Whether it waits to be gone on with.
    paused: RwSignal<bool>,
    sending: StoredValue<Option<OnItsWay>, LocalStorage>,
    last: StoredValue<Option<File>, LocalStorage>,
    /// What was chosen with it and is still to be sent, the next one last.
    waiting: StoredValue<Vec<File>, LocalStorage>,
}

/// In one go, or piece by piece.
#[derive(Clone)]
enum OnItsWay {
    Whole(Sending),
    Pieces(Resuming),
}

impl Upload {
    fn new(
        kind: UploadKind,
        on_done: Callback<String, Option<Trouble>>,
        busy: RwSignal<bool>,
    ) -> Self {
        Self {
            kind,
            client: Client::expect(),
            on_done,
            busy,
            trouble: RwSignal::new(Vec::new()),
            sent: RwSignal::new(0.0),
            total: RwSignal::new(0.0),
            checking: RwSignal::new(None),
            paused: RwSignal::new(false),
            sending: StoredValue::new_local(None),
            last: StoredValue::new_local(None),
            waiting: StoredValue::new_local(Vec::new()),
        }
    }

    /// Sends files one after the other. One that is refused is told of, and keeps no other back; where the
    /// network or the server fails, the others wait until it goes on.
    fn begin(self, mut files: Vec<File>) {
        files.reverse();
        self.waiting.set_value(files);
        self.trouble.set(Vec::new());
        self.go_on();
    }

    fn go_on(self) {
        if let Some(file) = self.waiting.try_update_value(Vec::pop).flatten() {
            self.start(file);
        }
    }

    fn start(self, file: File) {
        self.last.set_value(Some(file.clone()));
        if let Some(refused) = self.kind.refuse(&file) {
            self.trouble.update(|it| it.push((file.name(), refused.into())));
            self.go_on();
            return;
        }
        self.busy.set(true);
        self.paused.set(false);
        self.checking.set(None);
        spawn_local(async move {
            let answer = self.run(&file).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            let failed = match answer {
                Ok(Sent::Done(answer)) => self.on_done.run(answer),
                Ok(Sent::Cancelled) => return,
                Err(failed) => Some(failed),
            };
            let goes_on = failed.as_ref().is_none_or(|it| !may_retry(it));
            if let Some(failed) = failed {
                let _ = self.trouble.try_update(|it| it.push((file.name(), failed)));
            }
            if goes_on {
                self.go_on();
            }
        });
    }

    async fn run(self, file: &File) -> Result<Sent, Trouble> {
        self.sent.set(0.0);
        self.total.set(file.size());
        if let Some(kind) = self.kind.resumed_as() {
            return self.resume(kind, file).await;
        }
        let sending = Sending::new()?;
        self.sending.set_value(Some(OnItsWay::Whole(sending.clone())));
        let progress = move |sent, total| {
            let _ = self.sent.try_set(sent);
            let _ = self.total.try_set(total);
        };
        sending.run(self.client, &self.kind.path(), file, progress).await
    }

    async fn resume(self, kind: &str, file: &File) -> Result<Sent, Trouble> {
        let sending = Resuming::new(self.client, kind, file.clone())?;
        self.sending.set_value(Some(OnItsWay::Pieces(sending.clone())));
        let told = move |told| match told {
            Told::Sent(bytes) => drop(self.sent.try_set(bytes)),
            Told::Checking(percent) => drop(self.checking.try_set(Some(percent))),
        };
        let done = sending.run(told).await?;
        let text = done.map(|file| serde_json::to_string(&file).unwrap_or_default());
        Ok(text.map_or(Sent::Cancelled, Sent::Done))
    }

    /// Stops it so that it can go on.
    fn pause(self) {
        if let Some(OnItsWay::Pieces(pieces)) = self.sending.get_value() {
            self.paused.set(true);
            pieces.pause();
        }
    }

    fn again(self) {
        if let Some(file) = self.last.get_value() {
            // Those that were refused stay told of.
            self.trouble.update(|it| it.retain(|(_, trouble)| !may_retry(trouble)));
            self.start(file);
        }
    }

    fn cancel(self) {
        match self.sending.try_get_value().flatten() {
            Some(OnItsWay::Whole(sending)) => sending.cancel(),
            Some(OnItsWay::Pieces(pieces)) => pieces.cancel(),
            None => {}
        }
    }

    /// Leaves what has arrived where it is: the page is left, not the upload.
    fn leave(self) {
        match self.sending.try_get_value().flatten() {
            Some(OnItsWay::Whole(sending)) => sending.cancel(),
            Some(OnItsWay::Pieces(pieces)) => pieces.pause(),
            None => {}
        }
    }
}

/// Whether the same file may well go through another time.
fn may_retry(trouble: &Trouble) -> bool {
    trouble.passes() || trouble.is_signed_out()
}

/// A button that asks for a picture or a video and sends it.
#[component]
pub fn UploadButton(
    kind: UploadKind,
    #[prop(into)] label: Signal<String>,
    on_done: Callback<MediaFile>,
    /// Whether several files may be chosen at once.
    #[prop(optional)]
    several: bool,
) -> impl IntoView {
    view! { <FileButton kind label on_done=reading(on_done) several/> }
}

/// Sends a picture that nobody chose among files: one that was pasted.
pub async fn send_picture(client: Client, file: &File) -> Result<MediaFile, Trouble> {
    let kind = UploadKind::Picture;
    if let Some(refused) = kind.refuse(file) {
        return Err(refused.into());
    }
    match Sending::new()?.run(client, &kind.path(), file, |_, _| {}).await? {
        Sent::Done(answer) => client::read(&answer),
        Sent::Cancelled => Err(Trouble::Offline),
    }
}

/// Hands the answer on once it is read.
pub fn reading<T: DeserializeOwned + 'static>(
    on_done: Callback<T>,
) -> Callback<String, Option<Trouble>> {
    Callback::new(move |text: String| client::read(&text).map(|it| on_done.run(it)).err())
}

/// The files that were chosen. The same ones can be chosen again after a failure.
fn taken(input: &HtmlInputElement) -> Vec<File> {
    let mut files = Vec::new();
    if let Some(chosen) = input.files() {
        files.extend((0..chosen.length()).filter_map(|at| chosen.get(at)));
    }
    input.set_value("");
    files
}

/// A button that asks for a file and sends it.
#[component]
pub fn FileButton(
    kind: UploadKind,
    #[prop(into)] label: Signal<String>,
    on_done: Callback<String, Option<Trouble>>,
    /// Whether the picture is cropped before.
    #[prop(optional)]
    cropped: bool,
    /// Whether several files may be chosen at once.
    #[prop(optional)]
    several: bool,
    /// Whether a file is on its way, for what must not be changed meanwhile.
    #[prop(optional)]
    busy: RwSignal<bool>,
) -> impl IntoView {
    let id = fresh_id();
    let upload = Upload::new(kind, on_done, busy);
    let trouble = upload.trouble;
    let cropping = RwSignal::new_local(None::<File>);
    on_cleanup(move || upload.leave());
    let begun = kind.resumed_as().and_then(unfinished);
    let pick = move |event: Targeted<Event, HtmlInputElement>| {
        let mut files = taken(&event.target());
        if cropped {
            cropping.set(files.pop());
        } else {
            upload.begin(files);
        }
    };
    let close = Callback::new(move |()| cropping.set(None));
    let cut = Callback::new(move |file| {
        cropping.set(None);
        upload.begin(vec![file]);
    });
    let again = Callback::new(move |()| upload.again());
    view! {
        <div class="c-upload">
            <label class="c-button" class:c-button--off=busy for=id.clone()>{move || label.get()}</label>
            <input
                class="c-out-of-sight c-upload__input"
                id=id
                type="file"
                accept=kind.accept()
                multiple=several
                disabled=busy
                on:change:target=pick
            />
            {move || busy.get().then(|| view! { <ProgressLine upload/> })}
            {move || (upload.paused.get() && !busy.get()).then(|| view! { <GoOn upload/> })}
        </div>
        {begun.map(|begun| view! {
            <p class="c-field__hint">
                {format!("上次的“{}”没有传完，重新选它就会接着传。", begun.name)}
            </p>
        })}
        {move || trouble.get().into_iter().map(|(file, trouble)| {
            let retry = may_retry(&trouble).then_some(again);
            view! { <TroubleNote trouble file retry/> }
        }).collect_view()}
        {move || cropping.get().map(|file| view! { <CropPanel file on_done=cut on_close=close/> })}
    }
}

#[component]
fn ProgressLine(upload: Upload) -> impl IntoView {
    let Upload { sent, total, checking, .. } = upload;
    let words = move || {
        let (sent, total) = (sent.get(), total.get());
        if let Some(percent) = checking.get().filter(|it| *it > 0) {
            format!("传完了，服务器正在转换 {percent}%")
        } else if sent >= total || checking.get().is_some() {
            "传完了，服务器正在检查…".to_owned()
        } else {
            let percent = sent / total * 100.0;
            format!("已传 {percent:.0}%（共 {:.1} MB）", total / f64::from(1 << 20))
        }
    };
    view! {
        <progress class="c-upload__bar" prop:value=move || sent.get() prop:max=move || total.get()></progress>
        <span class="c-upload__words" role="status">{words}</span>
        {move || (upload.kind.resumed_as().is_some() && checking.get().is_none()).then(|| view! {
            <button type="button" class="c-button c-button--small" on:click=move |_| upload.pause()>"暂停"</button>
        })}
        {move || checking.get().is_none().then(|| view! {
            <button type="button" class="c-button c-button--small" on:click=move |_| upload.cancel()>"取消上传"</button>
        })}
    }
}

#[component]
fn GoOn(upload: Upload) -> impl IntoView {
    view! {
        <span class="c-upload__words" role="status">"已暂停"</span>
        <button type="button" class="c-button c-button--small" on:click=move |_| upload.again()>"继续上传"</button>
    }
}
