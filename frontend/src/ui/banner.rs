//! A line across the page that cannot be missed.

use leptos::prelude::*;

use super::{Icon, Shape};

/// How serious something is. The words say it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Good,
    Wait,
    Bad,
}

impl Tone {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Wait => "wait",
            Self::Bad => "bad",
        }
    }
}

#[component]
pub fn Banner(tone: Tone, shape: Shape, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <p class=format!("banner banner-{}", tone.name()) role="alert">
            <Icon shape/>
            <span>{text}</span>
        </p>
    }
}
