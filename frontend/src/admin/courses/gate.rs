//! 五化: five lights of a course, what is missing and where it is mended, and who let it pass without.

use leptos::prelude::*;
use shared::{
    courses::CourseId,
    gates::{
        CourseGate, EndWaiver, GateColour, GateLight, GateState, GateWaiver, LightShown, ShowGate,
    },
    revisions::RevisionState,
    time,
};

use super::{
    frame::{CourseDesk, CourseFrame, Tab},
    waiving::{WaiveForm, Waiving},
};
use crate::admin::{
    address::WithId,
    kit::{AskFirst, Doing, LeaveGuard, Load, Shown},
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
    let changed = Callback::new(move |gate: CourseGate| {
        load.value.set(Some(gate));
        desk.renew();
    });
    let red =
        Memo::new(move |_| load.value.with(|gate| gate.as_ref().map(red_of)).unwrap_or_default());
    let waivers = Memo::new(move |_| {
        load.value.with(|gate| gate.as_ref().map(|it| it.waivers.clone())).unwrap_or_default()
    });
    let looked_at = Memo::new(move |_| {
        load.value.with(|gate| gate.as_ref().is_some_and(|it| it.state.is_some()))
    });
    // Outside of what is drawn anew with every answer, so that nothing typed is dropped.
    let waiving = Waiving::of(red);
    view! {
        <Shown load children=|gate| view! { <Standing gate/> }.into_any()/>
        <Show when=move || looked_at.get()>
            <WaiveForm course=id red waiving changed/>
        </Show>
        <For each=move || waivers.get() key=|it| (it.id, it.counts) let:waiver>
            <Waiver desk waiver changed/>
        </For>
        <LeaveGuard dirty=waiving.dirty() lost=true/>
    }
}

fn red_of(gate: &CourseGate) -> Vec<GateLight> {
    let red = gate.lights.iter().filter(|it| it.colour == GateColour::Unmet);
    red.map(|it| it.light).collect()
}

/// Where the course stands, light by light.
#[component]
fn Standing(gate: CourseGate) -> impl IntoView {
    let unnamed = gate.unnamed.into_iter().map(|it| {
        view! {
            <p class="c-note c-note--bad">{it.text}"，不写不能发布。"<a href=it.mend_at>"去补"</a></p>
        }
    });
    let lights = gate.lights.into_iter().map(|light| view! { <Light light/> });
    let standing = gate.state.map_or(
        ("c-note", "五化只看岗位技能课，这门课不用看。".to_owned()),
        |state| (note_class(state), standing(state, gate.revision)),
    );
    view! {
        {unnamed.collect_view()}
        <p class=standing.0 role="status">{standing.1}</p>
        {lights.collect_view()}
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
        GateState::Unmet if revision.is_some() => {
            "它已经定稿，请先退回，补好再提交；来不及的，在下面办豁免。"
        }
        GateState::Unmet => "红灯补齐以后才能发布；来不及的，在下面办豁免。",
    };
    format!("{of}现在是“{}”。{next}", state.label())
}

#[component]
fn Light(light: LightShown) -> impl IntoView {
    let LightShown { light, colour, missing } = light;
    let class = match colour {
        GateColour::Met => "c-word c-word--good",
        GateColour::Unmet => "c-word c-word--bad",
    };
    let missing = missing.into_iter().map(|it| {
        view! { <li>{it.text}" "<a href=it.mend_at>"去补"</a></li> }
    });
    view! {
        <section class="c-card">
            <h2 class="c-card__title">{light.label()}" "<span class=class>{colour.label()}</span></h2>
            <ul class="c-list">{missing.collect_view()}</ul>
        </section>
    }
}

#[component]
fn Waiver(desk: CourseDesk, waiver: GateWaiver, changed: Callback<CourseGate>) -> impl IntoView {
    let doing = Doing::new();
    let (id, counts) = (waiver.id, waiver.counts);
    let end =
        Callback::new(move |()| doing.call(EndWaiver { waiver: id }, move |it| changed.run(it)));
    // Whatever else of the course changes, a question that is open stays.
    let planned = Memo::new(move |_| {
        desk.course.with(|course| course.review == Some(RevisionState::Scheduled))
    });
    let text = move || {
        if planned.get() {
            "收回以后，灯还红着就不能发布：定好时间的那一版，到时候也不会自动发布。学员正在看的版本不受影响。"
        } else {
            "收回以后，灯还红着就不能发布新的一版。学员正在看的版本不受影响；以后要用，再办一次。"
        }
    };
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
            {move || counts.then(|| view! {
                <AskFirst
                    label="收回豁免"
                    class="c-button c-button--small"
                    title="收回这个豁免？"
                    text=text()
                    yes="收回豁免"
                    doing
                    on_yes=end
                />
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
