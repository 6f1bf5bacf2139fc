//! The wall of courses: levels by categories, with the count of each cell.

use leptos::prelude::*;
use shared::{
    authoring::ManagedCourse,
    courses::{CourseCategory, CourseLevel, CourseStatus},
};

use super::filters::Filters;

/// How many courses a cell holds, and how many of them learners see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Count {
    all: usize,
    published: usize,
}

/// Counts a cell; an absent level or category counts its whole row or column.
fn count(
    courses: &[ManagedCourse],
    level: Option<CourseLevel>,
    category: Option<CourseCategory>,
) -> Count {
    let inside = courses.iter().filter(|course| {
        level.is_none_or(|level| level == course.level)
            && category.is_none_or(|category| category == course.category)
    });
    let (mut all, mut published) = (0, 0);
    for course in inside {
        all += 1;
        published += usize::from(course.status == CourseStatus::Published);
    }
    Count { all, published }
}

/// Choosing a cell narrows the list below to it; choosing it again widens the list.
#[component]
pub fn Matrix(courses: StoredValue<Vec<ManagedCourse>>, filters: Filters) -> impl IntoView {
    let cell = move |level, category| view! { <Cell courses filters level category/> };
    let heads = CourseCategory::ALL.iter().map(|category| {
        view! {
            <th scope="col">
                <Head filters label=category.label() level=None category=Some(*category)/>
            </th>
        }
    });
    let rows = CourseLevel::ALL.iter().map(|level| view! {
        <tr>
            <th scope="row"><Head filters label=level.label() level=Some(*level) category=None/></th>
            {CourseCategory::ALL.iter().map(|category| cell(Some(*level), Some(*category))).collect_view()}
        </tr>
    });
    view! {
        <table class="c-matrix">
            <caption class="c-out-of-sight">"各层面、各类别的课程数，选一格只看这一格的课程"</caption>
            <thead>
                <tr>
                    <th scope="col"><Head filters label="全部" level=None category=None/></th>
                    {heads.collect_view()}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Head(
    filters: Filters,
    label: &'static str,
    level: Option<CourseLevel>,
    category: Option<CourseCategory>,
) -> impl IntoView {
    let chosen = move || filters.level() == level && filters.category() == category;
    view! {
        <button
            type="button"
            class="c-matrix__head"
            aria-pressed=move || chosen().to_string()
            on:click=move |_| filters.choose_cell(level, category)
        >
            {label}
        </button>
    }
}

#[component]
fn Cell(
    courses: StoredValue<Vec<ManagedCourse>>,
    filters: Filters,
    level: Option<CourseLevel>,
    category: Option<CourseCategory>,
) -> impl IntoView {
    let Count { all, published } = courses.with_value(|list| count(list, level, category));
    let chosen = Memo::new(move |_| filters.level() == level && filters.category() == category);
    let choose = move |_| {
        if chosen.get_untracked() {
            filters.choose_cell(None, None);
        } else {
            filters.choose_cell(level, category);
        }
    };
    view! {
        <td>
            <button
                type="button"
                class="c-matrix__cell"
                class:c-matrix__cell--empty={all == 0}
                aria-pressed=move || chosen.get().to_string()
                on:click=choose
            >
                <span class="c-matrix__count">{all}</span>
                <span class="c-matrix__note">
                    {if all == 0 { "还没有课程".to_owned() } else { format!("已发布 {published}") }}
                </span>
            </button>
        </td>
    }
}
