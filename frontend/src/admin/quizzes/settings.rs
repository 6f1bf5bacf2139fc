//! The rules of a quiz.

use leptos::prelude::*;
use shared::quizzes::ReleasePolicy;

use super::fields::QuizFields;
use crate::admin::kit::{RadioGroup, TextField};

#[component]
pub fn SettingsForm(fields: QuizFields) -> impl IntoView {
    let errors = fields.errors;
    let policies = ReleasePolicy::ALL.iter().map(|it| (*it, it.label())).collect::<Vec<_>>();
    view! {
        <TextField label="测验名" value=fields.title error=errors.signal("settings.title")/>
        <div class="c-trio">
            <TextField label="及格（百分）" kind="number" min="1" max="100" value=fields.pass_mark error=errors.signal("settings.pass_mark")/>
            <TextField label="时长（分钟）" kind="number" min="1" max="180" value=fields.minutes error=errors.signal("settings.minutes")/>
            <TextField label="每人几次" kind="number" min="1" max="20" value=fields.attempts error=errors.signal("settings.attempts")/>
        </div>
        <RadioGroup label="什么时候公布解析" chosen=fields.release choices=policies error=errors.signal("settings.release")/>
        <TextField
            label="几时开放"
            kind="datetime-local"
            optional=true
            hint="不填就是课程发布后一直开放；北京时间"
            value=fields.opens_at
            error=errors.signal("settings.opens_at")
        />
        <TextField
            label="几时结束"
            kind="datetime-local"
            optional=true
            hint="到点后不能再开始，没交的卷子自动收"
            value=fields.closes_at
            error=errors.signal("settings.closes_at")
        />
    }
}
