//! Who finished, passed and attended a course.

mod chart;
mod filters;
mod table;

use leptos::prelude::*;
use shared::{
    courses::CourseId,
    reports::{CourseReport, ShowCourseReport},
    time,
};

use self::{
    chart::ReportChart,
    filters::{FilterBar, Filters},
    table::ReportTable,
};
use super::{
    address::WithId,
    courses::{CourseFrame, Tab},
    kit::{Load, Shown},
};

#[component]
pub fn ReportPage() -> impl IntoView {
    view! {
        <WithId name="course" children=Callback::new(|id: CourseId| view! {
            <CourseFrame id tab=Tab::Report children=move |_| view! { <Report course=id/> }.into_any()/>
        }.into_any())/>
    }
}

#[component]
fn Report(course: CourseId) -> impl IntoView {
    let filters = Filters::of_address();
    let request = move || ShowCourseReport {
        course,
        organization: filters.organization(),
        post: filters.post(),
    };
    let load = Load::of(request);
    view! {
        <FilterBar filters request=Signal::derive(request)/>
        <Shown load children=move |report: CourseReport| {
            if report.rows.is_empty() {
                return view! { <Nobody filters/> }.into_any();
            }
            let made_at = time::stamp(report.made_at);
            let people = report.rows.len();
            view! {
                <ReportChart groups=report.groups/>
                <p class="c-count" role="status">{format!("{people} 人，统计到 {made_at}")}</p>
                <ReportTable rows=report.rows/>
            }
            .into_any()
        }/>
    }
}

#[component]
fn Nobody(filters: Filters) -> impl IntoView {
    let (title, text) = if filters.active() {
        ("没有符合条件的人", "换一个单位或岗位看看。")
    } else {
        ("还没有人学这门课", "点右上角“布置必学”，选岗位或单位；学员一开始学，这里就有他们的进度。")
    };
    view! {
        <div class="c-empty">
            <h2 class="c-empty__title">{title}</h2>
            <p>{text}</p>
        </div>
    }
}
