//! Submitting a course: what keeps it from being submitted, and what was changed.

use leptos::prelude::*;
use shared::{authoring::CourseDraft, revisions::SubmitRevision};

use super::frame::CourseDesk;
use crate::admin::kit::{AreaField, Doing, Held, Notice, Question, is_kept};

/// What is missing, or what others are to read.
#[component]
pub fn SubmitDialog(desk: CourseDesk, on_close: Callback<()>) -> impl IntoView {
    // Drawn anew only where that changes, so that no word is dropped.
    let whole = Memo::new(move |_| desk.course.with(|course| course.missing.is_empty()));
    move || {
        if whole.get() {
            view! { <SubmitQuestion desk on_close/> }.into_any()
        } else {
            view! { <Missing desk on_close/> }.into_any()
        }
    }
}

/// What is written on the page is not with the server.
#[component]
pub fn HeldNotice(held: Held, on_close: Callback<()>) -> impl IntoView {
    view! {
        <Notice
            title="这一页还没有保存好"
            text="没有保存的内容不会算进去，所以先停在这里；您写的都还在页面上。"
            on_close
        >
            <p class="c-note c-note--warn" role="alert">{held.words()}</p>
        </Notice>
    }
}

#[component]
fn Missing(desk: CourseDesk, on_close: Callback<()>) -> impl IntoView {
    let missing = desk.course.with_untracked(|course| course.missing.clone());
    let title = format!("还差 {} 处，补齐后就能提交", missing.len());
    view! {
        <Notice title text="补好一处保存一处，再点“提交校核”。" on_close>
            <ul class="c-list">
                {missing.into_iter().map(|it| view! {
                    <li>{it.text}" "<a href=it.mend_at on:click=move |_| on_close.run(())>"去补"</a></li>
                }).collect_view()}
            </ul>
        </Notice>
    }
}

/// What was changed, before others read it.
#[component]
fn SubmitQuestion(desk: CourseDesk, on_close: Callback<()>) -> impl IntoView {
    let course = desk.course.with_untracked(|course| course.id);
    let note = RwSignal::new(String::new());
    let doing = Doing::new();
    let submit = Callback::new(move |()| {
        let request = SubmitRevision { course, note: note.get_untracked() };
        doing.call(request, move |_| {
            desk.renew();
            on_close.run(());
        });
    });
    view! {
        <Question
            title="提交校核？"
            text="现在的内容会定下来成为新的一版，请另一位同事校核、评审，通过后就能发布。提交以后接着改草稿，不影响已经提交的这一版。"
            yes="提交校核"
            busy=doing.busy
            on_yes=submit
            on_no=on_close
        >
            {doing.note()}
            <KeptHere desk on_close/>
            <AreaField label="改了什么" value=note optional=true error=doing.errors.signal("note")/>
        </Question>
    }
}

/// What is kept on this computer only, from other pages of the course, and does not go along.
#[component]
fn KeptHere(desk: CourseDesk, on_close: Callback<()>) -> impl IntoView {
    let kept = desk.course.with_untracked(pages);
    let kept: Vec<_> = kept.into_iter().filter(|it| is_kept(&it.key)).collect();
    (!kept.is_empty()).then(|| {
        let links = kept.into_iter().map(|Page { title, at, .. }| {
            view! { <li>{title}" "<a href=at on:click=move |_| on_close.run(())>"去保存"</a></li> }
        });
        view! {
            <p class="c-note c-note--warn">"这台电脑上还留着没有保存的草稿，不会一起提交："</p>
            <ul class="c-list">{links.collect_view()}</ul>
        }
    })
}

/// A page of the course where something is written.
#[derive(Debug, PartialEq)]
struct Page {
    /// What its draft is called on this computer.
    key: String,
    title: String,
    at: String,
}

fn pages(course: &CourseDraft) -> Vec<Page> {
    let at = format!("/admin/courses/{}", course.id);
    let mut pages = vec![
        Page { key: format!("course/{}", course.id), title: "课程信息".into(), at: at.clone() },
        Page {
            key: format!("quiz/{}", course.id), title: "测验".into(), at: format!("{at}/quiz")
        },
    ];
    for lesson in course.chapters.iter().flat_map(|chapter| &chapter.lessons) {
        let (id, at) = (lesson.id, format!("{at}/lessons/{}", lesson.id));
        let checks = (format!("checks/{id}"), format!("随堂自测：{}", lesson.title));
        pages.push(Page { key: checks.0, title: checks.1, at: format!("{at}/checks") });
        pages.push(Page {
            key: format!("lesson/{id}"),
            title: format!("课时：{}", lesson.title),
            at,
        });
    }
    pages
}

#[cfg(test)]
mod tests {
    use shared::{
        authoring::{ChapterDraft, LessonDraftCard},
        content::LessonKind,
        courses::{ChapterId, LessonId},
    };

    use super::*;
    use crate::admin::courses::tests::a_course;

    #[test]
    fn every_page_where_a_course_is_written_is_asked_for_a_draft() {
        let id = LessonId(uuid::Uuid::now_v7());
        let (title, kind) = ("摆台".to_owned(), LessonKind::Article);
        let lessons = vec![LessonDraftCard { id, title, kind, minutes: 3 }];
        let chapter = ChapterId(uuid::Uuid::now_v7());
        let chapters = vec![ChapterDraft { id: chapter, title: "第一章".into(), lessons }];
        let course = CourseDraft { chapters, ..a_course() };
        let keys: Vec<_> = pages(&course).into_iter().map(|it| it.key).collect();
        let own = |what: &str| format!("{what}/{}", course.id);
        let of_lesson = |what: &str| format!("{what}/{id}");
        assert_eq!(keys, [own("course"), own("quiz"), of_lesson("checks"), of_lesson("lesson")]);
    }
}
