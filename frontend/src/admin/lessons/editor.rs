//! The lesson's form and what is around it.

use leptos::prelude::*;
use shared::{
    authoring::{CourseDraft, LessonDraft, SaveLesson, ShowCourseDraft, ShowLessonDraft},
    courses::{CourseId, LessonId},
};

use super::{
    article::ArticleForm,
    fields::{ContentFields, LessonFields, LessonValue},
    preview::Preview,
    rules::{Shorter, TwinField},
    slides::SlidesForm,
    steps::StepsForm,
    video::VideoForm,
};
use crate::{
    admin::{
        kit::{
            Answer, Document, Draft, Load, Opened, SaveBar, SaveNotes, TextField, Versioned,
            name_page,
        },
        standards::{BasisOfLesson, Links},
    },
    client::Client,
};

#[component]
pub fn Editor(course: CourseId, lesson: LessonId) -> impl IntoView {
    let outline = Load::of(move || ShowCourseDraft { course });
    let load = Load::of(move || ShowLessonDraft { lesson });
    view! {
        <Opened load children=move |lesson: LessonDraft| view! { <LessonForm lesson outline/> }.into_any()/>
    }
}

#[component]
fn LessonForm(lesson: LessonDraft, outline: Load<CourseDraft>) -> impl IntoView {
    let (id, course, kind) = (lesson.id, lesson.course, lesson.content.kind());
    let document = LessonDocument { id, fields: LessonFields::new(kind) };
    let draft = Draft::open(document, versioned(lesson));
    let fields = document.fields;
    let links = Links::of_lesson(id);
    provide_context(links);
    let title = move || fields.title.get();
    let card = Signal::derive(move || match fields.content {
        ContentFields::Steps(steps) => steps.place(),
        _ => 0,
    });
    let has_twin = Memo::new(move |_| fields.may_have_twin());
    Effect::new(move || name_page(&title()));
    let editable =
        Signal::derive(move || outline.value.with(|it| it.as_ref().is_some_and(|it| it.editable)));
    let course_title = move || outline.value.get().map(|course| course.details.title);
    view! {
        <header class="c-head c-head--sticky">
            <div>
                <nav class="c-trail" aria-label="位置">
                    <a href="/admin/courses">"课程"</a>
                    <a href=format!("/admin/courses/{course}")>{move || course_title().unwrap_or_else(|| "这门课程".into())}</a>
                </nav>
                <h1 class="c-head__title">{title}" "<span class="c-kind">{kind.label()}</span></h1>
            </div>
            <SaveBar draft/>
        </header>
        <div class="c-columns">
            <div class="c-columns__main">
                <SaveNotes draft/>
                <section class="c-card" aria-label="课时">
                    <Basics fields/>
                    <Shorter minutes=fields.minutes outline/>
                    {match fields.content {
                        ContentFields::Article(blocks) => view! { <ArticleForm blocks errors=fields.errors/> }.into_any(),
                        ContentFields::Video(video) => view! { <VideoForm fields=video errors=fields.errors/> }.into_any(),
                        ContentFields::Slides(slides) => view! { <SlidesForm fields=slides errors=fields.errors/> }.into_any(),
                        ContentFields::Recording(it) => view! { <VideoForm fields=it errors=fields.errors recording=true/> }.into_any(),
                        ContentFields::Steps(steps) => view! { <StepsForm fields=steps errors=fields.errors/> }.into_any(),
                    }}
                    {move || has_twin.get().then(|| view! { <TwinField fields outline/> })}
                    <TooLong lesson=draft.current/>
                </section>
                <p class="c-card">
                    <a href=format!("/admin/courses/{course}/lessons/{id}/checks")>"随堂自测"</a>
                    <span class="c-quiet">"：课时最后出几道题，做完才算学完这一课"</span>
                </p>
                <BasisOfLesson course lesson=id links editable/>
                <Neighbours lesson=id outline/>
            </div>
            <Preview id lesson=draft.current card/>
        </div>
    }
}

#[component]
fn Basics(fields: LessonFields) -> impl IntoView {
    let errors = fields.errors;
    view! {
        <div class="c-pair c-pair--wide">
            <TextField label="课时名" value=fields.title error=errors.signal("title")/>
            <TextField label="学完要几分钟" kind="number" min="1" max="60" value=fields.minutes error=errors.signal("minutes")/>
        </div>
        {move || errors.exactly("content").or_else(|| errors.exactly("content.blocks")).or_else(|| errors.exactly("content.cards")).map(|error| view! {
            <p class="c-field__error" role="alert">{error}</p>
        })}
    }
}

/// Says that a lesson has grown too long for a slow line.
#[component]
fn TooLong(lesson: Memo<LessonValue>) -> impl IntoView {
    let bytes = Memo::new(move |_| {
        lesson.with(|it| serde_json::to_vec(&it.content).map_or(0, |it| it.len()))
    });
    move || too_long(bytes.get()).map(|it| view! { <p class="c-quiet" role="status">{it}</p> })
}

fn too_long(bytes: usize) -> Option<String> {
    // Thousands of bytes that a phone with little traffic reads at once.
    const MOST: usize = 15;
    let thousands = bytes.div_ceil(1000);
    (thousands > MOST).then(|| {
        format!("这一课文字有 {thousands} KB，超过 {MOST} KB，流量少的手机打开会慢，建议拆成两课。")
    })
}

/// The lessons before and after this one.
#[component]
fn Neighbours(lesson: LessonId, outline: Load<CourseDraft>) -> impl IntoView {
    move || {
        let course = outline.value.get()?;
        let all: Vec<_> = course.chapters.iter().flat_map(|chapter| &chapter.lessons).collect();
        let here = all.iter().position(|it| it.id == lesson)?;
        let link = |at: Option<usize>, what: &str| {
            let it = all.get(at?)?;
            let href = format!("/admin/courses/{}/lessons/{}", course.id, it.id);
            Some(view! { <a href=href>{format!("{what}：{}", it.title)}</a> })
        };
        Some(view! {
            <nav class="c-neighbours" aria-label="前后课时">
                <span>{link(here.checked_sub(1), "上一课时")}</span>
                <span>{link(here.checked_add(1), "下一课时")}</span>
            </nav>
        })
    }
}

fn versioned(lesson: LessonDraft) -> Versioned<LessonValue> {
    let LessonDraft { version, title, minutes, content, .. } = lesson;
    Versioned { version, value: LessonValue { title, minutes, content } }
}

#[derive(Clone, Copy)]
struct LessonDocument {
    id: LessonId,
    /// Changed in the outline only.
    fields: LessonFields,
}

impl Document for LessonDocument {
    type Form = LessonFields;

    fn name(self) -> String {
        format!("lesson/{}", self.id)
    }

    fn form(self) -> LessonFields {
        self.fields
    }

    async fn fetch(self, client: Client) -> Answer<LessonValue> {
        client.call(ShowLessonDraft { lesson: self.id }).await.map(versioned)
    }

    async fn save(self, client: Client, value: LessonValue, version: i32) -> Answer<LessonValue> {
        let LessonValue { title, minutes, content } = value;
        // Lessons are put in order on the course's page, maybe while this one is written.
        let request =
            SaveLesson { lesson: self.id, version, title, minutes, position: None, content };
        client.call(request).await.map(versioned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lesson_beyond_15_kb_is_said_to_be_long() {
        assert_eq!(too_long(15_000), None);
        assert!(too_long(15_001).unwrap().contains("有 16 KB，超过 15 KB"));
    }
}
