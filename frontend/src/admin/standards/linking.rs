//! Linking a clause to a lesson, a card, a part of a video or a question.

use leptos::{prelude::*, web_sys};
use shared::{
    authoring::{ListManagedCourses, ShowCourseDraft, ShowLessonDraft, ShowQuizDraft},
    content::LessonContent,
    courses::{CourseId, LessonId},
    standards::console::{ClauseRow, LinkClause, LinkCoverage, LinkKind, LinkTarget},
};

use crate::admin::kit::{Doing, Drawer, Load, RadioGroup, SelectField, TextField};

type Choices = Signal<Vec<(String, String)>>;

#[component]
pub fn LinkDrawer(row: ClauseRow, on_close: Callback<()>, on_done: Callback<()>) -> impl IntoView {
    let ClauseRow { id: clause, number, title, text, .. } = row;
    let [course, part] = [(); 2].map(|()| RwSignal::new(String::new()));
    let (kind, coverage) = (RwSignal::new(LinkKind::Taught), RwSignal::new(LinkCoverage::Whole));
    let (dated, note) = (RwSignal::new(false), RwSignal::new(String::new()));
    let doing = Doing::new();
    let dirty = Signal::derive(move || !course.with(String::is_empty));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(target) = target_of(&part.get_untracked()) else {
            return doing.errors.set_one("target", "请选课程里的一处");
        };
        let request = LinkClause {
            clause,
            target,
            kind: kind.get_untracked(),
            coverage: coverage.get_untracked(),
            dated: dated.get_untracked(),
            note: note.get_untracked(),
        };
        doing.call(request, move |_| on_done.run(()));
    };
    let head = format!("{number} {}", if title.is_empty() { text } else { title });
    let kinds = LinkKind::ALL.iter().map(|it| (*it, it.label())).collect();
    let coverages = LinkCoverage::ALL.iter().map(|it| (*it, it.label())).collect();
    view! {
        <Drawer title="链接到课程" on_close dirty>
            <form class="c-form" on:submit=submit novalidate=true>
                {doing.note()}
                <p>{head}</p>
                <SelectField label="课程" value=course choices=course_choices()/>
                {move || course.get().parse::<CourseId>().ok().map(|course| view! {
                    <SelectField label="课程里的哪一处" value=part choices=part_choices(course) error=doing.errors.signal("target")/>
                })}
                <RadioGroup label="用途" chosen=kind choices=kinds/>
                <RadioGroup label="覆盖" chosen=coverage choices=coverages/>
                <RadioGroup
                    label="引用方式" chosen=dated
                    choices=vec![(false, "不注日期：跟着标准的新版本走"), (true, "注日期：只引用这一版")]
                />
                <TextField label="说明" optional=true value=note error=doing.errors.signal("note")/>
                <div class="c-form__foot">
                    <button type="submit" class="c-button c-button--primary" disabled=doing.busy>"存为草拟"</button>
                </div>
                <p class="c-quiet">"存好以后，到“条款链接”里提交复核，由另一个人复核后生效。"</p>
            </form>
        </Drawer>
    }
}

/// The courses that can be changed.
fn course_choices() -> Choices {
    let load = Load::of(|| ListManagedCourses { level: None, category: None });
    Signal::derive(move || {
        let own = load.value.get().unwrap_or_default().into_iter().filter(|it| it.editable);
        let own = own.map(|it| (it.id.to_string(), it.title));
        std::iter::once((String::new(), "请选课程".to_owned())).chain(own).collect()
    })
}

/// Lessons, their cards, and questions of a course. A value is its target as it travels.
fn part_choices(course: CourseId) -> Choices {
    let draft = Load::of(move || ShowCourseDraft { course });
    let quiz = Load::of(move || ShowQuizDraft { course });
    let lessons = Memo::new(move |_| {
        let chapters = draft.value.get().map(|it| it.chapters).unwrap_or_default();
        chapters
            .into_iter()
            .flat_map(|it| it.lessons)
            .map(|it| (it.id, it.title))
            .collect::<Vec<_>>()
    });
    let loads = Memo::new(move |_| {
        let ids = lessons.get().into_iter();
        ids.map(|(lesson, _)| StoredLoad(Load::of(move || ShowLessonDraft { lesson })))
            .collect::<Vec<_>>()
    });
    Signal::derive(move || {
        let mut choices = vec![(String::new(), "请选一处".to_owned())];
        for ((lesson, title), load) in lessons.get().into_iter().zip(loads.get()) {
            choices.push((value_of(&LinkTarget::Lesson { lesson }), title.clone()));
            let content = load.0.value.get().map(|it| it.content);
            choices.extend(content.into_iter().flat_map(|it| places_in(lesson, &title, &it)));
        }
        let questions = quiz.value.get().map(|it| it.questions).unwrap_or_default();
        choices.extend(questions.into_iter().filter_map(|it| {
            let target = LinkTarget::Question { question: it.id? };
            Some((value_of(&target), format!("试题：{}", it.stem)))
        }));
        choices
    })
}

/// Compared by nothing: whatever is loaded anew is another.
#[derive(Clone)]
struct StoredLoad(Load<shared::authoring::LessonDraft>);

impl PartialEq for StoredLoad {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

fn places_in(lesson: LessonId, title: &str, content: &LessonContent) -> Vec<(String, String)> {
    match content {
        LessonContent::Steps(steps) => (0_u32..)
            .zip(&steps.cards)
            .map(|(card, it)| {
                let target = LinkTarget::Card { lesson, card };
                (value_of(&target), format!("{title} · 第 {} 步 {}", card + 1, it.title))
            })
            .collect(),
        LessonContent::Video(video) => parts_of(video.seconds)
            .map(|(from, to)| {
                let target = LinkTarget::Video { lesson, from, to };
                (value_of(&target), format!("{title} · {}～{}", clock(from), clock(to)))
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// A video in parts of half a minute.
fn parts_of(seconds: u32) -> impl Iterator<Item = (u32, u32)> {
    (0..seconds.min(3600)).step_by(30).map(move |from| (from, seconds.min(from + 30)))
}

fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn value_of(target: &LinkTarget) -> String {
    serde_json::to_string(target).unwrap_or_default()
}

fn target_of(value: &str) -> Option<LinkTarget> {
    serde_json::from_str(value).ok()
}
