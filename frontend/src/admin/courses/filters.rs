//! Which courses the list shows; all of it stays in the address.

use leptos::prelude::*;
use shared::{
    authoring::ListManagedCourses,
    builds::ListBuilds,
    courses::{CourseCategory, CourseLevel, CourseStatus},
};

use crate::admin::{
    address::{Query, choice_of, name_of, query},
    kit::SearchField,
};

/// The filters as the address says them.
#[derive(Clone, Copy)]
pub struct Filters {
    level: Query,
    category: Query,
    status: Query,
    words: Query,
}

impl Filters {
    pub fn of_address() -> Self {
        Self {
            level: query("level"),
            category: query("category"),
            status: query("status"),
            words: query("q"),
        }
    }

    pub fn level(self) -> Option<CourseLevel> {
        self.level.0.get().as_deref().and_then(choice_of)
    }

    pub fn category(self) -> Option<CourseCategory> {
        self.category.0.get().as_deref().and_then(choice_of)
    }

    fn status(self) -> Option<CourseStatus> {
        self.status.0.get().as_deref().and_then(choice_of)
    }

    /// Shows one cell of the matrix, a whole row or column, or everything.
    pub fn choose_cell(self, level: Option<CourseLevel>, category: Option<CourseCategory>) {
        self.level.1.set(level.as_ref().map(name_of));
        self.category.1.set(category.as_ref().map(name_of));
    }

    pub fn clear(self) {
        self.choose_cell(None, None);
        self.status.1.set(None);
        self.words.1.set(None);
    }

    /// What of the list is asked for.
    pub fn courses(self) -> ListManagedCourses {
        ListManagedCourses {
            level: self.level(),
            category: self.category(),
            status: self.status(),
            words: self.words.0.get(),
            ..ListManagedCourses::default()
        }
    }

    /// The same of how far courses have come.
    pub fn builds(self) -> ListBuilds {
        let ListManagedCourses { level, category, status, words, .. } = self.courses();
        ListBuilds { level, category, status, words, ..ListBuilds::default() }
    }

    fn active(self) -> bool {
        [self.level, self.category, self.status, self.words].iter().any(|it| it.0.get().is_some())
    }
}

#[component]
pub fn FilterBar(filters: Filters) -> impl IntoView {
    let statuses = CourseStatus::ALL.iter().map(|status| {
        let name = name_of(status);
        let this = name.clone();
        view! {
            <option value=name prop:selected=move || filters.status.0.get().as_ref() == Some(&this)>
                {status.label()}
            </option>
        }
    });
    let choose = move |name: String| filters.status.1.set((!name.is_empty()).then_some(name));
    view! {
        <div class="c-filters" role="search">
            <SearchField words=filters.words placeholder="课程名或岗位，按 / 键跳到这里"/>
            <label class="c-filters__item">
                <span class="c-filters__label">"状态"</span>
                <select class="c-input" on:change:target=move |event| choose(event.target().value())>
                    <option value="">"全部状态"</option>
                    {statuses.collect_view()}
                </select>
            </label>
            <button
                type="button"
                class="c-button c-button--quiet"
                class:c-unseen=move || !filters.active()
                on:click=move |_| filters.clear()
            >
                "清除筛选"
            </button>
        </div>
    }
}
