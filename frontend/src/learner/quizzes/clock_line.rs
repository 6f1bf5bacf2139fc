//! When the quiz ends: by the clock on the wall, with warnings at 5 minutes and at 1.

use std::time::Duration;

use leptos::prelude::*;
use shared::time::clock_time;

use super::paper::{Paper, Stage};
use crate::{
    clock,
    ui::{Banner, Shape, Tone},
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

#[component]
pub fn ClockLine(paper: Paper, seconds: RwSignal<i64>) -> impl IntoView {
    let minutes = Memo::new(move |_| seconds.get().max(0).cast_unsigned().div_ceil(60));
    let end = clock_time(paper.deadline_at);
    let warning = move || {
        let text = match minutes.get() {
            0 => return None,
            1 => "不到 1 分钟了，到时间会自动交卷".to_owned(),
            2..=5 => format!("还剩不到 {} 分钟，到时间会自动交卷", minutes.get()),
            _ => return None,
        };
        Some(view! { <Banner tone=Tone::Wait shape=Shape::Clock text/> })
    };
    view! {
        <p class="clock-line">
            <strong>{format!("{end} 结束")}</strong>
            <span>{move || format!("还剩 {} 分钟", minutes.get())}</span>
        </p>
        {warning}
    }
}
