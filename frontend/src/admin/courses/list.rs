//! The courses the officer looks after.

use leptos::prelude::*;
use shared::{
    authoring::{ListManagedCourses, ManagedCourse},
    time,
};

use super::{
    StatusWord,
    create::CreateCourse,
    filters::{FilterBar, Filters},
    matrix::Matrix,
    package::ImportDrawer,
};
use crate::{
    admin::kit::{Load, Shown, name_page},
    clock,
};

#[component]
pub fn CoursesPage() -> impl IntoView {
    name_page("课程");
    let load = Load::of(ListManagedCourses::default);
    let filters = Filters::of_address();
    let (creating, importing) = (RwSignal::new(false), RwSignal::new(false));
    view! {
        <header class="c-head">
            <h1 class="c-head__title">"课程"</h1>
            <a class="c-button" href="/admin/courses/builds">"课程建设"</a>
            <a class="c-button" rel="external" href="/study/paths">"岗位学习路径"</a>
            <a class="c-button" rel="external" href="/study/questions">"学员提问"</a>
            <button type="button" class="c-button" on:click=move |_| importing.set(true)>"导入课程包"</button>
            <button type="button" class="c-button c-button--primary" on:click=move |_| creating.set(true)>
                "新建课程"
            </button>
        </header>
        <Shown load children=move |courses| {
            if courses.is_empty() {
                return view! { <FirstCourse creating/> }.into_any();
            }
            let courses = StoredValue::new(courses);
            view! {
                <Matrix courses filters/>
                <FilterBar filters/>
                <CourseTable courses filters/>
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

#[component]
fn CourseTable(courses: StoredValue<Vec<ManagedCourse>>, filters: Filters) -> impl IntoView {
    let shown = Memo::new(move |_| {
        courses.with_value(|list| {
            list.iter().filter(|course| filters.admit(course)).cloned().collect::<Vec<_>>()
        })
    });
    let count = move || format!("{} 门课程", shown.with(Vec::len));
    let rows =
        move || shown.get().into_iter().map(|course| view! { <CourseRow course/> }).collect_view();
    let nothing = move || {
        shown.with(Vec::is_empty).then(|| view! {
        <div class="c-empty">
            <h2 class="c-empty__title">"没有符合条件的课程"</h2>
            <p>"换个词搜索，或者放宽筛选条件。"</p>
            <button type="button" class="c-button" on:click=move |_| filters.clear()>"清除筛选"</button>
        </div>
    })
    };
    view! {
        <p class="c-count" role="status">{count}</p>
        <div class="c-table-frame" class:c-gone=move || shown.with(Vec::is_empty)>
            <table class="c-table">
                <thead>
                    <tr>
                        <th scope="col">"课程"</th>
                        <th scope="col">"层面 · 类别"</th>
                        <th scope="col">"岗位"</th>
                        <th scope="col">"状态"</th>
                        <th scope="col" class="c-number">"课时"</th>
                        <th scope="col" class="c-number">"题目"</th>
                        <th scope="col" class="c-number">"必学人数"</th>
                        <th scope="col">"最近修改"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {nothing}
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
