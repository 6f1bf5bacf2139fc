//! How far one course has come: its stage, who owns it, what comes before it, and its artefacts.

use leptos::{prelude::*, web_sys};
use shared::{
    accounts::{ListPeople, PersonCard, Role},
    authoring::ListManagedCourses,
    builds::{ArtefactSlot, BuildStage, CourseBuild, CourseLink, SaveBuild, ShowBuild},
    courses::CourseId,
};

use super::{build_artefact::ArtefactForm, finder::CourseFinder};
use crate::admin::{
    address::{choice_of, name_of},
    kit::{Doing, Drawer, Load, Opened, SelectField},
};

#[component]
pub fn BuildDrawer(course: CourseLink, on_close: Callback<()>) -> impl IntoView {
    let CourseLink { id, title } = course;
    // As it is now, not as it was when the list was drawn.
    let load = Load::of(move || ShowBuild { course: id });
    // One of the form above, and one of each artefact.
    let changed = [(); 1 + ArtefactSlot::ALL.len()].map(|()| RwSignal::new(false));
    let dirty = Signal::derive(move || changed.iter().any(|it| it.get()));
    view! {
        <Drawer title="课程建设" on_close dirty>
            <p class="c-quiet">{title}</p>
            <Opened load children=move |standing: CourseBuild| {
                let forms = standing.artefacts.clone().into_iter().zip(changed.into_iter().skip(1));
                let forms = forms.map(|(artefact, changed)| view! { <ArtefactForm artefact load changed/> });
                view! {
                    <BuildForm standing load changed=changed[0]/>
                    {forms.collect_view()}
                }
                .into_any()
            }/>
        </Drawer>
    }
}

#[component]
fn BuildForm(
    standing: CourseBuild,
    load: Load<CourseBuild>,
    /// Whether something is not saved.
    changed: RwSignal<bool>,
) -> impl IntoView {
    let CourseBuild { course, stage: now, owner, prerequisites, .. } = standing;
    let by_hand = now.is_set_by_hand();
    let stage = RwSignal::new(name_of(&now));
    let owners = owners(owner.as_ref().map(|it| (it.id.to_string(), it.name.clone())));
    let owner = RwSignal::new(owner.map(|it| it.id.to_string()).unwrap_or_default());
    let needs = RwSignal::new(prerequisites);
    let stages = BuildStage::ALL.iter().filter(|it| it.is_set_by_hand());
    let stages: Vec<_> = stages.map(|it| (name_of(it), it.label().to_owned())).collect();
    let doing = Doing::new();
    let saved = RwSignal::new(false);
    let read = move || (stage.get(), owner.get(), needs.with(|it| ids(it)));
    let kept = RwSignal::new(untrack(read));
    Effect::new(move || changed.set(read() != kept.get()));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        saved.set(false);
        let sent = untrack(read);
        let request = SaveBuild {
            course,
            stage: by_hand.then(|| choice_of(&sent.0)).flatten(),
            owner: sent.1.parse().ok(),
            prerequisites: sent.2.clone(),
        };
        doing.call(request, move |now| {
            kept.set(sent);
            saved.set(true);
            load.value.set(Some(now));
        });
    };
    view! {
        <form class="c-form" on:submit=submit novalidate=true>
            {doing.note()}
            {if by_hand {
                view! {
                    <SelectField label="阶段" value=stage choices=Signal::stored(stages) error=doing.errors.signal("stage")/>
                }
                .into_any()
            } else {
                view! { <p class="c-quiet">{format!("现在是“{}”，跟着版本走。", now.label())}</p> }.into_any()
            }}
            <SelectField label="负责人" value=owner choices=owners optional=true error=doing.errors.signal("owner")/>
            <Needs course chosen=needs error=doing.errors.signal("prerequisites")/>
            <div class="c-actions">
                <button type="submit" class="c-button c-button--primary" disabled=doing.busy>"保存"</button>
                <Saved saved changed/>
            </div>
        </form>
    }
}

/// Says that all of a form is saved, until something in it is changed again.
#[component]
pub fn Saved(saved: RwSignal<bool>, changed: RwSignal<bool>) -> impl IntoView {
    let words = move || match (changed.get(), saved.get()) {
        (true, _) => "有修改没保存",
        (false, true) => "已保存",
        (false, false) => "",
    };
    view! { <span role="status">{words}</span> }
}

fn ids(courses: &[CourseLink]) -> Vec<CourseId> {
    courses.iter().map(|it| it.id).collect()
}

/// What is to be learnt before the course: those that were chosen, and one more.
#[component]
fn Needs(
    course: CourseId,
    chosen: RwSignal<Vec<CourseLink>>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let rows = move || {
        let rows = chosen.get().into_iter().map(|CourseLink { id, title }| {
            let remove = move |_| chosen.update(|list| list.retain(|it| it.id != id));
            view! {
                <li>
                    {title}" "
                    <button type="button" class="c-button c-button--small" on:click=remove>"去掉"</button>
                </li>
            }
        });
        rows.collect_view()
    };
    let without = Signal::derive(move || {
        let chosen = chosen.get().into_iter().map(|it| it.id);
        std::iter::once(course).chain(chosen).collect::<Vec<_>>()
    });
    let on_choose = Callback::new(move |course| chosen.update(|list| list.push(course)));
    view! {
        <CourseFinder
            label="先学哪些课程"
            hint="手机上会提醒学员先学它们；不拦着学，已学的进度都在"
            optional=true
            among=ListManagedCourses::default
            without
            on_choose
            error
        />
        <ol class="c-field c-list">{rows}</ol>
    }
}

/// Officers and instructors, and whoever owns it now.
fn owners(now: Option<(String, String)>) -> Signal<Vec<(String, String)>> {
    let officers = Load::of(|| ListPeople { role: Some(Role::TrainingOfficer) });
    let instructors = Load::of(|| ListPeople { role: Some(Role::Instructor) });
    Signal::derive(move || {
        let mut people: Vec<PersonCard> = officers.value.get().unwrap_or_default();
        people.extend(instructors.value.get().unwrap_or_default());
        people.sort_by_key(|it| it.id);
        people.dedup_by_key(|it| it.id);
        let mut choices = vec![(String::new(), "没有定".to_owned())];
        choices.extend(now.clone());
        let names = people
            .into_iter()
            .map(|it| (it.id.to_string(), format!("{}（{}）", it.name, it.organization)));
        choices.extend(names.filter(|(id, _)| now.as_ref().is_none_or(|(it, _)| it != id)));
        choices
    })
}
