//! One chapter of the outline.

use leptos::{prelude::*, web_sys};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use shared::{
    authoring::{AddLesson, ChapterDraft, RemoveChapter, SaveChapter},
    content::LessonKind,
    courses::ChapterId,
};

use super::{outline::OutlineDesk, outline_lesson::Lesson, title_edit::TitleEdit};
use crate::admin::{
    address::{choice_of, name_of},
    kit::{Doing, Question},
};

/// A chapter and its place in the course.
#[derive(Debug, Clone, PartialEq)]
struct Placed {
    chapter: ChapterDraft,
    /// From 1.
    position: i32,
    last: bool,
}

#[component]
pub fn Chapter(outline: OutlineDesk, id: ChapterId) -> impl IntoView {
    let placed = Memo::new(move |_| placed(outline, id));
    let renaming = RwSignal::new(false);
    let lessons = Memo::new(move |_| {
        placed.with(|it| it.chapter.lessons.iter().map(|lesson| lesson.id).collect::<Vec<_>>())
    });
    let rename = Callback::new(move |title: String| {
        let position = placed.with_untracked(|it| it.position);
        outline.change(SaveChapter { chapter: id, title, position }, move || renaming.set(false));
    });
    let close = Callback::new(move |()| renaming.set(false));
    view! {
        <li class="c-chapter">
            <div class="c-chapter__head">
                {move || if renaming.get() {
                    let start = placed.with_untracked(|it| it.chapter.title.clone());
                    view! { <TitleEdit label="章名" start busy=outline.busy on_save=rename on_close=close/> }.into_any()
                } else {
                    view! { <Title outline placed renaming/> }.into_any()
                }}
            </div>
            <ol class="c-lessons">
                <For each=move || lessons.get() key=|lesson| *lesson let:lesson>
                    <Lesson outline id=lesson/>
                </For>
            </ol>
            <NewLesson outline id/>
        </li>
    }
}

fn placed(outline: OutlineDesk, id: ChapterId) -> Placed {
    outline.desk.course.with(|course| {
        let index = course.chapters.iter().position(|it| it.id == id).unwrap_or_default();
        let chapter = course.chapters.get(index).cloned();
        // A chapter just removed is drawn once more before its row goes.
        let chapter = chapter.unwrap_or(ChapterDraft { id, title: String::new(), lessons: vec![] });
        let position = i32::try_from(index + 1).unwrap_or(i32::MAX);
        Placed { chapter, position, last: index + 1 >= course.chapters.len() }
    })
}

#[component]
fn Title(outline: OutlineDesk, placed: Memo<Placed>, renaming: RwSignal<bool>) -> impl IntoView {
    let removing = RwSignal::new(false);
    let id = placed.with_untracked(|it| it.chapter.id);
    let shift = move |by: i32| {
        move |_| {
            let (title, position) =
                placed.with_untracked(|it| (it.chapter.title.clone(), it.position));
            outline.change(SaveChapter { chapter: id, title, position: position + by }, || ());
        }
    };
    let what = move || placed.with(|it| it.chapter.title.clone());
    view! {
        <h3 class="c-chapter__title">
            <span class="c-chapter__number">{move || format!("第 {} 章", placed.with(|it| it.position))}</span>
            {what}
        </h3>
        <div class="c-tools">
            <button type="button" class="c-tool" disabled=move || outline.busy.get() || placed.with(|it| it.position == 1)
                aria-label=move || format!("上移 {}", what()) on:click=shift(-1)>"上移"</button>
            <button type="button" class="c-tool" disabled=move || outline.busy.get() || placed.with(|it| it.last)
                aria-label=move || format!("下移 {}", what()) on:click=shift(1)>"下移"</button>
            <button type="button" class="c-tool" aria-label=move || format!("改名 {}", what())
                on:click=move |_| renaming.set(true)>"改名"</button>
            <button type="button" class="c-tool c-tool--danger" aria-label=move || format!("删除 {}", what())
                on:click=move |_| removing.set(true)>"删除"</button>
        </div>
        {move || removing.get().then(|| {
            let chapter = placed.with_untracked(|it| it.chapter.clone());
            let on_close = Callback::new(move |()| removing.set(false));
            view! { <RemoveQuestion outline chapter on_close/> }
        })}
    }
}

#[component]
fn RemoveQuestion(
    outline: OutlineDesk,
    chapter: ChapterDraft,
    on_close: Callback<()>,
) -> impl IntoView {
    let doing = Doing::new();
    let id = chapter.id;
    let remove = Callback::new(move |()| {
        doing.run(outline.desk.change(RemoveChapter { chapter: id }), move |()| on_close.run(()));
    });
    let lost = match chapter.lessons.len() {
        0 => "这一章里没有课时，删了不影响别的。".to_owned(),
        lessons => {
            format!(
                "这一章里的 {lessons} 个课时会一起从草稿里删掉。学员手机上的课先不变，发布新的一版以后才没有\
                 它们；学习记录和成绩都留着。没有提交过的内容删了找不回来，要留的课时先点“换章”。"
            )
        }
    };
    view! {
        <Question
            title=format!("删除“{}”这一章？", chapter.title)
            text=lost
            yes="删除这一章"
            danger=true
            busy=doing.busy
            on_yes=remove
            on_no=on_close
        >
            {doing.note()}
        </Question>
    }
}

#[component]
fn NewLesson(outline: OutlineDesk, id: ChapterId) -> impl IntoView {
    let title = RwSignal::new(String::new());
    let kind = RwSignal::new(LessonKind::Article);
    let navigate = use_navigate();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let written = title.get_untracked().trim().to_owned();
        if written.is_empty() || outline.busy.get_untracked() {
            return;
        }
        let request = AddLesson { chapter: id, title: written, kind: kind.get_untracked() };
        let navigate = navigate.clone();
        let add = async move {
            let lesson = outline.desk.client().call(request).await?;
            navigate(
                &format!("/admin/courses/{}/lessons/{}", lesson.course, lesson.id),
                NavigateOptions::default(),
            );
            Ok(())
        };
        outline.work(add, || ());
    };
    let kinds =
        LessonKind::ALL.iter().map(|it| view! { <option value=name_of(it)>{it.label()}</option> });
    view! {
        <form class="c-add c-add--lesson" on:submit=submit>
            <select
                class="c-input c-add__kind"
                aria-label="课时形式"
                on:change:target=move |event| kind.set(choice_of(&event.target().value()).unwrap_or(LessonKind::Article))
            >
                {kinds.collect_view()}
            </select>
            <input
                class="c-input"
                aria-label="新课时的名字"
                placeholder="新课时的名字"
                prop:value=title
                on:input:target=move |event| title.set(event.target().value())
            />
            <button
                type="submit"
                class="c-button c-button--small"
                disabled=move || outline.busy.get() || title.with(|it| it.trim().is_empty())
            >
                "加课时"
            </button>
        </form>
    }
}
