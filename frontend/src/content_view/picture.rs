//! A picture with its room kept while it loads.

use shared::content::{Picture, media_url};

use crate::ui::html::{Html, figcaption, figure, img};

/// The widths in which the server has pictures that are wider.
const WIDTHS: [u32; 3] = [360, 720, 1080];

pub fn picture(picture: &Picture) -> Html {
    let url = media_url(picture.media);
    let smaller = WIDTHS.into_iter().filter(|width| *width < picture.width);
    let smaller = smaller.map(|width| format!("{url}/w{width} {width}w"));
    let whole = format!("{url} {}w", picture.width);
    let set = smaller.chain([whole]).collect::<Vec<_>>().join(",");
    let image = img("")
        .attr("sizes", "100vw")
        .attr("srcset", set)
        .attr("src", url)
        .attr("alt", &picture.alt)
        .attr("width", picture.width.to_string())
        .attr("height", picture.height.to_string())
        .attr("loading", "lazy")
        .attr("decoding", "async");
    let caption = Some(&picture.caption).filter(|caption| !caption.is_empty());
    figure("picture").with(image).maybe(caption.map(|caption| figcaption("").text(caption)))
}
