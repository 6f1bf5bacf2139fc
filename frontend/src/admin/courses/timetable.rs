//! 课程表: the twelve cells with the courses in them, on one sheet of paper.

use leptos::prelude::*;
use shared::{
    builds::{BuildBoard, CourseBuild},
    courses::{CourseCategory, CourseLevel, CourseStatus},
    time,
};

use crate::clock;

/// How many courses a cell names; the sheet has room for no more.
const MOST: usize = 24;

/// Seen on paper only.
#[component]
pub fn Timetable(board: StoredValue<BuildBoard>) -> impl IntoView {
    let named = |level: CourseLevel, category: CourseCategory| {
        let names = board.with_value(|it| names(&it.builds, level, category));
        let more = names.len().saturating_sub(MOST);
        let items = names.into_iter().take(MOST).map(|it| view! { <li>{it}</li> }).collect_view();
        view! {
            <td>
                <ol>{items}</ol>
                {(more > 0).then(|| format!("另有 {more} 门"))}
            </td>
        }
    };
    let heads = CourseCategory::ALL.iter().map(|it| view! { <th scope="col">{it.label()}</th> });
    let rows = CourseLevel::ALL.iter().map(|level| {
        let cells = CourseCategory::ALL.iter().map(|it| named(*level, *it)).collect_view();
        view! { <tr><th scope="row">{level.label()}</th>{cells}</tr> }
    });
    let today = time::local_date(clock::now());
    view! {
        <section class="c-timetable">
            <h2 class="c-timetable__title">"“3+4”阶梯课程表"</h2>
            <table>
                <thead>
                    <tr><th></th>{heads.collect_view()}</tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            <p>{format!("{}。没有注明的正在使用。{today} 打印", super::builds::progress(board))}</p>
        </section>
    }
}

/// The courses of a cell, with a word where they are not in use yet.
fn names(builds: &[CourseBuild], level: CourseLevel, category: CourseCategory) -> Vec<String> {
    let here = |it: &&CourseBuild| it.level == level && it.category == category;
    let name = |it: &CourseBuild| match it.status {
        CourseStatus::Retired => None,
        CourseStatus::Published => Some(it.title.clone()),
        CourseStatus::Draft if it.is_only_planned() => Some(format!("{}（计划）", it.title)),
        CourseStatus::Draft => Some(format!("{}（{}）", it.title, it.stage.label())),
    };
    builds.iter().filter(here).filter_map(name).collect()
}
