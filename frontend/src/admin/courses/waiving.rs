//! Letting a course be published without a light: which, why and until when.

use leptos::{prelude::*, web_sys};
use shared::{
    courses::CourseId,
    gates::{GateLight, WaiveGate},
};

use crate::admin::kit::{AreaField, CheckGroup, Doing, TextField, date_of};

#[component]
pub fn WaiveForm(course: CourseId, red: Vec<GateLight>, changed: Callback<()>) -> impl IntoView {
    let lights = RwSignal::new(red.clone());
    let choices: Vec<_> = red.into_iter().map(|it| (it, it.label().to_owned())).collect();
    let reason = RwSignal::new(String::new());
    let until = RwSignal::new(String::new());
    let doing = Doing::new();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(day) = date_of(&until.get_untracked()) else {
            doing.errors.set_one("until", "请选到期的日子");
            return;
        };
        let request = WaiveGate {
            course,
            lights: lights.get_untracked(),
            reason: reason.get_untracked(),
            until: day,
        };
        doing.call(request, move |_| changed.run(()));
    };
    view! {
        <section class="c-card">
            <h2 class="c-card__title">"来不及补？办豁免"</h2>
            <form class="c-form" on:submit=submit novalidate=true>
                {doing.note()}
                <CheckGroup
                    label="豁免哪几盏灯"
                    chosen=lights
                    choices=Signal::stored(choices)
                    error=doing.errors.signal("lights")
                />
                <AreaField
                    label="豁免的原因"
                    value=reason
                    error=doing.errors.signal("reason")
                    hint="会和你的名字一起写在课程上；谁、哪几盏灯、到哪天，审计日志里也有"
                />
                <TextField
                    label="豁免到哪天"
                    kind="date"
                    value=until
                    error=doing.errors.signal("until")
                    hint="最长一年"
                />
                <div class="c-actions">
                    <button type="submit" class="c-button c-button--primary" disabled=doing.busy>"办豁免"</button>
                </div>
            </form>
        </section>
    }
}
