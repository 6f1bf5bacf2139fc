//! Making a session, and changing one.

use leptos::{prelude::*, task::spawn_local, web_sys};
use shared::{
    accounts::{ListPeople, Role},
    authoring::{CreateTrainingSession, ListManagedCourses, SaveTrainingSession},
    bases::{ListBases, TrainingBase},
    courses::CourseStatus,
};

use super::{fields::SessionFields, list::Editing};
use crate::{
    admin::{
        courses::CoursePicker,
        kit::{
            AreaField, Drawer, Load, SelectField, TextField, TroubleNote, number_of,
            show_first_error,
        },
        practice::SiteNeeds,
    },
    client::{Client, Trouble},
};

#[component]
pub fn SessionDrawer(
    editing: Editing,
    on_close: Callback<()>,
    on_saved: Callback<()>,
) -> impl IntoView {
    let client = Client::expect();
    let (title, fields, id) = match editing {
        Editing::New => ("新建场次", SessionFields::empty(), None),
        Editing::Change(session) => ("修改场次", SessionFields::of(&session), Some(session.id)),
    };
    let start = untrack(|| fields.typed());
    let dirty = Signal::derive(move || fields.typed() != start);
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(details) = fields.read() else {
            show_first_error();
            return;
        };
        busy.set(true);
        spawn_local(async move {
            let answer = match id {
                Some(session) => client.call(SaveTrainingSession { session, details }).await,
                None => client.call(CreateTrainingSession { details }).await,
            };
            let _ = busy.try_set(false);
            match answer {
                Ok(_) => on_saved.run(()),
                Err(failed) => {
                    fields.errors.set(failed.fields().to_vec());
                    trouble.set(Some(failed));
                    show_first_error();
                }
            }
        });
    };
    view! {
        <Drawer title on_close dirty>
            <form class="c-form" on:submit=submit novalidate=true>
                {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
                <SessionForm fields/>
                <div class="c-form__foot">
                    <button type="submit" class="c-button c-button--primary" disabled=busy>
                        {move || if busy.get() { "正在保存…" } else { "保存" }}
                    </button>
                </div>
            </form>
        </Drawer>
    }
}

/// The base; where it is chosen, its address is where the session takes place, until that is typed.
#[component]
fn BaseField(fields: SessionFields) -> impl IntoView {
    let bases = Load::of(|| ListBases {});
    let choices = Signal::derive(move || {
        let list = bases.value.get().map(|it| it.items).unwrap_or_default();
        let kept = |it: &TrainingBase| {
            it.details.state.is_open() || fields.base.with(|id| *id == it.id.to_string())
        };
        let none = (String::new(), "不在基地".to_owned());
        let open = list.into_iter().filter(kept);
        std::iter::once(none)
            .chain(open.map(|it| (it.id.to_string(), it.details.name)))
            .collect::<Vec<_>>()
    });
    Effect::new(move |before: Option<String>| {
        let chosen = fields.base.get();
        if before.is_some_and(|it| it != chosen) && fields.place.with_untracked(String::is_empty) {
            let list = bases.value.get_untracked().map(|it| it.items).unwrap_or_default();
            if let Some(base) = list.into_iter().find(|it| it.id.to_string() == chosen) {
                fields.place.set(base.details.address);
            }
        }
        chosen
    });
    view! {
        <SelectField
            label="基地"
            optional=true
            hint="选了基地，基地管理员能看到这一场和到场名单"
            value=fields.base
            choices
            error=fields.errors.signal("details.base")
        />
    }
}

#[component]
fn SessionForm(fields: SessionFields) -> impl IntoView {
    let errors = fields.errors;
    let published = || ListManagedCourses {
        status: Some(CourseStatus::Published),
        ..ListManagedCourses::default()
    };
    let people = Load::of(|| ListPeople { role: Some(Role::Instructor) });
    let people = Signal::derive(move || {
        let list = people.value.get().unwrap_or_default();
        let none = (String::new(), "请选择".to_owned());
        let people = list
            .into_iter()
            .map(|it| (it.id.to_string(), format!("{}（{}）", it.name, it.organization)));
        std::iter::once(none).chain(people).collect::<Vec<_>>()
    });
    let heads = Signal::derive(move || number_of(&fields.seats.get()));
    view! {
        <TextField label="叫什么" value=fields.title autofocus=true error=errors.signal("details.title")/>
        <CoursePicker
            label="对应的课程"
            optional=true
            hint="写课程名里的字来找。选了课程，到场情况会进这门课的报表；只能选已发布的"
            among=published
            chosen=fields.course
            error=errors.signal("details.course")
        />
        <BaseField fields/>
        <TextField label="在哪里" hint="楼、层、房间，学员照着这个找" value=fields.place error=errors.signal("details.place")/>
        <div class="c-trio">
            <TextField label="日期" kind="date" value=fields.date/>
            <TextField label="几点开始" kind="time" value=fields.starts error=errors.signal("details.starts_at")/>
            <TextField label="几点结束" kind="time" value=fields.ends error=errors.signal("details.ends_at")/>
        </div>
        <div class="c-pair">
            <SelectField label="讲师" value=fields.instructor choices=people error=errors.signal("details.instructor")/>
            <TextField label="名额" kind="number" min="1" max="1000" value=fields.seats error=errors.signal("details.seats")/>
        </div>
        {move || fields.course.get().map(|it| view! { <SiteNeeds course=it.id heads/> })}
        <AreaField
            label="要带什么、注意什么"
            optional=true
            hint="学员报名后能看到，例如“穿防滑鞋，带工作证”"
            value=fields.notes
            rows=3
            error=errors.signal("details.notes")
        />
    }
}
