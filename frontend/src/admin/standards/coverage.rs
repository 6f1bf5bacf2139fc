//! How much of what must be done is taught and examined, by standard and post.

use leptos::prelude::*;
use shared::standards::console::{Coverage, Covered, ShowCoverage};

use super::orphans::OrphanLists;
use crate::admin::kit::{Load, Shown, name_page};

#[component]
pub fn CoveragePage() -> impl IntoView {
    name_page("标准覆盖");
    let load = Load::of(|| ShowCoverage {});
    view! {
        <nav class="c-trail" aria-label="位置"><a href="/admin/standards">"标准仓"</a></nav>
        <header class="c-head"><h1 class="c-head__title">"覆盖情况"</h1></header>
        <p class="c-quiet">
            "只数现行标准里写了“应”或“不应”的规范性条款。讲授：已发布课程里有一个有效的讲授链接；考核：有一个有效的考核链接。格子里是讲授和考核的比例。"
        </p>
        <Shown load children=|coverage| view! { <Map coverage/> }.into_any()/>
        <OrphanLists/>
    }
}

#[component]
fn Map(coverage: Coverage) -> impl IntoView {
    let Coverage { posts, rows } = coverage;
    if rows.is_empty() {
        return view! { <p>"还没有现行的标准。"</p> }.into_any();
    }
    let heads = posts.into_iter().map(|post| view! { <th scope="col">{post.name}</th> });
    let heads = heads.collect_view();
    let rows = rows.into_iter().map(|row| {
        let cells = row.posts.into_iter().map(|it| view! { <Cell covered=it/> }).collect_view();
        view! {
            <tr>
                <th scope="row"><a href=format!("/admin/standards/versions/{}", row.version)>{row.name}</a></th>
                <Cell covered=row.all/>
                {cells}
            </tr>
        }
    });
    view! {
        <div class="c-table-frame" tabindex="0" role="region" aria-label="覆盖情况">
            <table class="c-table c-heat">
                <thead><tr><th scope="col">"标准"</th><th scope="col">"全部"</th>{heads}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// How far something is covered, in five steps of colour; the numbers say it too.
#[component]
fn Cell(covered: Covered) -> impl IntoView {
    let Covered { musts, taught, examined } = covered;
    if musts == 0 {
        return view! { <td class="c-heat__cell c-quiet">"—"</td> }.into_any();
    }
    let step = taught * 4 / musts;
    let words = format!("讲 {taught}/{musts} 考 {examined}/{musts}");
    view! { <td class=format!("c-heat__cell c-heat__cell--{step}")>{words}</td> }.into_any()
}
