//! The chapters and lessons of a course.

use leptos::{prelude::*, task::spawn_local, web_sys};
use shared::{
    api::Endpoint,
    authoring::{AddChapter, CourseDraft},
};

use super::{frame::CourseDesk, outline_chapter::Chapter};
use crate::{admin::kit::TroubleNote, client::Trouble};

/// Changing the outline, one change at a time.
#[derive(Clone, Copy)]
pub struct OutlineDesk {
    pub desk: CourseDesk,
    pub busy: RwSignal<bool>,
    pub trouble: RwSignal<Option<Trouble>>,
}

impl OutlineDesk {
    /// Does something whose answer is the changed course, then `after`.
    pub fn change<E>(self, request: E, after: impl FnOnce() + 'static)
    where
        E: Endpoint<Response = CourseDraft>,
    {
        self.work(async move { self.desk.change(request).await }, after);
    }

    /// Does some other work, and says so where it fails.
    pub fn work(
        self,
        work: impl Future<Output = Result<(), Trouble>> + 'static,
        after: impl FnOnce() + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let done = work.await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match done {
                Ok(()) => {
                    self.trouble.set(None);
                    after();
                }
                Err(trouble) => self.trouble.set(Some(trouble)),
            }
        });
    }
}

#[component]
pub fn Outline(desk: CourseDesk) -> impl IntoView {
    let outline = OutlineDesk { desk, busy: RwSignal::new(false), trouble: RwSignal::new(None) };
    let ids = Memo::new(move |_| {
        desk.course.with(|course| course.chapters.iter().map(|it| it.id).collect::<Vec<_>>())
    });
    let empty = move || {
        ids.with(Vec::is_empty).then(|| {
            view! {
                <p class="c-quiet">"还没有章节。先加第一章，例如“会前准备”，再往里加课时。"</p>
            }
        })
    };
    view! {
        <section class="c-card c-columns__main" aria-label="章节和课时">
            <header class="c-card__head"><h2 class="c-card__title">"章节和课时"</h2></header>
            {move || outline.trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
            {empty}
            <ol class="c-outline">
                <For each=move || ids.get() key=|id| *id let:id>
                    <Chapter outline id/>
                </For>
            </ol>
            <NewChapter outline/>
        </section>
    }
}

#[component]
fn NewChapter(outline: OutlineDesk) -> impl IntoView {
    let title = RwSignal::new(String::new());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let written = title.get_untracked().trim().to_owned();
        if !written.is_empty() {
            let course = outline.desk.course.with_untracked(|course| course.id);
            outline.change(AddChapter { course, title: written }, move || title.set(String::new()));
        }
    };
    view! {
        <form class="c-add" on:submit=submit>
            <input
                class="c-input"
                aria-label="新的一章叫什么"
                placeholder="新的一章叫什么"
                prop:value=title
                on:input:target=move |event| title.set(event.target().value())
            />
            <button
                type="submit"
                class="c-button"
                disabled=move || outline.busy.get() || title.with(|it| it.trim().is_empty())
            >
                "加一章"
            </button>
        </form>
    }
}
