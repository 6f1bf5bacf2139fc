//! Choosing a course by words of its title, from all there are.

use leptos::prelude::*;
use shared::{
    authoring::{ListManagedCourses, ManagedCourse},
    builds::CourseLink,
    courses::CourseId,
};

use crate::admin::kit::{Load, TextField, TroubleNote, rested};

/// Courses that are offered at once.
const MOST: usize = 8;

/// A field for words, and below it the courses that have them; at first the last changed.
#[component]
pub fn CourseFinder(
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] optional: bool,
    /// Which courses can be chosen at all.
    among: fn() -> ListManagedCourses,
    /// What is chosen already.
    #[prop(into)]
    without: Signal<Vec<CourseId>>,
    on_choose: Callback<CourseLink>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let words = RwSignal::new(String::new());
    let typed = rested(move || words.get());
    let load = Load::of(move || {
        let words = Some(typed.get()).filter(|it| !it.trim().is_empty());
        ListManagedCourses { words, ..among() }
    });
    let choose = Callback::new(move |course: CourseLink| {
        words.set(String::new());
        on_choose.run(course);
    });
    let found = move || {
        let page = load.value.get()?;
        let rest = page.items.into_iter().filter(|it| without.with(|ids| !ids.contains(&it.id)));
        Some(offered(rest.take(MOST).collect(), page.total as usize > MOST, choose))
    };
    view! {
        <TextField label value=words hint=hint optional error/>
        {move || load.trouble().map(|trouble| view! { <TroubleNote trouble/> })}
        <div class="c-chips c-field" aria-live="polite">{found}</div>
    }
}

fn offered(courses: Vec<ManagedCourse>, more: bool, choose: Callback<CourseLink>) -> AnyView {
    if courses.is_empty() {
        return view! { <p class="c-quiet">"没有找到这样的课程，换个词试试"</p> }.into_any();
    }
    let buttons = courses.into_iter().map(|it| {
        let course = CourseLink { id: it.id, title: it.title };
        let words = format!("＋ {}", course.title);
        view! {
            <button type="button" class="c-tool" on:click=move |_| choose.run(course.clone())>{words}</button>
        }
    });
    let more = more.then(|| view! { <p class="c-quiet">"还有别的，写上课程名里的字再找"</p> });
    view! { {buttons.collect_view()} {more} }.into_any()
}

/// One course, or none.
#[component]
pub fn CoursePicker(
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] optional: bool,
    among: fn() -> ListManagedCourses,
    chosen: RwSignal<Option<CourseLink>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let on_choose = Callback::new(move |course| chosen.set(Some(course)));
    move || {
        match chosen.get() {
        Some(course) => view! {
            <div class="c-field">
                <span class="c-field__label">{label}</span>
                <p class="c-actions">
                    <strong>{course.title}</strong>
                    <button type="button" class="c-button c-button--small" on:click=move |_| chosen.set(None)>"换一门"</button>
                </p>
                {move || error.get().map(|error| view! { <p class="c-field__error">{error}</p> })}
            </div>
        }
        .into_any(),
        None => view! {
            <CourseFinder label hint optional among without=Vec::new() on_choose error/>
        }
        .into_any(),
    }
    }
}
