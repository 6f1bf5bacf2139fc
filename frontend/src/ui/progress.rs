//! How far somebody got, as a bar and in words.

use super::html::{Html, div, p};

pub fn progress(percent: u32, text: &str) -> Html {
    let percent = percent.min(100);
    let class = if percent == 100 { "progress-bar progress-full" } else { "progress-bar" };
    let done = div("progress-done").style("width", &format!("{percent}%"));
    div("progress")
        .with(div(class).attr("aria-hidden", "true").with(done))
        .with(p("progress-text").text(text))
}
