//! 循环短片: how a step is done, over and over and without sound.

use leptos::prelude::*;
use shared::content::{Clip, Picture, media_url};
use web_sys::{Event, HtmlVideoElement};

use super::video::{in_page, play, play_again, trouble, with_size};
use crate::ui::html::{Html, button, figcaption, figure, listen, many};

/// The picture of the card stands in it until somebody presses, and where there is no network.
/// `static/study/clips.js` presses for those whom it costs nothing; where that fails nobody is told, as
/// nobody asked for it.
/// `title` is what the card is called.
pub fn clip(clip: &Clip, still: Option<&Picture>, title: &str) -> Html {
    let url = media_url(clip.media);
    let said = still.map_or(title, |it| &*it.alt);
    let caption = still.map(|it| &*it.caption).filter(|it| !it.is_empty());
    let (width, height) = still.map_or((16, 9), |it| (it.width, it.height));
    let video = in_page(still, &url, clip.pictured)
        .attr("loop", "")
        .attr("preload", "none")
        .attr("width", width.to_string())
        .attr("height", height.to_string())
        .attr("aria-label", said)
        .attr("src", format!("{url}/360p"));
    let player = video.cast::<HtmlVideoElement>();
    // The attribute counts only for what was in the page from the beginning.
    player.set_muted(true);
    let (plays, failed, asked) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    for (event, is) in [("play", true), ("pause", false), ("error", false)] {
        listen(player.clone().into(), event, move |_| {
            plays.set(is);
            // What failed is paused a moment later, and has failed all the same.
            if event != "pause" {
                failed.set(event == "error");
            }
        });
    }
    let (seconds, pressed) = (format!("播放短片（{} 秒", clip.seconds), player.clone());
    let words = with_size(&seconds, clip.bytes) + "）";
    let press = move |event: Event| {
        asked.set(event.is_trusted() && !plays.get_untracked());
        if plays.get_untracked() {
            pressed.pause().unwrap_or_default();
        } else if failed.get_untracked() {
            play_again(&pressed);
        } else {
            play(&pressed);
        }
    };
    let words = move || if plays.get() { "停下".to_owned() } else { words.clone() };
    many([
        figure("picture").with(video).maybe(caption.map(|it| figcaption("").text(it))),
        trouble(player, asked),
        button("button button-plain")
            .attr("type", "button")
            .on("click", press)
            .live_text(words)
            .attr("data-loop", ""),
    ])
}
