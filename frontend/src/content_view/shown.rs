//! What an article shows besides words and pictures: a row of pictures, a clause, a file to be taken
//! along, a short video. Without `leads` nothing of it is opened: a preview.

use leptos::prelude::RwSignal;
use shared::{
    content::{Attachment, Picture, ShortVideo, media_url},
    standards::{ClauseLinkId, ClauseQuote},
};

use super::{
    picture::picture,
    video::{in_page, size, trouble, with_size},
};
use crate::ui::{
    button,
    html::{Html, a, div, figcaption, figure, many, p, small, strong},
};

/// One at a time, and the edge of the next; which one it is of how many the style sheet counts. Nobody has
/// to swipe: buttons lead on and back.
pub fn gallery(pictures: &[Picture]) -> Html {
    let count = pictures.len().to_string();
    let row = div("gallery")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", format!("{count} 张图片，左右滑动看"))
        .all(pictures.iter().map(|it| picture(it).attr("data-of", &count)));
    let shown: web_sys::Element = row.cast();
    let go = move |text, by: i32| {
        let row = shown.clone();
        // The style sheet stops at a picture.
        button("button button-plain", text, move || {
            row.set_scroll_left(row.scroll_left() + by * row.client_width() * 9 / 10);
        })
    };
    let pair = div("pair gallery-steps").with(go("上一张", -1)).with(go("下一张", 1));
    many([row, p("hint").text(format!("左右滑，共 {count} 张")), pair])
}

pub fn clause(link: ClauseLinkId, quote: &ClauseQuote, leads: bool) -> Html {
    let ClauseQuote { standard, number, text, mark } = quote;
    card(leads.then(|| format!("/study/clauses/{link}")))
        .with(strong("").text(format!("依据 {standard} {number}")))
        .with(p("").text(text))
        .maybe((!mark.is_empty()).then(|| small("").text(mark)))
}

pub fn attachment(file: &Attachment, leads: bool) -> Html {
    let name = js_sys::encode_uri_component(&format!("{}.pdf", file.name));
    card(leads.then(|| format!("{}?name={name}", media_url(file.media))))
        .with(strong("").text(format!("附件：{}", file.name)))
        .with(small("").text(with_size("PDF", file.bytes)))
}

fn card(to: Option<String>) -> Html {
    match to {
        Some(to) => a("block-card").attr("href", to),
        None => div("block-card"),
    }
}

/// Nobody's progress hangs on it.
pub fn short_video(video: &ShortVideo) -> Html {
    let url = media_url(video.media);
    let (width, height) = video.poster.as_ref().map_or((16, 9), |it| (it.width, it.height));
    let player = in_page(video.poster.as_ref(), &url, video.pictured)
        .attr("controls", "")
        .attr("preload", "none")
        .attr("controlslist", "nodownload")
        .attr("width", width.to_string())
        .attr("height", height.to_string())
        .attr("src", format!("{url}/360p"));
    let caption = Some(&video.caption).filter(|it| !it.is_empty());
    let broken = trouble(player.cast(), RwSignal::new(true));
    let shown =
        figure("picture").with(player).maybe(caption.map(|caption| figcaption("").text(caption)));
    many([shown, size(video.seconds, video.bytes), broken])
}
