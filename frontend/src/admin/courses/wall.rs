//! The wall of courses: levels by categories.

use leptos::prelude::*;
use shared::courses::{CourseCategory, CourseLevel};

use super::filters::Filters;

/// What stands in a cell.
pub struct WallCell {
    pub count: u32,
    pub words: String,
    pub class: &'static str,
}

/// Choosing a cell, a row or a column narrows the list below to it; choosing a cell again widens
/// the list.
#[component]
pub fn Wall(
    /// For those who cannot see the wall.
    caption: &'static str,
    filters: Filters,
    cell: Callback<(CourseLevel, CourseCategory), WallCell>,
) -> impl IntoView {
    let heads = CourseCategory::ALL.iter().map(|category| {
        view! {
            <th scope="col">
                <Head filters label=category.label() level=None category=Some(*category)/>
            </th>
        }
    });
    let rows = CourseLevel::ALL.iter().map(|level| {
        let cells = CourseCategory::ALL.iter().map(|category| {
            let cell = cell.run((*level, *category));
            view! { <td><Cell cell filters level=*level category=*category/></td> }
        });
        view! {
            <tr>
                <th scope="row"><Head filters label=level.label() level=Some(*level) category=None/></th>
                {cells.collect_view()}
            </tr>
        }
    });
    view! {
        <table class="c-matrix">
            <caption class="c-out-of-sight">{caption}</caption>
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
    cell: WallCell,
    filters: Filters,
    level: CourseLevel,
    category: CourseCategory,
) -> impl IntoView {
    let WallCell { count, words, class } = cell;
    let chosen =
        Memo::new(move |_| filters.level() == Some(level) && filters.category() == Some(category));
    let choose = move |_| {
        if chosen.get_untracked() {
            filters.choose_cell(None, None);
        } else {
            filters.choose_cell(Some(level), Some(category));
        }
    };
    view! {
        <button type="button" class=class aria-pressed=move || chosen.get().to_string() on:click=choose>
            <span class="c-matrix__count">{count}</span>
            <span class="c-matrix__note">{words}</span>
        </button>
    }
}
