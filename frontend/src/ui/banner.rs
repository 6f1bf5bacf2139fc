//! A line across the page that cannot be missed.

use super::{
    Shape,
    html::{Html, p, span},
    icon,
};

/// How serious something is. The words say it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Good,
    Wait,
    Bad,
}

pub fn banner(tone: Tone, shape: Shape, text: &str) -> Html {
    let class = match tone {
        Tone::Plain => "banner banner-plain",
        Tone::Good => "banner banner-good",
        Tone::Wait => "banner banner-wait",
        Tone::Bad => "banner banner-bad",
    };
    p(class).attr("role", "alert").with(icon(shape)).with(span("").text(text))
}
