//! Files within an article: 附件, to be taken along, and 短视频.

use leptos::prelude::*;
use shared::{
    authoring::MediaFile,
    content::{Attachment, Block, MediaId, ShortVideo},
};

use super::file_field::FileField;
use crate::admin::kit::{FieldErrors, PictureField, PictureFields, TextField, UploadKind};

/// The text and the file of a block; the picture is a video's.
#[derive(Clone, Copy)]
pub struct AttachedFields {
    file: RwSignal<Option<Attached>>,
    /// What an attachment is called, or what stands under a video.
    words: RwSignal<String>,
    poster: PictureFields,
}

#[derive(Clone, Copy)]
struct Attached {
    media: MediaId,
    bytes: u64,
    seconds: u32,
}

impl AttachedFields {
    pub fn empty() -> Self {
        Self {
            file: RwSignal::new(None),
            words: RwSignal::default(),
            poster: PictureFields::new(None),
        }
    }

    pub fn of_attachment(it: Attachment) -> Self {
        let file = Attached { media: it.media, bytes: it.bytes, seconds: 0 };
        Self {
            file: RwSignal::new(Some(file)),
            words: RwSignal::new(it.name),
            poster: PictureFields::new(None),
        }
    }

    pub fn of_video(it: ShortVideo) -> Self {
        let file = Attached { media: it.media, bytes: 0, seconds: it.seconds };
        Self {
            file: RwSignal::new(Some(file)),
            words: RwSignal::new(it.caption),
            poster: PictureFields::new(it.poster),
        }
    }

    /// Nothing until a file is uploaded.
    pub fn attachment(self) -> Option<Block> {
        let Attached { media, bytes, .. } = self.file.get()?;
        Some(Block::Attachment(Attachment { media, name: self.words.get(), bytes }))
    }

    /// The same.
    pub fn video(self) -> Option<Block> {
        let Attached { media, seconds, .. } = self.file.get()?;
        let (caption, poster) = (self.words.get(), self.poster.read());
        Some(Block::Video(ShortVideo {
            media,
            caption,
            poster,
            seconds,
            bytes: 0,
            pictured: false,
        }))
    }

    pub fn is_filled(self) -> bool {
        self.file.with(Option::is_some) || self.waits()
    }

    /// Whether there is something that is not kept before a file is uploaded.
    pub fn waits(self) -> bool {
        self.file.with(Option::is_none)
            && (self.words.with(|it| !it.trim().is_empty()) || self.poster.read().is_some())
    }

    fn take(self, file: &MediaFile) {
        let MediaFile { id: media, bytes, seconds, .. } = *file;
        self.file.set(Some(Attached { media, bytes, seconds }));
    }
}

#[component]
pub fn AttachmentField(
    fields: AttachedFields,
    errors: FieldErrors,
    /// Where the block was sent.
    path: Signal<Option<String>>,
) -> impl IntoView {
    let error = move |field: &'static str| within(errors, path, field);
    let there = move || fields.file.with(Option::is_some);
    let state = Signal::derive(move || {
        if there() {
            "已上传；右边是手机上的样子。".to_owned()
        } else {
            String::new()
        }
    });
    let button = Signal::derive(move || if there() { "换一份" } else { "上传附件" }.to_owned());
    view! {
        <FileField
            label="附件文件".to_owned()
            kind=UploadKind::Slides
            state
            button
            on_done=Callback::new(move |file: MediaFile| fields.take(&file))
            error=error(".media")
            rule="PDF，不超过 100 MB、200 页；PPT 和 Word 会转成 PDF。没上传文件的块保存时会略过".to_owned()
        />
        <TextField
            label="附件叫什么"
            hint="手机上显示、保存时用的名字，例如“消毒液配比表”"
            value=fields.words
            error=error(".name")
        />
    }
}

#[component]
pub fn ShortVideoField(
    fields: AttachedFields,
    errors: FieldErrors,
    /// Where the block was sent.
    path: Signal<Option<String>>,
) -> impl IntoView {
    let error = move |field: &'static str| within(errors, path, field);
    let there = move || fields.file.with(Option::is_some);
    let state = Signal::derive(move || match fields.file.get() {
        Some(it) => format!("已上传，{} 秒；右边可以播放。", it.seconds),
        None => String::new(),
    });
    let button = Signal::derive(move || if there() { "换一段" } else { "上传视频" }.to_owned());
    view! {
        <FileField
            label="视频文件".to_owned()
            kind=UploadKind::Video
            state
            button
            on_done=Callback::new(move |file: MediaFile| fields.take(&file))
            error=error(".media")
            rule="一两分钟的短片最好，看不看都不影响学完；要看完才算数的，另加一课视频。没上传视频的块保存时会略过".to_owned()
        />
        <TextField label="视频下面的说明" optional=true value=fields.words error=error(".caption")/>
        <PictureField
            label="视频封面"
            fields=fields.poster
            error=error(".poster.media")
            alt_error=error(".poster.alt")
        />
    }
}

/// What is wrong with a field of the block.
fn within(
    errors: FieldErrors,
    path: Signal<Option<String>>,
    field: &'static str,
) -> Signal<Option<String>> {
    Signal::derive(move || errors.at(&format!("{}{field}", path.get()?)))
}
