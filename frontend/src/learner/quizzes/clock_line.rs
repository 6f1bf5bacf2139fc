//! When the quiz ends: by the clock on the wall, with warnings at 5 minutes and at 1.

use std::time::Duration;

use leptos::prelude::*;
use shared::time::clock_time;

use super::paper::{Paper, Stage};
use crate::{
    clock,
    ui::{
        Shape, Tone, banner,
        html::{Html, live, many, none, p, span, strong},
    },
};

/// Seconds left on the server's clock, every second; submits when none are.
pub fn seconds_left(paper: Paper) -> RwSignal<i64> {
    let left = move || (paper.deadline_at - clock::now()).num_seconds();
    let seconds = RwSignal::new(left());
    let tick = move || {
        let left = left();
        seconds.set(left);
        if left <= 0 && paper.stage.get_untracked() == Stage::Answering {
            paper.submit();
        }
    };
    if let Ok(ticking) = set_interval_with_handle(tick, Duration::from_secs(1)) {
        on_cleanup(move || ticking.clear());
    }
    seconds
}

pub fn clock_line(paper: Paper, seconds: RwSignal<i64>) -> Html {
    let minutes = Memo::new(move |_| seconds.get().max(0).cast_unsigned().div_ceil(60));
    let end = format!("{} 结束", clock_time(paper.deadline_at));
    let warning = live(move || {
        let text = match minutes.get() {
            1 => "不到 1 分钟了，到时间会自动交卷".to_owned(),
            left @ 2..=5 => format!("还剩不到 {left} 分钟，到时间会自动交卷"),
            _ => return none(),
        };
        banner(Tone::Wait, Shape::Clock, &text)
    });
    let line = p("clock-line")
        .with(strong("").text(end))
        .with(span("").live_text(move || format!("还剩 {} 分钟", minutes.get())));
    many([line, warning])
}
