//! A lesson of courseware: the file, whose pages the phone shows.

use leptos::prelude::*;
use shared::{authoring::MediaFile, content::SlideLesson};

use crate::admin::kit::{FieldErrors, UploadButton, UploadKind};

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
        fields.0.set(SlideLesson { media: Some(id), pages, width, height });
    });
    let there = move || fields.0.with(|it| it.media.is_some());
    let label = Signal::derive(move || if there() { "换一份课件" } else { "上传课件" }.to_owned());
    let state = move || {
        if there() {
            format!("已上传，共 {} 页；右边是手机上的样子。", fields.0.with(|it| it.pages))
        } else {
            "还没有课件。没有课件的课时不能发布。".to_owned()
        }
    };
    let error = errors.signal("content.media");
    view! {
        <div class="c-field" class:c-field--bad=move || error.with(Option::is_some)>
            <span class="c-field__label">"课件文件"</span>
            <p class="c-quiet" role="status">{state}</p>
            <UploadButton kind=UploadKind::Slides label on_done=done/>
            {move || error.get().map(|error| view! { <p class="c-field__error" role="alert">{error}</p> })}
            <p class="c-field__hint">
                "PDF，不超过 100 MB、200 页。PPT 和 Word 也可以试，服务器转换不了时请另存为 PDF。"
            </p>
        </div>
    }
}
