//! What a session has on site, counted for its people.

use leptos::prelude::*;
use shared::{
    courses::CourseId,
    practice::ShowPractice,
    training::{ShowSessionSite, TrainingSessionId},
};

use crate::admin::kit::Load;

/// What is said, each under its name.
type Said = Vec<(&'static str, String)>;

/// What a course asks of a session that is being planned, as it was reviewed; nothing where it asks for
/// nothing, and where its text is not for the caller to see.
#[component]
pub fn SiteNeeds(course: CourseId, #[prop(into)] heads: Signal<u32>) -> impl IntoView {
    let load = Load::of(move || ShowPractice { course, live: true });
    needs(move || load.value.with(|it| it.as_ref().map(|it| it.practice.site.facts(heads.get()))))
}

/// The same of a session that is planned, for those who run it or host it and the people who come.
#[component]
pub fn SessionNeeds(session: TrainingSessionId) -> impl IntoView {
    let load = Load::following(move || ShowSessionSite { session });
    needs(move || load.value.with(|it| it.as_ref().map(|it| it.site.facts(it.heads()))))
}

/// What is said of a session; nothing where nothing is.
fn needs(facts: impl Fn() -> Option<Said> + Send + Sync + 'static) -> impl IntoView {
    // What is asked for anew and says the same is not drawn again.
    let facts = Memo::new(move |_| facts().filter(|it| !it.is_empty()));
    move || {
        facts.get().map(|facts| {
            view! {
                <section class="c-card" aria-label="现场要备">
                    <h2 class="c-card__title">"现场要备"</h2>
                    <Facts facts/>
                </section>
            }
        })
    }
}

/// What is said of a session, each under its name.
#[component]
pub fn Facts(facts: Said) -> impl IntoView {
    let facts = facts.into_iter().map(|(name, text)| {
        view! {
            <div class="c-facts__item"><dt>{name}</dt><dd class="c-read">{text}</dd></div>
        }
    });
    view! { <dl class="c-facts">{facts.collect_view()}</dl> }
}
