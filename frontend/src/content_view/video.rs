//! 视频: the browser's own player, and 要点 below, so that it can be learnt without sound.

use leptos::{prelude::*, task::spawn_local};
use shared::content::{VideoLesson, media_url};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlVideoElement;

use super::{Study, article::lines, merge};
use crate::ui::{
    Shape, button,
    html::{self, Html, div, h2, listen, live, many, none, ol, p, section},
    note,
};

/// Seconds of playing between two reports.
const REPORT: f64 = 10.0;
/// A jump of the position larger than this, at normal speed, is a jump of the viewer.
const STEP: f64 = 1.5;
const SPEEDS: [(f64, &str); 4] =
    [(1.0, "倍速 1"), (1.25, "倍速 1.25"), (1.5, "倍速 1.5"), (0.75, "倍速 0.75")];

/// A recording is played by the same player. `light` is where the version for phones stands below the
/// file.
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
    let element = [
        ("controls", ""),
        ("playsinline", ""),
        ("webkit-playsinline", ""),
        ("x5-video-player-type", "h5-page"),
        ("preload", "metadata"),
        ("controlslist", "nodownload"),
    ]
    .iter()
    .fold(html::video(""), |video, (name, value)| video.attr(name, value))
    .attr("src", format!("{url}{light}"));
    let poster = poster.map(|it| media_url(it.media) + "/w720");
    let element = match poster.or_else(|| lesson.pictured.then(|| format!("{url}/poster"))) {
        Some(poster) => element.attr("poster", poster),
        None => element,
    };
    let element = if lesson.subtitled { element.with(subtitles(&url)) } else { element };
    let player = element.cast::<HtmlVideoElement>();
    if let Some(on_study) = on_study {
        // The server counts watched seconds from when it first heard of the lesson.
        on_study.run(Study { position: resume_at, ..Study::default() });
        let limit = if in_order { f64::from(resume_at) } else { f64::INFINITY };
        Watch::follow(player.clone(), on_study, limit);
    }
    let fastest = if normal_speed { 1.0 } else { 1.5 };
    let paced = player.clone();
    listen(player.clone().into(), "ratechange", move |_| {
        if paced.playback_rate() > fastest {
            paced.set_playback_rate(fastest);
        }
    });
    let resume = (resume_at > 5 && resume_at + 5 < seconds).then_some(resume_at);
    many([div("video-box").with(element), size(seconds, bytes), trouble(player.clone())])
        .maybe(resume.map(|at| resume_prompt(player.clone(), at)))
        .with(video_buttons(player, fastest))
        .with(section("article").with(h2("").text("要点")).with(ol("").all(lines(&key_points))))
}

fn subtitles(url: &str) -> Html {
    [("kind", "captions"), ("srclang", "zh"), ("label", "字幕"), ("default", "")]
        .iter()
        .fold(html::track(""), |track, (name, value)| track.attr(name, value))
        .attr("src", format!("{url}/subtitles"))
}

/// What playing it costs, before it plays.
fn size(seconds: u32, bytes: u64) -> Html {
    if bytes == 0 {
        return none();
    }
    let megabytes = bytes.div_ceil(1 << 20);
    p("hint").text(format!("时长 {}:{:02}，约 {megabytes} MB", seconds / 60, seconds % 60))
}

/// A black box without a word is no answer to a lost network.
fn trouble(player: HtmlVideoElement) -> Html {
    let broken = RwSignal::new(false);
    listen(player.clone().into(), "error", move |_| broken.set(true));
    live(move || {
        if !broken.get() {
            return none();
        }
        let player = player.clone();
        let retry = move || {
            broken.set(false);
            let at = player.current_time();
            player.load();
            player.set_current_time(at);
            play(&player);
        };
        let text = p("note-text").text("视频打不开。请换到有网的地方再试，也可以先看下面的要点。");
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

/// The browser may refuse to play without a further tap on the player; then she taps.
fn play(video: &HtmlVideoElement) {
    if let Ok(started) = video.play() {
        spawn_local(async move {
            let _ = JsFuture::from(started).await;
        });
    }
}

/// Notes which seconds were played.
#[derive(Clone, Copy)]
struct Watch {
    player: StoredValue<HtmlVideoElement, LocalStorage>,
    on_study: Callback<Study>,
    /// The stretch being played.
    from: StoredValue<f64>,
    to: StoredValue<f64>,
    /// Stretches played before it and not reported.
    played: StoredValue<Vec<[u32; 2]>>,
    /// Further on than this cannot be skipped to.
    limit: StoredValue<f64>,
}

impl Watch {
    fn follow(player: HtmlVideoElement, on_study: Callback<Study>, limit: f64) {
        let watch = Self {
            player: StoredValue::new_local(player.clone()),
            on_study,
            from: StoredValue::new(0.0),
            to: StoredValue::new(0.0),
            played: StoredValue::default(),
            limit: StoredValue::new(limit),
        };
        listen(player.clone().into(), "seeking", move |_| watch.hold_back());
        listen(player.clone().into(), "timeupdate", move |_| watch.moved());
        listen(player.clone().into(), "pause", move |_| watch.report());
        listen(player.into(), "ended", move |_| watch.report());
        listen(document().into(), "visibilitychange", move |_| watch.hidden());
        listen(window().into(), "pagehide", move |_| watch.report());
        on_cleanup(move || watch.report());
    }

    /// Nobody watches what they cannot see.
    fn hidden(self) {
        if document().hidden() {
            self.player.with_value(|it| it.pause().unwrap_or_default());
        }
        self.report();
    }

    fn hold_back(self) {
        let limit = self.limit.get_value();
        self.player.with_value(|player| {
            if player.current_time() > limit + 1.0 {
                player.set_current_time(limit);
            }
        });
    }

    /// The player is at another place: by playing, or by a jump.
    fn moved(self) {
        let before = self.to.get_value();
        let (now, speed) = self.player.with_value(|it| (it.current_time(), it.playback_rate()));
        let played = now >= before && now - before <= STEP * speed;
        if !played {
            self.close_stretch();
            self.from.set_value(now);
        }
        self.to.set_value(now);
        if played && now > self.limit.get_value() {
            self.limit.set_value(now);
        }
        if played && now - self.from.get_value() >= REPORT {
            self.report();
        }
    }

    fn close_stretch(self) {
        let (Some(from), Some(to)) = (self.from.try_get_value(), self.to.try_get_value()) else {
            return;
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "seconds")]
        let stretch = [from.floor() as u32, to.round() as u32];
        if stretch[0] < stretch[1] {
            self.played.update_value(|played| played.push(stretch));
            self.from.set_value(to);
        }
    }

    fn report(self) {
        self.close_stretch();
        let watched = self.played.try_update_value(std::mem::take).unwrap_or_default();
        let Some(at) = self.to.try_get_value() else { return };
        if !watched.is_empty() {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "seconds")]
            let position = at as u32;
            self.on_study.try_run(Study { position, watched: merge(watched), reached_end: false });
        }
    }
}
