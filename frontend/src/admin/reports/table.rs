//! The report, person by person.

use leptos::prelude::*;
use shared::{reports::ReportRow, time};

use crate::{admin::kit::Table, clock};

const COLUMNS: &[&str] = &[
    "姓名",
    "工号",
    "单位",
    "岗位",
    "截止",
    "课时",
    "学完时间",
    "#最好成绩",
    "出题",
    "测验",
    "#到场（次）",
];

#[component]
pub fn ReportTable(rows: Vec<ReportRow>) -> impl IntoView {
    let rows = rows.into_iter().map(|row| view! { <Row row/> });
    view! {
        <Table columns=COLUMNS>{rows.collect_view()}</Table>
    }
}

#[component]
fn Row(row: ReportRow) -> impl IntoView {
    let now = clock::now();
    let none = || "—".to_owned();
    let finished = row.lessons > 0 && row.lessons_finished >= row.lessons;
    let due = row.due_on.map_or_else(none, |date| time::day(date, time::local_date(now)));
    let finished_at = row.finished_at.map_or_else(none, |at| time::moment(at, now));
    let score = row.best_score.map_or_else(none, |score| score.to_string());
    let drawn_from = row.best_revision.map_or_else(none, |number| format!("第 {number} 版"));
    let (quiz, tone) = match (row.passed, row.best_score) {
        (true, _) => ("已通过", "c-word c-word--good"),
        (false, Some(_)) => ("没通过", "c-word c-word--bad"),
        (false, None) => ("没考", "c-word"),
    };
    let lessons = format!("{}/{}", row.lessons_finished, row.lessons);
    view! {
        <tr>
            <th scope="row" class="c-table__title">{row.name}</th>
            <td class="c-digits">{row.staff_number}</td>
            <td>{row.organization}</td>
            <td>{row.post.unwrap_or_else(none)}</td>
            <td class="c-nowrap">{due}</td>
            <td class="c-nowrap c-digits">{lessons}{finished.then_some(" 学完")}</td>
            <td class="c-nowrap">{finished_at}</td>
            <td class="c-number">{score}</td>
            <td class="c-nowrap">{drawn_from}</td>
            <td class="c-nowrap"><span class=tone>{quiz}</span></td>
            <td class="c-number">{row.sessions_attended}</td>
        </tr>
    }
}
