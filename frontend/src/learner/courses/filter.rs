//! Which courses to list. It stays as it is while the app is open, so that 返回 finds it again.

use leptos::prelude::*;
use shared::courses::{CourseCategory, CourseLevel, ListCourses};

use crate::ui::{
    Shape, chip,
    html::{Html, button, details, div, follow, form, many, summary},
    icon, text_input,
};

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
        ListCourses {
            level: self.level.get(),
            category: self.category.get(),
            post: None,
            search,
            cursor,
        }
    }

    /// Whether anything is left out; tracked.
    pub fn narrows(self) -> bool {
        self.level.get().is_some()
            || self.category.get().is_some()
            || self.search.with(|it| !it.is_empty())
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
pub fn filter_bar(filter: Filter) -> Html {
    let narrowed =
        filter.level.get_untracked().is_some() || filter.category.get_untracked().is_some();
    let levels = CourseLevel::ALL.iter().map(|level| choice(filter.level, *level, level.label()));
    let categories = CourseCategory::ALL
        .iter()
        .map(|category| choice(filter.category, *category, category.label()));
    let group = |name: &str| div("chips").attr("role", "group").attr("aria-label", name);
    let choices = details("filter")
        .with(summary("").live_text(move || filter.words()))
        .with(group("层面").all(levels))
        .with(group("类别").all(categories));
    let choices = if narrowed { choices.attr("open", "") } else { choices };
    many([search_form(filter), choices])
}

fn search_form(filter: Filter) -> Html {
    let typed = RwSignal::new(filter.search.get_untracked());
    follow(move || typed.set(filter.search.get()));
    let field = text_input(
        typed,
        &[
            ("class", "search-input"),
            ("type", "search"),
            ("enterkeyhint", "search"),
            ("maxlength", "50"),
            ("placeholder", "找课程，如：消毒"),
            ("aria-label", "找课程"),
        ],
    );
    form("search")
        .attr("role", "search")
        .on("submit", move |event| {
            event.prevent_default();
            filter.search.set(typed.get_untracked().trim().to_owned());
        })
        .with(icon(Shape::Search))
        .with(field)
        .with(button("button-link").attr("type", "submit").text("搜索"))
}

/// Chooses a value, or takes the choice back.
fn choice<T: Copy + PartialEq + Send + Sync + 'static>(
    chosen: RwSignal<Option<T>>,
    value: T,
    label: &str,
) -> Html {
    let press = move || chosen.update(|it| *it = (*it != Some(value)).then_some(value));
    chip(label, move || chosen.get() == Some(value), press)
}
