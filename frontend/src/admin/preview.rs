//! A course as the phone will show it: before it is published, and after.

mod check;
mod frozen;
mod question;
mod screens;

use leptos::prelude::*;
use shared::{
    authoring::{QuizDraft, QuizSettings, ShowLessonDraft, ShowQuizDraft},
    courses::{CourseId, LessonId},
    revisions::{CourseRevisionContent, ListRevisions, RevisionList, ShowRevision},
};

pub use check::{CheckDoor, CheckScreen, check};

use super::{
    address::{WithId, query},
    courses::{CourseDesk, CourseFrame, Tab},
    kit::{Drawn, Load, Opened, Phone, Shown},
    practice::PracticeShown,
};
use check::door;

#[component]
pub fn PreviewPage() -> impl IntoView {
    view! {
        <WithId name="course" children=Callback::new(|id: CourseId| view! {
            <CourseFrame id tab=Tab::Preview children=move |desk| view! {
                <div class="c-preview"><Chosen desk id/></div>
            }
            .into_any()/>
        }.into_any())/>
    }
}

/// The draft, or the revision whose number the address says.
#[component]
fn Chosen(desk: CourseDesk, id: CourseId) -> impl IntoView {
    let (number, _) = query("revision");
    let number = Memo::new(move |_| number.get().and_then(|it| it.parse::<u32>().ok()));
    move || match number.get() {
        Some(number) => view! { <Numbered desk id number/> }.into_any(),
        None => view! { <Words desk/> <Whole desk id/> }.into_any(),
    }
}

/// What was submitted, whatever its author has written since.
#[component]
fn Numbered(desk: CourseDesk, id: CourseId, number: u32) -> impl IntoView {
    let load = Load::of(move || ListRevisions { course: id });
    view! {
        <Shown load children=move |list: RevisionList| {
            let found = list.revisions.iter().find(|it| it.number == number).map(|it| it.id);
            let Some(revision) = found else {
                return view! { <p class="c-note">{format!("这门课没有第 {number} 版。")}</p> }.into_any();
            };
            let load = Load::of(move || ShowRevision { revision });
            view! {
                <Shown load children=move |it: CourseRevisionContent| view! {
                    {frozen::words(id, &it.revision)}
                    <Walk desk quiz=frozen::quiz(&it) text=Some(it.clone())/>
                    <div class="c-preview__more"><PracticeShown practice=it.content.practice/></div>
                }
                .into_any()/>
            }
            .into_any()
        }/>
    }
}

/// With the quiz for those who may see its answers.
#[component]
fn Whole(desk: CourseDesk, id: CourseId) -> impl IntoView {
    if !desk.course.with_untracked(|course| course.editable) {
        let (settings, questions) = (QuizSettings::default(), Vec::new());
        let quiz = QuizDraft { course: id, version: 0, settings, questions };
        return view! { <Walk desk quiz/> }.into_any();
    }
    let load = Load::of(move || ShowQuizDraft { course: id });
    view! { <Opened load children=move |quiz: QuizDraft| view! { <Walk desk quiz/> }.into_any()/> }
        .into_any()
}

/// Where on the phone the officer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Screen {
    Course,
    Lesson(LessonId),
    /// 随堂自测
    Check(LessonId),
    Quiz,
    /// By its place, from 0.
    Question(usize),
}

impl Screen {
    /// Where 返回 leads.
    const fn parent(self) -> Option<Self> {
        match self {
            Self::Course => None,
            Self::Lesson(_) | Self::Quiz => Some(Self::Course),
            Self::Check(lesson) => Some(Self::Lesson(lesson)),
            Self::Question(_) => Some(Self::Quiz),
        }
    }
}

#[component]
fn Words(desk: CourseDesk) -> impl IntoView {
    let missing = move || {
        let missing = desk.course.with(|course| course.missing.clone());
        (!missing.is_empty()).then(|| {
            view! {
                <div class="c-note c-note--warn">
                    <div class="c-note__text">
                        <p>{format!("还差 {} 处才能发布：", missing.len())}</p>
                        <ul class="c-list">
                            {missing.into_iter().map(|it| view! {
                                <li>{it.text}" "<a href=it.mend_at>"去补"</a></li>
                            }).collect_view()}
                        </ul>
                    </div>
                </div>
            }
        })
    };
    view! {
        <section class="c-preview__words" aria-label="怎么看">
            <h2 class="c-subtitle">"点一点，和学员看到的一样"</h2>
            <p>"课时和测验都能点进去看。这里显示的是已经保存的内容；没保存的修改看不到。"</p>
            <p class="c-quiet">"在这里怎么点都不算学习记录。测验只看题面，不显示答案；学员答题时，题目和选项的先后每人不同。随堂自测可以做一遍，交了就看到对错。"</p>
            {missing}
        </section>
    }
}

/// The phone, and walking through it.
#[component]
fn Walk(
    desk: CourseDesk,
    quiz: QuizDraft,
    /// A revision; the draft where there is none, whose lessons are asked for one by one.
    #[prop(optional_no_strip)]
    text: Option<CourseRevisionContent>,
) -> impl IntoView {
    let at = RwSignal::new(Screen::Course);
    let (quiz, text) = (StoredValue::new(quiz), StoredValue::new(text));
    Effect::new(move || {
        at.track();
        if let Ok(Some(screen)) = document().query_selector(".c-phone__screen") {
            screen.set_scroll_top(0);
        }
    });
    let course = move || {
        let draft = desk.course.get();
        text.with_value(|text| match text {
            Some(text) => frozen::course(draft, text),
            None => draft,
        })
    };
    let course_title = move || untrack(course).details.title;
    let shown = move || match at.get() {
        Screen::Course => {
            let course = course();
            view! { <Drawn draw=move || screens::course(&course, &quiz.get_value(), at)/> }
                .into_any()
        }
        Screen::Lesson(lesson) => {
            match text.with_value(|it| frozen::lesson(it.as_ref()?, lesson)) {
                Some(found) => {
                    let asked = text.with_value(|it| frozen::checks(it.as_ref(), lesson).len());
                    let on_press = Callback::new(move |()| at.set(Screen::Check(lesson)));
                    let title = course_title();
                    view! {
                        <Drawn draw=move || screens::lesson(found, &title)/>
                        {(asked > 0).then(|| view! { <Drawn draw=move || door(asked, on_press)/> })}
                    }
                    .into_any()
                }
                None => view! { <DraftLesson desk lesson at title=course_title()/> }.into_any(),
            }
        }
        Screen::Check(lesson) => match text.with_value(|it| frozen::lesson(it.as_ref()?, lesson)) {
            Some(found) => {
                let asked = text.with_value(|it| frozen::checks(it.as_ref(), lesson));
                view! { <Drawn draw=move || check(&found.title, &asked)/> }.into_any()
            }
            None => view! { <CheckScreen lesson/> }.into_any(),
        },
        Screen::Quiz => {
            view! { <Drawn draw=move || screens::quiz(&quiz.get_value(), &course_title(), at)/> }
                .into_any()
        }
        Screen::Question(index) => {
            view! { <Drawn draw=move || question::question(&quiz.get_value(), index, at)/> }
                .into_any()
        }
    };
    view! {
        <Phone>
            {move || { let screen = at.get(); view! { <Drawn draw=move || screens::head(screen, at)/> } }}
            <div class="page">{shown}</div>
        </Phone>
    }
}

/// A lesson as it is saved, with the way to its questions.
#[component]
fn DraftLesson(
    desk: CourseDesk,
    lesson: LessonId,
    at: RwSignal<Screen>,
    title: String,
) -> impl IntoView {
    // Keys are for those only who write the course.
    let editable = desk.course.with_untracked(|course| course.editable);
    let load = Load::of(move || ShowLessonDraft { lesson });
    view! {
        <Shown load children=move |lesson| {
            let title = title.clone();
            view! { <Drawn draw=move || screens::lesson(lesson, &title)/> }.into_any()
        }/>
        {editable.then(|| {
            let on_press = Callback::new(move |()| at.set(Screen::Check(lesson)));
            view! { <CheckDoor lesson on_press/> }
        })}
    }
}
