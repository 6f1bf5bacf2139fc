//! Which courses to list. It stays as it is while the app is open, so that 返回 finds it again.

use leptos::prelude::*;
use shared::courses::{CourseCategory, CourseLevel, ListCourses};

use crate::ui::{Icon, Shape};

/// The 12 cells are the levels times the categories.
#[derive(Clone, Copy)]
pub struct Filter {
    pub level: RwSignal<Option<CourseLevel>>,
    pub category: RwSignal<Option<CourseCategory>>,
    pub search: RwSignal<String>,
}

impl Filter {
    pub fn provide() {
        provide_context(Self {
            level: RwSignal::new(None),
            category: RwSignal::new(None),
            search: RwSignal::new(String::new()),
        });
    }

    pub fn expect() -> Self {
        expect_context()
    }

    /// The request for a page of the list; tracked.
    pub fn request(self, cursor: Option<String>) -> ListCourses {
        let search = Some(self.search.get()).filter(|search| !search.is_empty());
        ListCourses { level: self.level.get(), category: self.category.get(), post: None, search, cursor }
    }

    /// Whether anything is left out; tracked.
    pub fn narrows(self) -> bool {
        self.level.get().is_some() || self.category.get().is_some() || self.search.with(|it| !it.is_empty())
    }

    /// What the list is narrowed to; tracked.
    fn words(self) -> String {
        let level = self.level.get().map_or("全部层面", CourseLevel::label);
        let category = self.category.get().map_or("全部类别", CourseCategory::label);
        format!("筛选：{level} · {category}")
    }

    pub fn clear(self) {
        self.level.set(None);
        self.category.set(None);
        self.search.set(String::new());
    }
}

/// The search field and the two rows of choices.
#[component]
pub fn FilterBar(filter: Filter) -> impl IntoView {
    let typed = RwSignal::new(filter.search.get_untracked());
    Effect::new(move || typed.set(filter.search.get()));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        filter.search.set(typed.get_untracked().trim().to_owned());
    };
    let narrowed = untrack(|| filter.level.get().is_some() || filter.category.get().is_some());
    let levels = CourseLevel::ALL.iter().map(|level| chip(filter.level, *level, level.label()));
    let categories = CourseCategory::ALL
        .iter()
        .map(|category| chip(filter.category, *category, category.label()));
    view! {
        <form class="search" role="search" on:submit=submit>
            <Icon shape=Shape::Search/>
            <input class="search-input" type="search" enterkeyhint="search" maxlength="50"
                placeholder="找课程，如：消毒" aria-label="找课程" prop:value=typed
                on:input:target=move |event| typed.set(event.target().value())/>
            <button type="submit" class="button-link">"搜索"</button>
        </form>
        <details class="filter" open=narrowed>
            <summary>{move || filter.words()}</summary>
            <div class="chips" role="group" aria-label="层面">{levels.collect_view()}</div>
            <div class="chips" role="group" aria-label="类别">{categories.collect_view()}</div>
        </details>
    }
}

/// Chooses a value, or takes the choice back.
fn chip<T: Copy + PartialEq + Send + Sync + 'static>(
    chosen: RwSignal<Option<T>>,
    value: T,
    label: &'static str,
) -> AnyView {
    let on = move || chosen.get() == Some(value);
    let press = move |_| chosen.update(|it| *it = (*it != Some(value)).then_some(value));
    view! {
        <button type="button" class="chip" aria-pressed=move || on().to_string() on:click=press>{label}</button>
    }
    .into_any()
}
