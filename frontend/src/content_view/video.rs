//! 视频: the browser's own player, and 要点 below, so that it can be learnt without sound.

use leptos::{ev, html, prelude::*};
use shared::content::{VideoLesson, media_url};
use web_sys::HtmlVideoElement;

use super::{Study, merge};

/// Seconds of playing between two reports.
const REPORT: f64 = 10.0;
/// A jump of the position larger than this, at normal speed, is a jump of the viewer.
const STEP: f64 = 1.5;
const SPEEDS: [f64; 4] = [1.0, 1.25, 1.5, 0.75];

type Player = NodeRef<html::Video>;

pub fn video(lesson: VideoLesson, resume_at: u32, on_study: Option<Callback<Study>>) -> AnyView {
    let VideoLesson { media, seconds, poster, key_points } = lesson;
    let Some(media) = media else {
        return view! { <p class="empty-text">"视频还没有上传"</p> }.into_any();
    };
    let player = Player::new();
    let watch = Watch::new(player, on_study);
    let poster = poster.map(|poster| media_url(poster.media));
    let resume = (resume_at > 5 && resume_at + 5 < seconds).then_some(resume_at);
    view! {
        <div class="video-box">
            <video node_ref=player src=media_url(media) poster=poster controls=true playsinline=true
                preload="metadata" controlslist="nodownload"
                attr:webkit-playsinline="true" attr:x5-video-player-type="h5-page"
                on:timeupdate=move |_| watch.moved()
                on:pause=move |_| watch.report()
                on:ended=move |_| watch.report()>
            </video>
        </div>
        {resume.map(|at| view! { <ResumePrompt player at/> })}
        <VideoButtons player/>
        {key_points_view(key_points)}
    }
    .into_any()
}

fn key_points_view(points: Vec<String>) -> Option<AnyView> {
    (!points.is_empty()).then(|| {
        view! {
            <section class="article">
                <h2>"要点"</h2>
                <ol>{points.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ol>
            </section>
        }
        .into_any()
    })
}

/// 上次看到 12:30，继续？
#[component]
fn ResumePrompt(player: Player, at: u32) -> impl IntoView {
    let asked = RwSignal::new(true);
    let resume = move |_| {
        asked.set(false);
        if let Some(video) = player.get_untracked() {
            video.set_current_time(f64::from(at));
            play(&video);
        }
    };
    move || {
        asked.get().then(|| {
            view! {
                <div class="note note-plain note-ask">
                    <p class="note-text">{format!("上次看到 {}，继续？", minutes(at))}</p>
                    <button type="button" class="button button-small" on:click=resume>"继续看"</button>
                    <button type="button" class="button button-small button-plain" on:click=move |_| asked.set(false)>
                        "从头看"
                    </button>
                </div>
            }
        })
    }
}

#[component]
fn VideoButtons(player: Player) -> impl IntoView {
    let speed = RwSignal::new(0_usize);
    let back = move |_| {
        if let Some(video) = player.get_untracked() {
            video.set_current_time((video.current_time() - 15.0).max(0.0));
        }
    };
    let faster = move |_| {
        speed.update(|it| *it = (*it + 1) % SPEEDS.len());
        if let Some(video) = player.get_untracked() {
            video.set_playback_rate(SPEEDS[speed.get_untracked()]);
        }
    };
    view! {
        <div class="pair">
            <button type="button" class="button button-plain" on:click=back>"后退 15 秒"</button>
            <button type="button" class="button button-plain" on:click=faster>
                {move || format!("倍速 {}", SPEEDS[speed.get()])}
            </button>
        </div>
    }
}

/// `12:30`
fn minutes(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The browser may refuse to play without a further tap on the player; then she taps.
fn play(video: &HtmlVideoElement) {
    if let Ok(started) = video.play() {
        leptos::task::spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(started).await;
        });
    }
}

/// Notes which seconds were played.
#[derive(Clone, Copy)]
struct Watch {
    player: Player,
    on_study: Option<Callback<Study>>,
    /// The stretch being played.
    from: StoredValue<f64>,
    to: StoredValue<f64>,
    /// Stretches played before it and not reported.
    played: StoredValue<Vec<[u32; 2]>>,
}

impl Watch {
    fn new(player: Player, on_study: Option<Callback<Study>>) -> Self {
        let (from, to) = (StoredValue::new(0.0), StoredValue::new(0.0));
        let watch = Self { player, on_study, from, to, played: StoredValue::default() };
        let hidden = window_event_listener(ev::visibilitychange, move |_| watch.report());
        let closed = window_event_listener(ev::pagehide, move |_| watch.report());
        on_cleanup(move || {
            watch.report();
            hidden.remove();
            closed.remove();
        });
        watch
    }

    /// The player is at another place: by playing, or by a jump.
    fn moved(self) {
        let Some(video) = self.player.get_untracked() else { return };
        let (now, before) = (video.current_time(), self.to.get_value());
        let played = now >= before && now - before <= STEP * video.playback_rate();
        if !played {
            self.close_stretch();
            self.from.set_value(now);
        }
        self.to.set_value(now);
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
        let (Some(on_study), Some(at)) = (self.on_study, self.to.try_get_value()) else { return };
        if !watched.is_empty() {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "seconds")]
            let position = at as u32;
            on_study.run(Study { position, watched: merge(watched), reached_end: false });
        }
    }
}
