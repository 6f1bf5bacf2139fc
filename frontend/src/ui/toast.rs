//! A short word that something went well. What went wrong stays on the page instead.

use std::time::Duration;

use leptos::prelude::*;

use super::{
    Shape,
    html::{Html, div, none, p},
    icon,
};

#[derive(Clone, Copy)]
pub struct Toast {
    said: RwSignal<Option<(u32, String)>>,
}

impl Toast {
    pub fn provide() -> Self {
        let toast = Self { said: RwSignal::new(None) };
        provide_context(toast);
        toast
    }

    pub fn expect() -> Self {
        expect_context()
    }

    pub fn say(self, text: impl Into<String>) {
        let number =
            self.said.with_untracked(|said| said.as_ref().map_or(0, |(number, _)| number + 1));
        self.said.set(Some((number, text.into())));
        set_timeout(move || self.forget(number), Duration::from_secs(2));
    }

    /// Unless something else was said since.
    fn forget(self, number: u32) {
        if self.said.with_untracked(|said| said.as_ref().is_some_and(|(now, _)| *now == number)) {
            self.said.set(None);
        }
    }

    /// The place where it is said.
    pub fn html(self) -> Html {
        div("toast-place").attr("role", "status").live(move || match self.said.get() {
            Some((_, text)) => p("toast").with(icon(Shape::Tick)).text(text),
            None => none(),
        })
    }
}
