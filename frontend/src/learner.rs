//! The classroom on the phone.

mod address;
mod backoff;
mod courses;
mod me;
mod outbox;
mod quizzes;
mod shell;
mod sign_in;
mod teaching;
mod today;
mod training;
mod who;

use leptos::prelude::*;

use self::{address::Page, outbox::Outbox, who::Who};
use crate::{
    client::Client,
    ui::{Look, Navigation, Toast},
};

/// The whole program.
#[component]
pub fn App() -> impl IntoView {
    Look::provide();
    let navigation = Navigation::provide(|address| Page::parse(address).is_some());
    let client = Client::provide(sign_in::sign_in_again);
    let who = Who::provide(client);
    Outbox::provide(client, who);
    courses::Filter::provide();
    let toast = Toast::provide();
    let page = Memo::new(move |_| Page::parse(&navigation.path()));
    view! {
        {move || shell::page(page.get())}
        {toast.view()}
    }
}
