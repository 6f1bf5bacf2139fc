//! Letting a course be published without a light: which, why and until when.

use leptos::{prelude::*, web_sys};
use shared::{
    courses::CourseId,
    gates::{CourseGate, GateLight, WaiveGate},
};

use crate::admin::kit::{AreaField, CheckGroup, Doing, TextField, date_of};

/// What is typed for a waiver. It outlives the lights being looked at anew.
#[derive(Clone, Copy)]
pub struct Waiving {
    lights: RwSignal<Vec<GateLight>>,
    reason: RwSignal<String>,
    until: RwSignal<String>,
}

impl Waiving {
    /// All lights that are red are chosen until somebody takes one out.
    pub fn of(red: Memo<Vec<GateLight>>) -> Self {
        let lights = RwSignal::new(Vec::new());
        Effect::new(move |before: Option<Vec<GateLight>>| {
            let red = red.get();
            lights.update(|chosen| follow(chosen, &before.unwrap_or_default(), &red));
            red
        });
        Self { lights, reason: RwSignal::new(String::new()), until: RwSignal::new(String::new()) }
    }

    /// Whether something typed would be lost.
    pub fn dirty(self) -> Signal<bool> {
        Signal::derive(move || {
            self.reason.with(|it| !it.is_empty()) || self.until.with(|it| !it.is_empty())
        })
    }

    fn clear(self) {
        self.reason.set(String::new());
        self.until.set(String::new());
    }
}

/// What has turned red since is chosen too, what is mended is not any more.
fn follow(chosen: &mut Vec<GateLight>, before: &[GateLight], red: &[GateLight]) {
    chosen.retain(|it| red.contains(it) || !before.contains(it));
    chosen.extend(red.iter().filter(|it| !before.contains(it)));
    chosen.sort_unstable();
}

/// All of them: a light that is green now may be red of an earlier revision that is to come back.
fn choices(red: &[GateLight]) -> Vec<(GateLight, String)> {
    let named = |light: &GateLight| {
        let mark = if red.contains(light) { "（红灯）" } else { "" };
        (*light, format!("{}{mark}", light.label()))
    };
    GateLight::ALL.iter().map(named).collect()
}

#[component]
pub fn WaiveForm(
    course: CourseId,
    red: Memo<Vec<GateLight>>,
    waiving: Waiving,
    changed: Callback<CourseGate>,
) -> impl IntoView {
    let Waiving { lights, reason, until } = waiving;
    let choices = Signal::derive(move || red.with(|red| choices(red)));
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
        doing.call(request, move |gate| {
            waiving.clear();
            changed.run(gate);
        });
    };
    view! {
        <section class="c-card">
            <h2 class="c-card__title">"来不及补？办豁免"</h2>
            <p class="c-quiet">"要恢复以前的版本，它缺的灯现在可能是绿的，也在这里办。"</p>
            <form class="c-form" on:submit=submit novalidate=true>
                {doing.note()}
                <CheckGroup label="豁免哪几盏灯" chosen=lights choices error=doing.errors.signal("lights")/>
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_light_that_was_taken_out_stays_out_and_one_that_turns_red_comes_in() {
        use GateLight::{Assessment, Indicators, Requirements};
        let mut chosen = Vec::new();
        follow(&mut chosen, &[], &[Requirements, Indicators]);
        assert_eq!(chosen, [Requirements, Indicators]);
        chosen.retain(|it| *it != Indicators);
        let before = [Requirements, Indicators];
        follow(&mut chosen, &before, &before);
        assert_eq!(chosen, [Requirements], "looked at anew");
        follow(&mut chosen, &before, &[Indicators, Assessment]);
        assert_eq!(chosen, [Assessment]);
        chosen.push(Requirements);
        follow(&mut chosen, &[Indicators, Assessment], &[Indicators]);
        assert_eq!(chosen, [Requirements], "for an earlier revision");
    }
}
