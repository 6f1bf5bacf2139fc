//! 课程建设: the wall, how far each course has come, and the printable 课程表.

use std::time::Duration;

use leptos::prelude::*;
use shared::{
    builds::{
        ArtefactState, BuildBoard, BuildCell, Builds, CourseBuild, CourseLink, ListBuilds,
        ShowBuildBoard,
    },
    courses::{CourseCategory, CourseLevel},
};

use super::{
    build_drawer::BuildDrawer,
    filters::{FilterBar, Filters},
    timetable::Timetable,
    wall::{Wall, WallCell},
};
use crate::admin::{
    address::{Query, query},
    kit::{Doing, Load, Pager, Places, Shown, Table, name_page, places_of},
};

#[component]
pub fn BuildsPage() -> impl IntoView {
    name_page("课程建设");
    let filters = Filters::of_address();
    let waived = query("waived");
    let asked = Memo::new(move |_| {
        let waived = waived.0.get().map(|_| true);
        ListBuilds { waived, ..filters.builds() }
    });
    let places = places_of(asked);
    let board = Load::of(ShowBuildBoard::default);
    let above = board.is_shown();
    let rows = Load::of(move || ListBuilds {
        cursor: places.with(|it| it.last().cloned()),
        ..asked.get()
    });
    let open = RwSignal::new(None::<CourseLink>);
    let close = Callback::new(move |()| {
        open.set(None);
        board.reload();
        rows.reload();
    });
    let whole = RwSignal::new(None::<BuildBoard>);
    view! {
        <Head whole/>
        <Shown load=board children=move |board: BuildBoard| {
            let board = StoredValue::new(board);
            let cell = Callback::new(move |at| board.with_value(|it| wall_cell(it, at)));
            view! {
                <div class="c-screen-only">
                    <p class="c-note" role="status">{progress(board)}</p>
                    <Wall caption="各层面、各类别的课程建到哪一步，选一格只看这一格的课程" filters cell/>
                </div>
                {move || match whole.get() {
                    Some(all) => view! { <Timetable board=StoredValue::new(all)/> },
                    None => view! { <Timetable board/> },
                }}
            }
            .into_any()
        }/>
        <Show when=move || above.get()>
            <div class="c-screen-only">
                <FilterBar filters/>
                <OnlyWaived waived/>
                <Shown load=rows children=move |page: Builds| view! { <Rows page places open/> }.into_any()/>
            </div>
        </Show>
        {move || open.get().map(|course| view! { <BuildDrawer course on_close=close/> })}
    }
}

#[component]
fn Head(whole: RwSignal<Option<BuildBoard>>) -> impl IntoView {
    view! {
        <header class="c-head c-screen-only">
            <div>
                <nav class="c-trail" aria-label="位置"><a href="/admin/courses">"课程"</a></nav>
                <h1 class="c-head__title">"课程建设"</h1>
            </div>
            <Print whole/>
        </header>
    }
}

/// Prints every course, of which the page names some only.
#[component]
fn Print(whole: RwSignal<Option<BuildBoard>>) -> impl IntoView {
    let doing = Doing::new();
    // What is printed later is not what was true now.
    let printed = window_event_listener_untyped("afterprint", move |_| whole.set(None));
    on_cleanup(move || printed.remove());
    let print = move |_| {
        doing.call(ShowBuildBoard { whole: Some(true) }, move |board| {
            whole.set(Some(board));
            // A browser that cannot print says so itself.
            set_timeout(|| drop(window().print()), Duration::from_millis(50));
        });
    };
    view! {
        <button type="button" class="c-button" disabled=doing.busy on:click=print>"打印课程表"</button>
        {doing.note()}
    }
}

#[component]
fn OnlyWaived(waived: Query) -> impl IntoView {
    let (waived, set_waived) = waived;
    view! {
        <p>
            <label class="c-chip">
                <input
                    type="checkbox"
                    prop:checked=move || waived.get().is_some()
                    on:change:target=move |event| {
                        set_waived.set(event.target().checked().then(|| "true".into()));
                    }
                />
                <span>"只看有五化豁免的"</span>
            </label>
        </p>
    }
}

/// A cell, with the colour of the gap where there is one.
fn wall_cell(board: &BuildBoard, (level, category): (CourseLevel, CourseCategory)) -> WallCell {
    let found = board.cells.iter().find(|it| it.level == level && it.category == category);
    let (planned, building, live) =
        found.map_or((0, 0, 0), |it: &BuildCell| (it.planned, it.building, it.live));
    let count = planned + building + live;
    if count == 0 {
        let words = "缺口，还没有课程".to_owned();
        return WallCell { count, words, class: "c-matrix__cell c-matrix__cell--gap" };
    }
    let class = match live {
        0 => "c-matrix__cell c-matrix__cell--waiting",
        _ => "c-matrix__cell c-matrix__cell--live",
    };
    WallCell {
        count, words: format!("计划 {planned} · 在建 {building} · 在用 {live}"), class
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
fn Rows(page: Builds, places: Places, open: RwSignal<Option<CourseLink>>) -> impl IntoView {
    let Builds { items, total, next } = page;
    let rows = items.into_iter().map(|standing| view! { <Row standing open/> }).collect_view();
    view! {
        <p class="c-count" role="status">{format!("{total} 门课程")}</p>
        <Table columns=&["课程", "层面 · 类别", "阶段", "负责人", "先学", "标准文本", "教学大纲", "教学材料", "#通过", "五化豁免到", "-修改"]>
            {rows}
        </Table>
        <Pager places next/>
    }
}

#[component]
fn Row(standing: CourseBuild, open: RwSignal<Option<CourseLink>>) -> impl IntoView {
    let this = CourseLink { id: standing.course, title: standing.title.clone() };
    let this = StoredValue::new(this);
    let approved = standing.approved();
    let CourseBuild {
        course,
        title,
        level,
        category,
        stage,
        owner,
        prerequisites,
        artefacts,
        waived_until,
        ..
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
            <td class="c-nowrap">{waived_until.map(|day| view! {
                <a href=format!("/admin/courses/{course}/gate")>{day.to_string()}</a>
            })}</td>
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
