//! A picture with its room kept while it loads.

use shared::content::{Picture, media_url};

use crate::ui::html::{Html, figcaption, figure, img};

/// One that is fetched when the page comes to it.
pub fn picture(picture: &Picture) -> Html {
    framed(picture, image(picture).attr("loading", "lazy").attr("decoding", "async"))
}

/// One that stands at the top: `boot/ahead.js` may have shown it already, and it stays in sight.
pub fn picture_at_once(picture: &Picture) -> Html {
    framed(picture, image(picture))
}

fn image(picture: &Picture) -> Html {
    img("")
        .attr("sizes", "100vw")
        .attr("srcset", picture.srcset())
        .attr("src", media_url(picture.media))
        .attr("alt", &picture.alt)
        .attr("width", picture.width.to_string())
        .attr("height", picture.height.to_string())
}

fn framed(picture: &Picture, image: Html) -> Html {
    let caption = Some(&picture.caption).filter(|caption| !caption.is_empty());
    figure("picture").with(image).maybe(caption.map(|caption| figcaption("").text(caption)))
}
