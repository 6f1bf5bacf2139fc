//! 课程建设: the wall, how far each course has come, and the printable 课程表.

use leptos::prelude::*;
use shared::builds::{ArtefactState, BuildBoard, CourseBuild, ListBuilds};

use super::{build_drawer::BuildDrawer, build_wall::Wall, filters::Filters, timetable::Timetable};
use crate::admin::kit::{Load, Shown, Table, name_page};

#[component]
pub fn BuildsPage() -> impl IntoView {
    name_page("课程建设");
    let load = Load::of(|| ListBuilds {});
    let filters = Filters::of_address();
    let print = move |_| {
        // A browser that cannot print says so itself.
        let _ = window().print();
    };
    view! {
        <header class="c-head c-screen-only">
            <div>
                <nav class="c-trail" aria-label="位置"><a href="/admin/courses">"课程"</a></nav>
                <h1 class="c-head__title">"课程建设"</h1>
            </div>
            <button type="button" class="c-button" on:click=print>"打印课程表"</button>
        </header>
        <Shown load children=move |board: BuildBoard| {
            let board = StoredValue::new(board);
            view! {
                <div class="c-screen-only">
                    <p class="c-note" role="status">{progress(board)}</p>
                    <Wall board filters/>
                    <Rows board filters load/>
                </div>
                <Timetable board/>
            }
            .into_any()
        }/>
    }
}

/// The number and what it is made of.
pub fn progress(board: StoredValue<BuildBoard>) -> String {
    let (permille, planned, approved) =
        board.with_value(|it| (it.permille(), it.planned, it.approved));
    let (whole, tenth) = (permille / 10, permille % 10);
    format!(
        "课程建设进度 {whole}.{tenth}%：{planned} 门课程各 3 件课件，共 {} 件，已通过 {approved} 件",
        planned * 3
    )
}

#[component]
fn Rows(board: StoredValue<BuildBoard>, filters: Filters, load: Load<BuildBoard>) -> impl IntoView {
    let open = RwSignal::new(None::<CourseBuild>);
    let shown = Memo::new(move |_| {
        board.with_value(|it| {
            let builds = it.builds.iter().filter(|build| {
                filters.level().is_none_or(|level| level == build.level)
                    && filters.category().is_none_or(|category| category == build.category)
            });
            builds.cloned().collect::<Vec<_>>()
        })
    });
    let rows = move || {
        shown.get().into_iter().map(|standing| view! { <Row standing open/> }).collect_view()
    };
    let others = board.with_value(|it| {
        it.builds.iter().map(|build| (build.course, build.title.clone())).collect::<Vec<_>>()
    });
    let others = StoredValue::new(others);
    let close = Callback::new(move |()| {
        open.set(None);
        load.reload();
    });
    view! {
        <p class="c-count" role="status">{move || format!("{} 门课程", shown.with(Vec::len))}</p>
        <Table columns=&["课程", "层面 · 类别", "阶段", "负责人", "先学", "标准文本", "教学大纲", "教学材料", "#通过", "-修改"]>
            {rows}
        </Table>
        {move || open.get().map(|standing| view! {
            <BuildDrawer standing others=others.get_value() on_close=close/>
        })}
    }
}

#[component]
fn Row(standing: CourseBuild, open: RwSignal<Option<CourseBuild>>) -> impl IntoView {
    let this = StoredValue::new(standing.clone());
    let approved = standing.approved();
    let CourseBuild {
        course, title, level, category, stage, owner, prerequisites, artefacts, ..
    } = standing;
    let owner = owner.map_or_else(|| "没有定".to_owned(), |it| it.name);
    let needs: Vec<String> = prerequisites.into_iter().map(|it| it.title).collect();
    let states = artefacts.into_iter().map(|it| view! { <td><StateWord state=it.state/></td> });
    let change = format!("修改{title}的建设情况");
    view! {
        <tr>
            <td class="c-table__title"><a href=format!("/admin/courses/{course}")>{title}</a></td>
            <td class="c-nowrap">{level.label()}" · "{category.label()}</td>
            <td class="c-nowrap">{stage.label()}</td>
            <td class="c-nowrap">{owner}</td>
            <td>{needs.join("、")}</td>
            {states.collect_view()}
            <td class="c-number">{format!("{approved}/3")}</td>
            <td>
                <button
                    type="button"
                    class="c-button c-button--small"
                    aria-label=change
                    on:click=move |_| open.set(Some(this.get_value()))
                >
                    "修改"
                </button>
            </td>
        </tr>
    }
}

#[component]
fn StateWord(state: ArtefactState) -> impl IntoView {
    let class = match state {
        ArtefactState::Approved => "c-word c-word--good",
        ArtefactState::Submitted => "c-word c-word--waiting",
        ArtefactState::NotBegun | ArtefactState::Writing => "c-word",
    };
    view! { <span class=class>{state.label()}</span> }
}
