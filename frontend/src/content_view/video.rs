//! 视频: the browser's own player, and 要点 below, so that it can be learnt without sound.

use leptos::{prelude::*, task::spawn_local};
use shared::content::{Picture, VideoLesson, media_url};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlVideoElement;

use super::{
    Study,
    article::lines,
    watch::{Said, Watch},
};
use crate::ui::{
    Shape, button,
    html::{self, Html, div, h2, listen, live, many, none, ol, p, section},
    note,
};

const SPEEDS: [(f64, &str); 4] =
    [(1.0, "倍速 1"), (1.25, "倍速 1.25"), (1.5, "倍速 1.5"), (0.75, "倍速 0.75")];

/// `light` is where the version for phones stands below the file; a recording has none, and no room for
/// pictures.
pub fn video(
    lesson: VideoLesson,
    resume_at: u32,
    on_study: Option<Callback<Study>>,
    light: &str,
) -> Html {
    let VideoLesson { media, seconds, poster, key_points, in_order, normal_speed, bytes, .. } =
        lesson;
    let Some(media) = media else { return p("empty-text").text("还没有上传") };
    let url = media_url(media);
    let element = in_page(poster.as_ref(), &url, lesson.pictured)
        .attr("controls", "")
        .attr("preload", "metadata")
        .attr("controlslist", "nodownload")
        .attr("src", format!("{url}{light}"));
    let element = if lesson.subtitled {
        element.with(subtitles(&url, lesson.subtitles.as_deref().unwrap_or("subtitles")))
    } else {
        element
    };
    let player = element.cast::<HtmlVideoElement>();
    let said = Said { held: RwSignal::new(false), asks: RwSignal::new(false) };
    if let Some(on_study) = on_study {
        let limit = if in_order { f64::from(resume_at) } else { f64::INFINITY };
        Watch::follow(player.clone(), on_study, limit, said);
    }
    let fastest = if normal_speed { 1.0 } else { 1.5 };
    let paced = player.clone();
    listen(player.clone().into(), "ratechange", move |_| {
        if paced.playback_rate() > fastest {
            paced.set_playback_rate(fastest);
        }
    });
    let resume = (resume_at > 5 && resume_at + 5 < seconds).then_some(resume_at);
    let held = live(move || if said.held.get() { held_back() } else { none() });
    let asks = are_you_there(player.clone(), said.asks);
    let frame = div(if light.is_empty() { "video-box sound-box" } else { "video-box" });
    many([
        frame.with(element),
        asks,
        held,
        size(seconds, bytes),
        trouble(player.clone(), RwSignal::new(true)),
    ])
    .maybe(resume.map(|at| resume_prompt(player.clone(), at)))
    .with(video_buttons(player, fastest))
    .with(section("article").with(h2("").text("要点")).with(ol("").all(lines(&key_points))))
}

/// A player that stays where it is in the page, also in WeChat. A still stands in it until it plays: a
/// picture, else the one that was taken of the video.
pub(super) fn in_page(still: Option<&Picture>, url: &str, pictured: bool) -> Html {
    let player =
        [("playsinline", ""), ("webkit-playsinline", ""), ("x5-video-player-type", "h5-page")]
            .iter()
            .fold(html::video(""), |video, (name, value)| video.attr(name, value));
    let still = still.map(still_url);
    match still.or_else(|| pictured.then(|| format!("{url}/poster"))) {
        Some(still) => player.attr("poster", still),
        None => player,
    }
}

/// A player has room for one width; `boot/ahead.js` shows the same one first.
fn still_url(picture: &Picture) -> String {
    let url = media_url(picture.media);
    if picture.width > 720 { url + "/w720" } else { url }
}

fn subtitles(url: &str, name: &str) -> Html {
    [("kind", "captions"), ("srclang", "zh"), ("label", "字幕"), ("default", "")]
        .iter()
        .fold(html::track(""), |track, (name, value)| track.attr(name, value))
        .attr("src", format!("{url}/{name}"))
}

/// What playing it costs, before it plays.
pub(super) fn size(seconds: u32, bytes: u64) -> Html {
    hint_of_size(&format!("时长 {}:{:02}", seconds / 60, seconds % 60), bytes)
}

/// Nothing where the size is not known.
pub(super) fn hint_of_size(of: &str, bytes: u64) -> Html {
    if bytes == 0 { none() } else { p("hint").text(with_size(of, bytes)) }
}

/// `时长 3:20，约 34 MB`
pub(super) fn with_size(of: &str, bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1 << 20);
    match tenths {
        0 => of.to_owned(),
        1..10 => format!("{of}，约 0.{tenths} MB"),
        _ => format!("{of}，约 {} MB", tenths.div_ceil(10)),
    }
}

/// 还在看吗？ Nothing is lost by not answering.
fn are_you_there(player: HtmlVideoElement, asks: RwSignal<bool>) -> Html {
    live(move || {
        if !asks.get() {
            return none();
        }
        let player = player.clone();
        div("note note-plain note-ask")
            .with(p("note-text").text("还在看吗？歇一会儿也不要紧，看到的地方都记着。"))
            .with(button("button button-small", "在，接着看", move || play(&player)))
    })
}

/// Why the player went back by itself.
fn held_back() -> Html {
    let text =
        p("note-text").text("这一课要按顺序看，没看过的地方不能跳过去，已经回到看到的地方。");
    note("note note-wait", Shape::Clock, text)
}

/// A black box without a word is no answer to a lost network; where nobody has `asked` for it to play there
/// is nothing to answer.
pub(super) fn trouble(player: HtmlVideoElement, asked: RwSignal<bool>) -> Html {
    let broken = RwSignal::new(false);
    listen(player.clone().into(), "error", move |_| broken.set(asked.get_untracked()));
    // It may have been started by another button than the one here.
    listen(player.clone().into(), "playing", move |_| broken.set(false));
    live(move || {
        if !broken.get() {
            return none();
        }
        let player = player.clone();
        let retry = move || {
            broken.set(false);
            play_again(&player);
        };
        let text = p("note-text").text("打不开。请换到有网的地方再试，也可以先看下面的文字。");
        note("note note-wait", Shape::Cloud, text).with(button(
            "button button-small",
            "重试",
            retry,
        ))
    })
}

/// 从 3:20 接着看？ It may be another phone on which she stopped there.
fn resume_prompt(player: HtmlVideoElement, at: u32) -> Html {
    let asked = RwSignal::new(true);
    let words = format!("从 {}:{:02} 接着看？", at / 60, at % 60);
    live(move || {
        if !asked.get() {
            return none();
        }
        let player = player.clone();
        let resume = move || {
            asked.set(false);
            player.set_current_time(f64::from(at));
            play(&player);
        };
        div("note note-plain note-ask")
            .with(p("note-text").text(&words))
            .with(button("button button-small", "接着看", resume))
            .with(button("button button-small button-plain", "从头看", move || asked.set(false)))
    })
}

fn video_buttons(player: HtmlVideoElement, fastest: f64) -> Html {
    let speed = RwSignal::new(0_usize);
    let rewound = player.clone();
    let back = move || rewound.set_current_time((rewound.current_time() - 15.0).max(0.0));
    let back = button("button button-plain", "后退 15 秒", back);
    if fastest <= 1.0 {
        return div("pair").with(back);
    }
    let faster = move || {
        speed.update(|it| *it = (*it + 1) % SPEEDS.len());
        player.set_playback_rate(SPEEDS[speed.get_untracked()].0);
    };
    div("pair").with(back).with(
        button("button button-plain", "", faster).live_text(move || SPEEDS[speed.get()].1.into()),
    )
}

/// From where it failed: the browser does not load it once more by itself.
pub(super) fn play_again(video: &HtmlVideoElement) {
    let at = video.current_time();
    video.load();
    video.set_current_time(at);
    play(video);
}

/// The browser may refuse to play without a further tap on the player; then she taps.
pub(super) fn play(video: &HtmlVideoElement) {
    if let Ok(started) = video.play() {
        spawn_local(async move {
            let _ = JsFuture::from(started).await;
        });
    }
}

#[cfg(test)]
mod tests {
    use super::with_size;

    #[test]
    fn a_size_is_told_in_megabytes_that_are_never_too_few() {
        let said = |bytes| with_size("12 秒", bytes);
        assert_eq!(said(0), "12 秒", "it is not known");
        assert_eq!(said(1), "12 秒，约 0.1 MB");
        assert_eq!(said(943_718), "12 秒，约 0.9 MB");
        assert_eq!(said(1 << 20), "12 秒，约 1 MB");
        assert_eq!(said((1 << 20) + 1), "12 秒，约 2 MB");
    }
}
