//! One lesson of the outline.

use leptos::prelude::*;
use shared::{
    authoring::{LessonDraft, LessonDraftCard, RemoveLesson, SaveLesson, ShowLessonDraft},
    content::LessonKind,
    courses::{CourseId, LessonId},
};

use super::{lesson_move::MoveQuestion, outline::OutlineDesk, title_edit::TitleEdit};
use crate::{
    admin::kit::{Doing, Question},
    client::Trouble,
};

/// A lesson and its place in the chapter.
#[derive(Debug, Clone, PartialEq)]
struct Placed {
    course: CourseId,
    lesson: LessonDraftCard,
    first: bool,
    last: bool,
}

#[component]
pub fn Lesson(outline: OutlineDesk, id: LessonId) -> impl IntoView {
    let placed = Memo::new(move |_| placed(outline, id));
    let renaming = RwSignal::new(false);
    let rename = Callback::new(move |title: String| {
        let change = change(outline, id, move |lesson| lesson.title = title);
        outline.work(change, move || renaming.set(false));
    });
    let close = Callback::new(move |()| renaming.set(false));
    view! {
        <li class="c-lesson">
            {move || if renaming.get() {
                let start = placed.with_untracked(|it| it.lesson.title.clone());
                view! { <TitleEdit label="课时名" start busy=outline.busy on_save=rename on_close=close/> }.into_any()
            } else {
                view! { <Line outline placed renaming/> }.into_any()
            }}
        </li>
    }
}

fn placed(outline: OutlineDesk, id: LessonId) -> Placed {
    outline.desk.course.with(|course| {
        let found = course.chapters.iter().find_map(|chapter| {
            let index = chapter.lessons.iter().position(|it| it.id == id)?;
            Some((chapter.lessons[index].clone(), index == 0, index + 1 == chapter.lessons.len()))
        });
        // A lesson just removed is drawn once more before its row goes.
        let (lesson, first, last) = found.unwrap_or_else(|| {
            let title = String::new();
            (LessonDraftCard { id, title, kind: LessonKind::Article, minutes: 0 }, true, true)
        });
        Placed { course: course.id, lesson, first, last }
    })
}

/// Changes a lesson without opening it: it is saved as it stands, but for the change.
async fn change(
    outline: OutlineDesk,
    id: LessonId,
    change: impl FnOnce(&mut LessonDraft),
) -> Result<(), Trouble> {
    let client = outline.desk.client();
    let mut lesson = client.call(ShowLessonDraft { lesson: id }).await?;
    change(&mut lesson);
    let LessonDraft { version, title, minutes, position, content, .. } = lesson;
    client
        .call(SaveLesson { lesson: id, version, title, minutes, position: Some(position), content })
        .await?;
    outline.desk.refresh().await;
    Ok(())
}

#[component]
fn Line(outline: OutlineDesk, placed: Memo<Placed>, renaming: RwSignal<bool>) -> impl IntoView {
    let (removing, moving) = (RwSignal::new(false), RwSignal::new(false));
    let elsewhere = move || outline.desk.course.with(|course| course.chapters.len() > 1);
    let Placed { course, lesson, .. } = placed.get_untracked();
    let id = lesson.id;
    let shift = move |by: i32| {
        move |_| outline.work(change(outline, id, move |lesson| lesson.position += by), || ())
    };
    let title = move || placed.with(|it| it.lesson.title.clone());
    view! {
        <span class="c-kind">{lesson.kind.label()}</span>
        <a class="c-lesson__title" href=format!("/admin/courses/{course}/lessons/{id}")>{title}</a>
        <span class="c-lesson__minutes">{move || format!("{} 分钟", placed.with(|it| it.lesson.minutes))}</span>
        <div class="c-tools">
            <button type="button" class="c-tool" disabled=move || outline.busy.get() || placed.with(|it| it.first)
                aria-label=move || format!("上移 {}", title()) on:click=shift(-1)>"上移"</button>
            <button type="button" class="c-tool" disabled=move || outline.busy.get() || placed.with(|it| it.last)
                aria-label=move || format!("下移 {}", title()) on:click=shift(1)>"下移"</button>
            <Show when=elsewhere>
                <button type="button" class="c-tool" disabled=outline.busy
                    aria-label=move || format!("换章 {}", title()) on:click=move |_| moving.set(true)>"换章"</button>
            </Show>
            <button type="button" class="c-tool" aria-label=move || format!("改名 {}", title())
                on:click=move |_| renaming.set(true)>"改名"</button>
            <button type="button" class="c-tool c-tool--danger" aria-label=move || format!("删除 {}", title())
                on:click=move |_| removing.set(true)>"删除"</button>
        </div>
        {move || removing.get().then(|| view! {
            <RemoveQuestion outline id title=untrack(title) on_close=Callback::new(move |()| removing.set(false))/>
        })}
        {move || moving.get().then(|| view! {
            <MoveQuestion outline id on_close=Callback::new(move |()| moving.set(false))/>
        })}
    }
}

#[component]
fn RemoveQuestion(
    outline: OutlineDesk,
    id: LessonId,
    title: String,
    on_close: Callback<()>,
) -> impl IntoView {
    let doing = Doing::new();
    let remove = Callback::new(move |()| {
        doing.run(outline.desk.change(RemoveLesson { lesson: id }), move |()| on_close.run(()));
    });
    view! {
        <Question
            title=format!("删除“{title}”这个课时？")
            text="学员手机上的课先不变，发布新的一版以后才没有这个课时；学习记录和成绩都留着。没有提交过的内容删了找不回来，提交过的可以在“版本”里用那一版作草稿。"
            yes="删除课时"
            danger=true
            busy=doing.busy
            on_yes=remove
            on_no=on_close
        >
            {doing.note()}
        </Question>
    }
}
