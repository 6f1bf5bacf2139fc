//! The courses the officer looks after.

use leptos::prelude::*;
use shared::{
    authoring::{
        CountManagedCourses, CourseCell, ListManagedCourses, ManagedCourse, ManagedCourses,
    },
    courses::{CourseCategory, CourseLevel},
    time,
};

use super::{
    StatusWord,
    create::CreateCourse,
    filters::{FilterBar, Filters},
    package::ImportDrawer,
    wall::{Wall, WallCell},
};
use crate::{
    admin::kit::{Load, Pager, Places, Shown, Table, name_page, places_of},
    clock,
};

#[component]
pub fn CoursesPage() -> impl IntoView {
    name_page("课程");
    let filters = Filters::of_address();
    let asked = Memo::new(move |_| filters.courses());
    let places = places_of(asked);
    let cells = Load::of(|| CountManagedCourses {});
    let load = Load::of(move || ListManagedCourses {
        cursor: places.with(|it| it.last().cloned()),
        ..asked.get()
    });
    let (creating, importing) = (RwSignal::new(false), RwSignal::new(false));
    view! {
        <header class="c-head">
            <h1 class="c-head__title">"课程"</h1>
            <a class="c-button" href="/admin/courses/builds">"课程建设"</a>
            <a class="c-button" href="/admin/courses/files">"文件和空间"</a>
            <a class="c-button" rel="external" href="/study/paths">"岗位学习路径"</a>
            <a class="c-button" rel="external" href="/study/questions">"学员提问"</a>
            <button type="button" class="c-button" on:click=move |_| importing.set(true)>"导入课程包"</button>
            <button type="button" class="c-button c-button--primary" on:click=move |_| creating.set(true)>
                "新建课程"
            </button>
        </header>
        <Shown load=cells children=move |cells| {
            if cells.is_empty() {
                return view! { <FirstCourse creating/> }.into_any();
            }
            let cells = StoredValue::new(cells);
            let cell = Callback::new(move |at| cells.with_value(|it| wall_cell(it, at)));
            view! {
                <Wall caption="各层面、各类别的课程数，选一格只看这一格的课程" filters cell/>
                <FilterBar filters/>
                <Shown load children=move |page: ManagedCourses| {
                    if page.total == 0 {
                        return view! { <NoneFits filters/> }.into_any();
                    }
                    view! { <Courses page places/> }.into_any()
                }/>
            }
            .into_any()
        }/>
        <Show when=move || creating.get()>
            <CreateCourse filters on_close=Callback::new(move |()| creating.set(false))/>
        </Show>
        <Show when=move || importing.get()>
            <ImportDrawer on_close=Callback::new(move |()| importing.set(false))/>
        </Show>
    }
}

/// What to do where there is no course yet.
#[component]
fn FirstCourse(creating: RwSignal<bool>) -> impl IntoView {
    view! {
        <div class="c-empty">
            <h2 class="c-empty__title">"还没有课程"</h2>
            <p>"先起个名字、选好层面和类别，再往里加章节、课时和测验。写好后发布，手机上才看得到。"</p>
            <button type="button" class="c-button c-button--primary" on:click=move |_| creating.set(true)>
                "新建第一门课程"
            </button>
        </div>
    }
}

fn wall_cell(cells: &[CourseCell], (level, category): (CourseLevel, CourseCategory)) -> WallCell {
    match cells.iter().find(|it| it.level == level && it.category == category) {
        Some(cell) => WallCell {
            count: cell.courses,
            words: format!("已发布 {}", cell.published),
            class: "c-matrix__cell",
        },
        None => WallCell {
            count: 0,
            words: "还没有课程".to_owned(),
            class: "c-matrix__cell c-matrix__cell--empty",
        },
    }
}

#[component]
fn NoneFits(filters: Filters) -> impl IntoView {
    view! {
        <div class="c-empty">
            <h2 class="c-empty__title">"没有符合条件的课程"</h2>
            <p>"换个词搜索，或者放宽筛选条件。"</p>
            <button type="button" class="c-button" on:click=move |_| filters.clear()>"清除筛选"</button>
        </div>
    }
}

const COLUMNS: &[&str] =
    &["课程", "层面 · 类别", "岗位", "状态", "#课时", "#题目", "#必学人数", "最近修改"];

#[component]
fn Courses(page: ManagedCourses, places: Places) -> impl IntoView {
    let ManagedCourses { items, total, next } = page;
    let rows = items.into_iter().map(|course| view! { <CourseRow course/> }).collect_view();
    view! {
        <p class="c-count" role="status">{format!("{total} 门课程")}</p>
        <Table columns=COLUMNS>{rows}</Table>
        <Pager places next/>
    }
}

#[component]
fn CourseRow(course: ManagedCourse) -> impl IntoView {
    let posts =
        if course.posts.is_empty() { "不分岗位".to_owned() } else { course.posts.join("、") };
    let others = (!course.editable).then(|| view! { <span class="c-quiet">" 别的单位的"</span> });
    let review = course.review.map(|it| {
        view! { " "<a class="c-word c-word--waiting" href=format!("/admin/courses/{}/revisions", course.id)>{it.label()}</a> }
    });
    let ManagedCourse { id, title, level, category, status, lessons, questions, assigned, .. } =
        course;
    view! {
        <tr>
            <td class="c-table__title"><a href=format!("/admin/courses/{id}")>{title}</a>{others}</td>
            <td class="c-nowrap">{level.label()}" · "{category.label()}</td>
            <td>{posts}</td>
            <td class="c-nowrap"><StatusWord status/>{review}</td>
            <td class="c-number">{lessons}</td>
            <td class="c-number">{questions}</td>
            <td class="c-number">
                <a href=format!("/admin/courses/{id}/report") aria-label=format!("{assigned} 人，看完成情况")>{assigned}</a>
            </td>
            <td class="c-nowrap">{time::moment(course.updated_at, clock::now())}</td>
        </tr>
    }
}
