//! A picture in a form: upload, what it shows, its caption.

use leptos::prelude::*;
use shared::{
    authoring::MediaFile,
    content::{MediaId, Picture, media_url},
};

use super::{FileButton, TextField, UploadButton, UploadKind, reading};

/// The fields of a picture.
#[derive(Clone, Copy)]
pub struct PictureFields {
    file: RwSignal<Option<PictureFile>>,
    pub alt: RwSignal<String>,
    pub caption: RwSignal<String>,
    /// Whether one that was pasted is on its way to the server.
    pub busy: RwSignal<bool>,
}

/// An uploaded picture and its size in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PictureFile {
    media: MediaId,
    width: u32,
    height: u32,
}

impl PictureFields {
    pub fn new(picture: Option<Picture>) -> Self {
        let fields = Self {
            file: RwSignal::new(None),
            alt: RwSignal::new(String::new()),
            caption: RwSignal::new(String::new()),
            busy: RwSignal::new(false),
        };
        fields.fill(picture);
        fields
    }

    pub fn fill(self, picture: Option<Picture>) {
        let file = picture.as_ref().map(|it| PictureFile {
            media: it.media,
            width: it.width,
            height: it.height,
        });
        self.file.set(file);
        let (alt, caption) = picture.map(|it| (it.alt, it.caption)).unwrap_or_default();
        self.alt.set(alt);
        self.caption.set(caption);
    }

    /// Takes a file that was uploaded.
    pub fn take(self, file: &MediaFile) {
        let MediaFile { id: media, width, height, .. } = *file;
        self.file.set(Some(PictureFile { media, width, height }));
    }

    pub fn read(self) -> Option<Picture> {
        let PictureFile { media, width, height } = self.file.get()?;
        Some(Picture { media, alt: self.alt.get(), caption: self.caption.get(), width, height })
    }
}

#[component]
pub fn PictureField(
    /// What the picture is here: 封面, 配图.
    label: &'static str,
    fields: PictureFields,
    #[prop(optional)] hint: &'static str,
    /// Whether a line under the picture is shown to readers.
    #[prop(optional)]
    captioned: bool,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] alt_error: Signal<Option<String>>,
) -> impl IntoView {
    let done = Callback::new(move |file: MediaFile| fields.take(&file));
    let button = Signal::derive(move || {
        if fields.file.get().is_some() { "换一张".to_owned() } else { format!("上传{label}") }
    });
    let thumbnail = move || {
        fields.file.get().map(|file| view! {
        <img class="c-picture__image" src=media_url(file.media) alt=move || fields.alt.get()/>
    })
    };
    let remove = move || {
        fields.file.get().is_some().then(|| view! {
        <button type="button" class="c-button c-button--quiet" on:click=move |_| fields.file.set(None)>
            "去掉图片"
        </button>
    })
    };
    view! {
        <div class="c-field c-picture" class:c-field--bad=move || error.with(Option::is_some)>
            <span class="c-field__label">{label}</span>
            <div class="c-picture__row">
                {thumbnail}
                <div class="c-picture__actions">
                    <UploadButton kind=UploadKind::Picture label=button on_done=done/>
                    <FileButton
                        kind=UploadKind::Picture
                        label=Signal::stored("裁剪后上传".to_owned())
                        on_done=reading(done)
                        cropped=true
                    />
                    {move || fields.busy.get().then_some("正在上传贴进来的图片…")}
                    {remove}
                </div>
            </div>
            {move || error.get().map(|error| view! { <p class="c-field__error" role="alert">{error}</p> })}
            {(!hint.is_empty()).then(|| view! { <p class="c-field__hint">{hint}</p> })}
            <Show when=move || fields.file.get().is_some()>
                <TextField
                    label="图片说的是什么"
                    hint="看不到图的人会听到这句话，例如“左手扶瓶、右手捏泵”"
                    value=fields.alt
                    error=alt_error
                />
                {captioned.then(|| view! { <TextField label="图注" optional=true value=fields.caption/> })}
            </Show>
        </div>
    }
}
