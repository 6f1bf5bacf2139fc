//! 图片组: pictures that a phone shows one at a time.

use leptos::prelude::*;
use shared::{
    authoring::MediaFile,
    content::{GALLERY_LEAST, GALLERY_MOST, Picture},
};

use crate::admin::kit::{
    FieldErrors, ItemTools, Items, PictureField, PictureFields, UploadButton, UploadKind,
};

#[derive(Clone, Copy)]
pub struct GalleryFields(Items<PictureFields>);

impl GalleryFields {
    pub fn new(pictures: Vec<Picture>) -> Self {
        let fields = Items::new();
        fields.replace(pictures, |it| PictureFields::new(Some(it)));
        Self(fields)
    }

    pub fn read(self) -> Vec<Picture> {
        self.0.values().into_iter().filter_map(PictureFields::read).collect()
    }

    /// Remembers which picture is sent at which place.
    pub fn mark_sent(self) {
        self.0.mark_sent(|it| untrack(|| it.read()).is_some());
    }
}

#[component]
pub fn GalleryField(
    fields: GalleryFields,
    errors: FieldErrors,
    /// Where the block was sent.
    path: Signal<Option<String>>,
) -> impl IntoView {
    let pictures = fields.0;
    let done = Callback::new(move |file: MediaFile| {
        pictures.add(|| {
            let picture = PictureFields::new(None);
            picture.take(&file);
            picture
        });
    });
    let error = move || errors.exactly(&format!("{}.pictures", path.get()?));
    view! {
        <div class="c-field" class:c-field--bad=move || error().is_some()>
            <UploadButton
                kind=UploadKind::Picture
                label=Signal::stored("加图片（可以一次选几张）".to_owned())
                on_done=done
                several=true
            />
            {move || error().map(|error| view! { <p class="c-field__error" role="alert">{error}</p> })}
            <p class="c-field__hint">
                {format!("{GALLERY_LEAST} 到 {GALLERY_MOST} 张，手机上左右滑着看。JPG、PNG 或 WebP，每张不超过 5 MB")}
            </p>
        </div>
        <ol class="c-items">
            <For each=move || pictures.get() key=|item| item.key let:item>
                <OnePicture pictures key=item.key fields=item.value errors path/>
            </For>
        </ol>
    }
}

#[component]
fn OnePicture(
    pictures: Items<PictureFields>,
    key: u32,
    fields: PictureFields,
    errors: FieldErrors,
    path: Signal<Option<String>>,
) -> impl IntoView {
    let error = move |field: &'static str| {
        Signal::derive(move || {
            let (block, place) = (path.get()?, pictures.sent_place(key)?);
            errors.at(&format!("{block}.pictures[{place}]{field}"))
        })
    };
    let filled = Signal::derive(move || fields.alt.with(|it| !it.trim().is_empty()));
    view! {
        <li class="c-item">
            <header class="c-item__head">
                <h4 class="c-item__name">{move || format!("第 {} 张", pictures.place(key) + 1)}</h4>
                <ItemTools items=pictures key what="张" filled/>
            </header>
            <PictureField
                label="图片"
                fields
                captioned=true
                error=error(".media")
                alt_error=error(".alt")
            />
        </li>
    }
}
