//! A lesson of courseware: the file, whose pages the phone shows.

use leptos::prelude::*;
use shared::{authoring::MediaFile, content::SlideLesson};

use super::file_field::FileField;
use crate::admin::kit::{FieldErrors, UploadKind};

#[derive(Clone, Copy)]
pub struct SlideFields(RwSignal<SlideLesson>);

impl SlideFields {
    pub fn new() -> Self {
        Self(RwSignal::new(SlideLesson::default()))
    }

    pub fn fill(self, slides: SlideLesson) {
        self.0.set(slides);
    }

    pub fn read(self) -> SlideLesson {
        self.0.get()
    }
}

#[component]
pub fn SlidesForm(fields: SlideFields, errors: FieldErrors) -> impl IntoView {
    let done = Callback::new(move |file: MediaFile| {
        let MediaFile { id, pages, width, height, .. } = file;
        let media = Some(id);
        fields.0.set(SlideLesson { media, pages, width, height, ..SlideLesson::default() });
    });
    let there = move || fields.0.with(|it| it.media.is_some());
    let button = Signal::derive(move || if there() { "换一份课件" } else { "上传课件" }.to_owned());
    let state = Signal::derive(move || {
        if there() {
            format!("已上传，共 {} 页；右边是手机上的样子。", fields.0.with(|it| it.pages))
        } else {
            "还没有课件。没有课件的课时不能发布。".to_owned()
        }
    });
    view! {
        <FileField
            label="课件文件".to_owned()
            kind=UploadKind::Slides
            state
            button
            on_done=done
            error=errors.signal("content.media")
            rule="PDF，不超过 100 MB、200 页。PPT 和 Word 也可以试，服务器转换不了时请另存为 PDF。".to_owned()
        />
    }
}
