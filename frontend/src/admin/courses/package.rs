//! 课程包: bringing a course in as a file, and copying one to another organisation.

use leptos::prelude::*;
use shared::packages::{CopyCourse, ImportedCourse};

use super::frame::CourseDesk;
use crate::admin::kit::{
    Doing, Drawer, FileButton, SelectField, UploadKind, organization_choices, reading,
};

/// The organisations within reach, and what happens where none is chosen.
fn owners() -> Signal<Vec<(String, String)>> {
    let organizations = organization_choices();
    Signal::derive(move || {
        let mut choices = vec![(String::new(), "不指定，和新建课程一样".to_owned())];
        choices.extend(organizations.get());
        choices
    })
}

#[component]
pub fn ImportDrawer(on_close: Callback<()>) -> impl IntoView {
    let owner = RwSignal::new(String::new());
    let (done, sending) = (RwSignal::new(None::<ImportedCourse>), RwSignal::new(false));
    let choices = owners();
    let imported = Callback::new(move |imported: ImportedCourse| done.set(Some(imported)));
    let button = move || {
        let kind = UploadKind::Package(owner.with(|it| it.parse().ok()));
        view! { <FileButton kind label="选择课程包" on_done=reading(imported) busy=sending/> }
    };
    view! {
        <Drawer title="导入课程包" on_close>
            {move || match done.get() {
                Some(imported) => view! { <Report imported/> }.into_any(),
                None => view! {
                    <p>"课程包是从课程页的“导出课程包”下载的 zip。导入后是一门新的草稿，校核、评审、发布以后学员才看得到。"</p>
                    <SelectField label="归哪个单位" value=owner choices disabled=sending/>
                    {button}
                }
                .into_any(),
            }}
        </Drawer>
    }
}

#[component]
pub fn CopyDrawer(desk: CourseDesk, on_close: Callback<()>) -> impl IntoView {
    let owner = RwSignal::new(String::new());
    let done = RwSignal::new(None::<ImportedCourse>);
    let (doing, choices) = (Doing::new(), owners());
    let course = desk.course.with_untracked(|it| it.id);
    let copy = move |_| {
        let organization = owner.with_untracked(|it| it.parse().ok());
        let request = CopyCourse { course, revision: None, organization };
        doing.call(request, move |imported| done.set(Some(imported)));
    };
    view! {
        <Drawer title="复制到其他单位" on_close>
            {move || match done.get() {
                Some(imported) => view! { <Report imported/> }.into_any(),
                None => view! {
                    <p>"复制学员正在看的那一版；还没有发布过的，复制草稿。复制出来是一门新的草稿，两门课以后各改各的。"</p>
                    <SelectField label="复制到" value=owner choices/>
                    {doing.note()}
                    <div class="c-form__foot">
                        <button type="button" class="c-button c-button--primary" disabled=doing.busy on:click=copy>
                            {move || if doing.busy.get() { "正在复制…" } else { "复制" }}
                        </button>
                    </div>
                }
                .into_any(),
            }}
        </Drawer>
    }
}

/// What came of it, and what did not come along.
#[component]
fn Report(imported: ImportedCourse) -> impl IntoView {
    let ImportedCourse { course, title, chapters, lessons, questions, files, links, .. } = imported;
    let counts = format!(
        "{chapters} 章，{lessons} 课时，{questions} 道题，{files} 个文件，{links} 处条款链接（草拟）"
    );
    let clauses = imported
        .clauses_left_out
        .into_iter()
        .map(|it| format!("{} 第 {} 条（{}）：{}", it.standard, it.number, it.place, it.reason));
    view! {
        <p role="status">"新的草稿“"{title}"”已经建好："{counts}"。"</p>
        <LeftOut why="这些岗位这里没有，没有带过来：" what=imported.posts_left_out/>
        {(imported.questions_withheld > 0).then(|| format!(
            "有 {} 道题没有带过来：不能改这门课的人导出时，题目不跟着走。请这门课的负责人导出，或者自己出题。",
            imported.questions_withheld,
        )).map(|why| view! { <p>{why}</p> })}
        <LeftOut why="这些题没有带答案，没有导入，请照着重新出题：" what=imported.questions_left_out/>
        <LeftOut why="这些条款没有链接上，请在标准仓里补：" what={clauses.collect()}/>
        <div class="c-form__foot">
            <a class="c-button c-button--primary" href=format!("/admin/courses/{course}")>"打开新课程"</a>
        </div>
    }
}

#[component]
fn LeftOut(why: &'static str, what: Vec<String>) -> impl IntoView {
    (!what.is_empty()).then(|| {
        view! {
            <p>{why}</p>
            <ul class="c-list">{what.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ul>
        }
    })
}
