//! What the rules of the course ask of a lesson, said while it is written.

use std::iter;

use leptos::prelude::*;
use shared::{authoring::CourseDraft, content::LessonKind};

use super::fields::LessonFields;
use crate::admin::kit::{Load, SelectField, number_of};

/// Says that a lesson takes longer than its level allows.
#[component]
pub fn Shorter(minutes: RwSignal<String>, outline: Load<CourseDraft>) -> impl IntoView {
    move || {
        let level = outline.value.with(|it| it.as_ref().map(|it| it.details.level))?;
        let most = level.longest_lesson()?;
        (minutes.with(|it| number_of(it)) > most).then(|| view! {
            <p class="c-field__error" role="status">
                {format!("{}层面的课时最多 {most} 分钟，请拆成两课，不然不能提交校核。", level.label())}
            </p>
        })
    }
}

/// 图文版, chosen among the articles of the course.
#[component]
pub fn TwinField(fields: LessonFields, outline: Load<CourseDraft>) -> impl IntoView {
    let choices = Memo::new(move |_| {
        let chosen = fields.twin.get();
        outline.value.with(|course| {
            let lessons = course.iter().flat_map(|it| &it.chapters).flat_map(|it| &it.lessons);
            let articles = lessons.filter(|it| it.kind == LessonKind::Article);
            let articles = articles.map(|it| (it.id.to_string(), it.title.clone()));
            let none = iter::once((String::new(), "没有".to_owned()));
            let mut choices: Vec<_> = none.chain(articles).collect();
            // It must not look as if there were none.
            if course.is_some() && choices.iter().all(|(id, _)| *id != chosen) {
                choices.push((chosen, "原来选的一课已经不在了".to_owned()));
            }
            choices
        })
    });
    view! {
        <SelectField
            label="图文版"
            hint="讲同样内容的一课图文，流量少的人改看它。学这一课要用 20 MB 以上的流量时必须有"
            value=fields.twin
            choices
            error=fields.errors.signal("content.twin")
        />
    }
}
