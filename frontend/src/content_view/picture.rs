//! A picture with its room kept while it loads.

use leptos::prelude::*;
use shared::content::{Picture, media_url};

#[component]
pub fn PictureView(picture: Picture) -> impl IntoView {
    let Picture { media, alt, caption, width, height } = picture;
    view! {
        <figure class="picture">
            <img src=media_url(media) alt=alt width=width height=height loading="lazy" decoding="async"/>
            {(!caption.is_empty()).then(|| view! { <figcaption>{caption}</figcaption> })}
        </figure>
    }
}
