//! 五化: five lights of a course, what is missing and where it is mended, and who let it pass without.

use leptos::prelude::*;
use shared::{
    courses::CourseId,
    gates::{CourseGate, EndWaiver, GateColour, GateState, GateWaiver, LightShown, ShowGate},
    time,
};

use super::{
    frame::{CourseDesk, CourseFrame, Tab},
    waiving::WaiveForm,
};
use crate::admin::{
    address::WithId,
    kit::{Doing, Load, Shown},
};

#[component]
pub fn GatePage() -> impl IntoView {
    view! {
        <WithId name="course" children=Callback::new(|id: CourseId| view! {
            <CourseFrame id tab=Tab::Gate children=move |desk| view! { <Gate desk id/> }.into_any()/>
        }.into_any())/>
    }
}

#[component]
fn Gate(desk: CourseDesk, id: CourseId) -> impl IntoView {
    let load = Load::of(move || {
        // What is done in the head of the page changes it too.
        desk.course.with(|course| (course.review, course.live, course.status));
        ShowGate { course: id }
    });
    let changed = Callback::new(move |()| {
        load.reload();
        desk.renew();
    });
    view! {
        <Shown load children=move |gate: CourseGate| {
            let unnamed = gate.unnamed.into_iter().map(|it| view! {
                <p class="c-note c-note--bad">{it.text}"，不写不能发布。"<a href=it.mend_at>"去补"</a></p>
            });
            let unnamed = unnamed.collect_view();
            let Some(state) = gate.state else {
                return view! {
                    {unnamed}
                    <p class="c-note">"五化只看岗位技能课，这门课不用看。"</p>
                }
                .into_any();
            };
            let red: Vec<_> =
                gate.lights.iter().filter(|it| it.colour == GateColour::Unmet).map(|it| it.light).collect();
            let lights = gate.lights.into_iter().map(|light| view! { <Light light/> });
            let waivers = gate.waivers.into_iter().map(|waiver| view! { <Waiver waiver changed/> });
            view! {
                {unnamed}
                <p class=note_class(state) role="status">{standing(state, gate.revision)}</p>
                {lights.collect_view()}
                {(!red.is_empty()).then(|| view! { <WaiveForm course=id red changed/> })}
                {waivers.collect_view()}
            }
            .into_any()
        }/>
    }
}

const fn note_class(state: GateState) -> &'static str {
    match state {
        GateState::Met => "c-note c-note--good",
        GateState::Waived => "c-note c-note--warn",
        GateState::Unmet => "c-note c-note--bad",
    }
}

fn standing(state: GateState, revision: Option<u32>) -> String {
    let of = revision.map_or_else(|| "草稿".to_owned(), |it| format!("第 {it} 版"));
    let next = match state {
        GateState::Met => "可以发布。",
        GateState::Waived => "办了豁免，到期之前可以发布，缺的请尽快补上。",
        GateState::Unmet => "红灯补齐以后才能发布；来不及的，在下面办豁免。",
    };
    format!("{of}现在是“{}”。{next}", state.label())
}

#[component]
fn Light(light: LightShown) -> impl IntoView {
    let LightShown { light, colour, missing, not_built } = light;
    let class = match colour {
        GateColour::Met => "c-word c-word--good",
        GateColour::Unmet => "c-word c-word--bad",
        GateColour::NotBuilt => "c-word",
    };
    let missing = missing.into_iter().map(|it| {
        view! { <li>{it.text}" "<a href=it.mend_at>"去补"</a></li> }
    });
    view! {
        <section class="c-card">
            <h2 class="c-card__title">{light.label()}" "<span class=class>{colour.label()}</span></h2>
            <ul class="c-list">{missing.collect_view()}</ul>
            {not_built.into_iter().map(|it| view! { <p class="c-quiet">{it}</p> }).collect_view()}
        </section>
    }
}

#[component]
fn Waiver(waiver: GateWaiver, changed: Callback<()>) -> impl IntoView {
    let doing = Doing::new();
    let (id, counts) = (waiver.id, waiver.counts);
    let end = move |_| doing.call(EndWaiver { waiver: id }, move |_| changed.run(()));
    view! {
        <section class="c-card">
            <h2 class="c-card__title">
                "豁免 "
                <span class={if counts { "c-word c-word--waiting" } else { "c-word" }}>
                    {if counts { "有效" } else { "已到期或收回" }}
                </span>
            </h2>
            <p>{waived(&waiver)}</p>
            <p class="c-quiet">{format!("{} 办理", time::stamp(waiver.at))}</p>
            {doing.note()}
            {counts.then(|| view! {
                <button type="button" class="c-button c-button--small" disabled=doing.busy on:click=end>"收回豁免"</button>
            })}
        </section>
    }
}

/// Who let which lights pass, until when and why.
pub fn waived(waiver: &GateWaiver) -> String {
    let lights: Vec<_> = waiver.lights.iter().map(|it| it.label()).collect();
    let GateWaiver { by, until, reason, .. } = waiver;
    format!("{by}豁免了{}，到 {until} 为止。原因：{reason}", lights.join("、"))
}
