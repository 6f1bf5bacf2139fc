//! The wall of twelve cells: what is planned, being built and in use in each, and where nothing is.

use leptos::prelude::*;
use shared::{
    builds::{BuildBoard, CourseBuild},
    courses::{CourseCategory, CourseLevel, CourseStatus},
};

use super::filters::Filters;

/// What stands in a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    planned: usize,
    building: usize,
    live: usize,
}

impl Count {
    fn of(builds: &[CourseBuild], level: CourseLevel, category: CourseCategory) -> Self {
        let mut count = Self::default();
        for build in builds.iter().filter(|it| it.level == level && it.category == category) {
            match build.status {
                CourseStatus::Published => count.live += 1,
                CourseStatus::Draft if build.is_only_planned() => count.planned += 1,
                CourseStatus::Draft => count.building += 1,
                CourseStatus::Retired => {}
            }
        }
        count
    }

    const fn all(self) -> usize {
        self.planned + self.building + self.live
    }

    /// The colour of the gap, where there is one.
    const fn class(self) -> &'static str {
        match self {
            Self { planned: 0, building: 0, live: 0 } => "c-matrix__cell c-matrix__cell--gap",
            Self { live: 0, .. } => "c-matrix__cell c-matrix__cell--waiting",
            Self { .. } => "c-matrix__cell c-matrix__cell--live",
        }
    }

    fn words(self) -> String {
        let Self { planned, building, live } = self;
        if self.all() == 0 {
            return "缺口，还没有课程".to_owned();
        }
        format!("计划 {planned} · 在建 {building} · 在用 {live}")
    }
}

/// Choosing a cell narrows the list below to it; choosing it again widens the list.
#[component]
pub fn Wall(board: StoredValue<BuildBoard>, filters: Filters) -> impl IntoView {
    let heads = CourseCategory::ALL.iter().map(|it| view! { <th scope="col">{it.label()}</th> });
    let rows = CourseLevel::ALL.iter().map(|level| {
        let cells = CourseCategory::ALL.iter().map(|category| {
            let count = board.with_value(|it| Count::of(&it.builds, *level, *category));
            view! { <td><Cell count filters level=*level category=*category/></td> }
        });
        view! { <tr><th scope="row">{level.label()}</th>{cells.collect_view()}</tr> }
    });
    view! {
        <table class="c-matrix">
            <caption class="c-out-of-sight">"各层面、各类别的课程建到哪一步，选一格只看这一格的课程"</caption>
            <thead>
                <tr>
                    <th scope="col"><span class="c-out-of-sight">"层面"</span></th>
                    {heads.collect_view()}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Cell(
    count: Count,
    filters: Filters,
    level: CourseLevel,
    category: CourseCategory,
) -> impl IntoView {
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
        <button
            type="button"
            class=count.class()
            aria-pressed=move || chosen.get().to_string()
            on:click=choose
        >
            <span class="c-matrix__count">{count.all()}</span>
            <span class="c-matrix__note">{count.words()}</span>
        </button>
    }
}
