//! The classroom on the phone.

mod address;
mod backoff;
mod courses;
mod me;
mod outbox;
mod qr;
mod quizzes;
mod shell;
mod sign_in;
mod teaching;
mod team;
mod today;
mod training;
mod who;

use leptos::prelude::*;

/// What the console's preview shows by the phone's own hand.
pub use self::{address::Page, courses::course_view, quizzes::rules as quiz_rules};
use self::{outbox::Outbox, who::Who};
use crate::{
    client::Client,
    ui::{Look, Navigation, Toast, html::live},
};

/// The whole program.
pub fn app() -> impl IntoView {
    Look::provide();
    let navigation = Navigation::provide(|address| Page::parse(address).is_some());
    let client = Client::provide(sign_in::sign_in_again);
    let who = Who::provide(client);
    Outbox::provide(client, who);
    courses::Filter::provide();
    let toast = Toast::provide();
    let page = Memo::new(move |_| Page::parse(&navigation.path()));
    let shown = live(move || {
        let page = page.get();
        untrack(|| shell::page(page))
    });
    if let Some(body) = document().body() {
        // A body takes any element.
        let _ = body.append_child(shown.with(toast.html()).node());
    }
}
