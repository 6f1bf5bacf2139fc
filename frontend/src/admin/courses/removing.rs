//! Removing a course that nobody ever learnt from.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use shared::authoring::RemoveCourse;

use super::frame::CourseDesk;
use crate::admin::kit::{Doing, Question};

#[component]
pub fn RemoveQuestion(desk: CourseDesk, on_close: Callback<()>) -> impl IntoView {
    let (course, title) =
        desk.course.with_untracked(|course| (course.id, course.details.title.clone()));
    let doing = Doing::new();
    let navigate = use_navigate();
    let remove = Callback::new(move |()| {
        let navigate = navigate.clone();
        doing.call(RemoveCourse { course }, move |()| {
            navigate("/admin/courses", NavigateOptions::default());
        });
    });
    view! {
        <Question
            title=format!("删除《{title}》？")
            text="这门课没有发布过，删了不影响学员。章节、课时、测验和提交过的版本都会一起没有，找不回来；课程墙、课程建设进度里也不再算它。"
            yes="删除课程"
            danger=true
            busy=doing.busy
            on_yes=remove
            on_no=on_close
        >
            {doing.note()}
        </Question>
    }
}
