//! A picture with its room kept while it loads.

use shared::content::{Picture, media_url};

use crate::ui::html::{Html, figcaption, figure, img};

pub fn picture(picture: &Picture) -> Html {
    let image = img("")
        .attr("sizes", "100vw")
        .attr("srcset", picture.srcset())
        .attr("src", media_url(picture.media))
        .attr("alt", &picture.alt)
        .attr("width", picture.width.to_string())
        .attr("height", picture.height.to_string())
        .attr("loading", "lazy")
        .attr("decoding", "async");
    let caption = Some(&picture.caption).filter(|caption| !caption.is_empty());
    figure("picture").with(image).maybe(caption.map(|caption| figcaption("").text(caption)))
}
