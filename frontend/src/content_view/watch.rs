//! Follows a player: which seconds are watched, nothing skipped that may not be, and somebody there.

use leptos::prelude::*;
use web_sys::HtmlVideoElement;

use super::{Study, merge};
use crate::ui::html::listen;

/// Seconds of playing between two reports.
const REPORT: f64 = 10.0;
/// A jump of the position larger than this, at normal speed, is a jump of the viewer.
const STEP: f64 = 1.5;
/// Seconds of playing after which somebody who touched nothing is asked whether they are there: never
/// sooner, and at the latest twice as many.
const PATIENCE: f64 = 240.0;

/// Notes which seconds were played.
#[derive(Clone, Copy)]
pub(super) struct Watch {
    player: StoredValue<HtmlVideoElement, LocalStorage>,
    on_study: Callback<Study>,
    /// The stretch being played.
    from: StoredValue<f64>,
    to: StoredValue<f64>,
    /// Stretches played before it and not reported.
    played: StoredValue<Vec<[u32; 2]>>,
    /// Further on than this cannot be skipped to.
    limit: StoredValue<f64>,
    said: Said,
    /// Seconds to play until the question.
    left: StoredValue<f64>,
}

/// What is said below the player.
#[derive(Clone, Copy)]
pub(super) struct Said {
    /// Somebody tried to skip what may not be skipped.
    pub held: RwSignal<bool>,
    /// It waits for somebody to say that they are there.
    pub asks: RwSignal<bool>,
}

impl Watch {
    pub(super) fn follow(
        player: HtmlVideoElement,
        on_study: Callback<Study>,
        limit: f64,
        said: Said,
    ) {
        let watch = Self {
            player: StoredValue::new_local(player.clone()),
            on_study,
            from: StoredValue::new(0.0),
            to: StoredValue::new(0.0),
            played: StoredValue::default(),
            limit: StoredValue::new(limit),
            said,
            left: StoredValue::new(patience()),
        };
        listen(player.clone().into(), "seeking", move |_| watch.hold_back());
        listen(player.clone().into(), "timeupdate", move |_| watch.moved());
        listen(player.clone().into(), "pause", move |_| watch.report());
        listen(player.clone().into(), "ended", move |_| watch.report());
        listen(player.into(), "play", move |_| watch.is_there());
        // The button that answers must still be there when the finger leaves it.
        listen(document().into(), "pointerdown", move |_| {
            if !said.asks.get_untracked() {
                watch.is_there();
            }
        });
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
                self.said.held.set(true);
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
        if played {
            self.left.update_value(|left| *left -= now - before);
            if self.left.get_value() < 0.0 {
                self.said.asks.set(true);
                self.player.with_value(|it| it.pause().unwrap_or_default());
            }
        }
        if played && now - self.from.get_value() >= REPORT {
            self.report();
        }
    }

    /// Playing on is answer enough, by whatever button.
    fn is_there(self) {
        self.left.set_value(patience());
        self.said.asks.set(false);
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

/// Nobody can wait for the question at the same moment each time.
fn patience() -> f64 {
    PATIENCE * (1.0 + js_sys::Math::random())
}
