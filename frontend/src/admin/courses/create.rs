//! A new course.

use leptos::{prelude::*, task::spawn_local, web_sys};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use shared::{
    authoring,
    courses::{CourseCategory, CourseLevel},
};

use super::{
    details::{DetailsFields, DetailsForm},
    filters::Filters,
};
use crate::{
    admin::kit::{Drawer, Form, TroubleNote, show_first_error},
    client::{Client, Trouble},
};

/// Asks for what a course cannot do without, then leads to its editor.
#[component]
pub fn CreateCourse(filters: Filters, on_close: Callback<()>) -> impl IntoView {
    let client = Client::expect();
    let navigate = use_navigate();
    let fields = DetailsFields::new();
    // Whoever looks at a cell of the matrix wants a course in it.
    let (level, category) = untrack(|| (filters.level(), filters.category()));
    fields.level.set(level.unwrap_or(CourseLevel::Execution));
    fields.category.set(category.unwrap_or(CourseCategory::PostSkills));
    let start = untrack(|| fields.read());
    let dirty = Signal::derive(move || fields.read() != start);
    let trouble = RwSignal::new(None::<Trouble>);
    let busy = RwSignal::new(false);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let navigate = navigate.clone();
        let request = authoring::CreateCourse { details: untrack(|| fields.read()) };
        spawn_local(async move {
            match client.call(request).await {
                Ok(course) => {
                    navigate(&format!("/admin/courses/{}", course.id), NavigateOptions::default());
                }
                Err(failed) => {
                    fields.errors.set(failed.fields().to_vec());
                    trouble.set(Some(failed));
                    show_first_error();
                }
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <Drawer title="新建课程" on_close dirty>
            <form class="c-form" on:submit=submit novalidate=true>
                {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
                <DetailsForm fields autofocus=true/>
                <div class="c-form__foot">
                    <button type="submit" class="c-button c-button--primary" disabled=busy>
                        {move || if busy.get() { "正在新建…" } else { "新建，接着写内容" }}
                    </button>
                </div>
            </form>
        </Drawer>
    }
}
