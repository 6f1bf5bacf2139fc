//! 课程表: the twelve cells with the courses in them, on one sheet of paper.

use leptos::prelude::*;
use shared::{
    builds::{BuildBoard, NamedCourse},
    courses::{CourseCategory, CourseLevel, CourseStatus},
    time,
};

use crate::clock;

/// Seen on paper only.
#[component]
pub fn Timetable(board: StoredValue<BuildBoard>) -> impl IntoView {
    let cell = |level: CourseLevel, category: CourseCategory| {
        let (names, all) = board.with_value(|it| named(it, level, category));
        let more = all.saturating_sub(names.len());
        let items = names.into_iter().map(|it| view! { <li>{it}</li> }).collect_view();
        view! {
            <td>
                <ol>{items}</ol>
                {(more > 0).then(|| format!("另有 {more} 门"))}
            </td>
        }
    };
    let heads = CourseCategory::ALL.iter().map(|it| view! { <th scope="col">{it.label()}</th> });
    let rows = CourseLevel::ALL.iter().map(|level| {
        let cells = CourseCategory::ALL.iter().map(|it| cell(*level, *it)).collect_view();
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

/// The courses of a cell, with a word where they are not in use yet, and how many there are.
fn named(board: &BuildBoard, level: CourseLevel, category: CourseCategory) -> (Vec<String>, usize) {
    let name = |it: &NamedCourse| match it.status {
        CourseStatus::Draft if it.only_planned => format!("{}（计划）", it.title),
        CourseStatus::Draft => format!("{}（{}）", it.title, it.stage.label()),
        CourseStatus::Published | CourseStatus::Retired => it.title.clone(),
    };
    let cell = board.cells.iter().find(|it| it.level == level && it.category == category);
    cell.map_or((Vec::new(), 0), |it| {
        let all = it.planned + it.building + it.live;
        (it.named.iter().map(name).collect(), all as usize)
    })
}
