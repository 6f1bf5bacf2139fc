//! 随堂自测: the questions at the end of a lesson.

use leptos::prelude::*;
use shared::{
    authoring::{LessonChecks, QuestionDraft, SaveLessonChecks, ShowLessonChecks},
    courses::LessonId,
};

use super::{
    Questions,
    fields::{QuestionFields, QuizFields},
};
use crate::{
    admin::{
        address::WithId,
        kit::{
            Answer, Document, Draft, Drawn, FieldErrors, Form, Load, Opened, Phone, SaveBar,
            SaveNotes, Versioned, name_page,
        },
        preview::check,
    },
    client::Client,
};

#[component]
pub fn ChecksPage() -> impl IntoView {
    view! {
        <WithId name="lesson" children=Callback::new(|lesson: LessonId| {
            let load = Load::of(move || ShowLessonChecks { lesson });
            view! {
                <Opened load children=move |checks: LessonChecks| view! { <Editor checks/> }.into_any()/>
            }
            .into_any()
        })/>
    }
}

#[component]
fn Editor(checks: LessonChecks) -> impl IntoView {
    let document =
        ChecksDocument { lesson: checks.lesson, fields: ChecksFields(QuizFields::new()) };
    let (course, lesson, title) = (checks.course, checks.lesson, checks.title.clone());
    let draft = Draft::open(document, versioned(checks));
    name_page(&format!("随堂自测：{title}"));
    let called = StoredValue::new(title.clone());
    view! {
        <header class="c-head c-head--sticky">
            <div>
                <nav class="c-trail" aria-label="位置">
                    <a href=format!("/admin/courses/{course}")>"课程"</a>
                    <a href=format!("/admin/courses/{course}/lessons/{lesson}")>{title}</a>
                </nav>
                <h1 class="c-head__title">"随堂自测"</h1>
            </div>
            <SaveBar draft/>
        </header>
        <SaveNotes draft/>
        <div class="c-columns">
            <section class="c-card c-columns__main" aria-label="题目">
                <p class="c-quiet">
                    "最多 5 道。学员学完这一课，在手机上做一遍，交了就看到对错和解析；不算考试，做完才算学完这一课。发布以后学员才看得到。"
                </p>
                <Questions fields=document.fields.0 nothing_yet="还没有题目。两三道就够：做的时候最容易错的地方，各出一道。"/>
            </section>
            <Phone>
                <div class="page">
                    {move || {
                        let (title, questions) = (called.get_value(), draft.current.get());
                        if questions.is_empty() {
                            return view! { <p class="lesson-note">"写下的题目会马上显示在这里。"</p> }.into_any();
                        }
                        view! { <Drawn draw=move || check(&title, &questions)/> }.into_any()
                    }}
                </div>
            </Phone>
        </div>
    }
}

fn versioned(checks: LessonChecks) -> Versioned<Vec<QuestionDraft>> {
    Versioned { version: checks.version, value: checks.questions }
}

#[derive(Clone, Copy)]
struct ChecksDocument {
    lesson: LessonId,
    fields: ChecksFields,
}

/// Of which only the questions count.
#[derive(Clone, Copy)]
struct ChecksFields(QuizFields);

impl Form for ChecksFields {
    type Value = Vec<QuestionDraft>;

    fn read(self) -> Vec<QuestionDraft> {
        self.0.questions.values().into_iter().map(QuestionFields::read).collect()
    }

    fn fill(self, value: Vec<QuestionDraft>) {
        self.0.questions.replace(value, QuestionFields::of);
    }

    fn errors(self) -> FieldErrors {
        self.0.errors
    }

    fn mark_sent(self) {
        self.0.mark_sent();
    }
}

impl Document for ChecksDocument {
    type Form = ChecksFields;

    fn name(self) -> String {
        format!("checks/{}", self.lesson)
    }

    fn form(self) -> ChecksFields {
        self.fields
    }

    async fn fetch(self, client: Client) -> Answer<Vec<QuestionDraft>> {
        client.call(ShowLessonChecks { lesson: self.lesson }).await.map(versioned)
    }

    async fn save(
        self,
        client: Client,
        questions: Vec<QuestionDraft>,
        version: i32,
    ) -> Answer<Vec<QuestionDraft>> {
        let request = SaveLessonChecks { lesson: self.lesson, version, questions };
        client.call(request).await.map(versioned)
    }
}
