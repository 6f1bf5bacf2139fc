//! The classroom on the phone.

mod address;
pub(crate) mod backoff;
mod courses;
mod me;
mod outbox;
pub(crate) mod qr;
mod quizzes;
mod shell;
mod sign_in;
mod today;
pub(crate) mod training;
mod who;

use leptos::prelude::*;

pub(crate) use self::shell::{not_found, top};
/// What the console's preview shows by the phone's own hand.
pub use self::{address::Page, courses::course_view, quizzes::rules as quiz_rules};
use self::{outbox::Outbox, who::Who};
use crate::{
    client::Client,
    ui::{
        Look, Navigation, Toast,
        html::{Html, live},
    },
};

/// The whole program.
pub fn app() -> impl IntoView {
    let more = || {
        Outbox::provide(Client::expect(), Who::expect());
        courses::Filter::provide();
    };
    begin(|page| !page.is_teaching(), more, shell::page);
}

/// Starts an app on the phone. `ours` are the pages that this app has, the others are loaded by the
/// browser; `more` provides what its pages need beside the sign-in; `draw` makes a page.
pub(crate) fn begin(ours: fn(&Page) -> bool, more: fn(), draw: fn(Option<Page>) -> Html) {
    Look::provide();
    let navigation =
        Navigation::provide(move |address| Page::parse(address).is_some_and(|page| ours(&page)));
    let client = Client::provide(sign_in::sign_in_again);
    Who::provide(client);
    more();
    let toast = Toast::provide();
    let page = Memo::new(move |_| Page::parse(&navigation.path()));
    let shown = live(move || {
        let page = page.get();
        untrack(|| draw(page))
    });
    if let Some(body) = document().body() {
        // A body takes any element.
        let _ = body.append_child(shown.with(toast.html()).node());
    }
}
