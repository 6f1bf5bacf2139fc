//! The report, person by person.

use leptos::prelude::*;
use shared::{reports::ReportRow, time};

use crate::clock;

#[component]
pub fn ReportTable(rows: Vec<ReportRow>) -> impl IntoView {
    let rows = rows.into_iter().map(|row| view! { <Row row/> });
    view! {
        <div class="c-table-frame">
            <table class="c-table">
                <thead>
                    <tr>
                        <th scope="col">"姓名"</th>
                        <th scope="col">"工号"</th>
                        <th scope="col">"单位"</th>
                        <th scope="col">"岗位"</th>
                        <th scope="col">"截止"</th>
                        <th scope="col">"课时"</th>
                        <th scope="col">"学完时间"</th>
                        <th scope="col" class="c-number">"最好成绩"</th>
                        <th scope="col">"测验"</th>
                        <th scope="col" class="c-number">"到场（次）"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
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
            <td class="c-nowrap"><span class=tone>{quiz}</span></td>
            <td class="c-number">{row.sessions_attended}</td>
        </tr>
    }
}
