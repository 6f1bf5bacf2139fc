//! 布置必学: to whom, and until when.

use chrono::Days;
use leptos::{prelude::*, task::spawn_local, web_sys};
use shared::{
    accounts::PersonId,
    authoring::{AssignCourse, Assignment, ListAssignments},
    courses::CourseStatus,
    organizations::{ListOrganizations, ListPosts, OrganizationId, PostId},
    roster::TeamId,
    time,
};

use super::{
    audience::{Audience, audience_of},
    frame::CourseDesk,
    named::{Named, NamedField},
};
use crate::{
    admin::kit::{
        CheckGroup, Drawer, FieldErrors, Load, Shown, TextField, TroubleNote, date_of,
        show_first_error, today,
    },
    client::Trouble,
    clock,
};

#[component]
pub fn AssignDrawer(desk: CourseDesk, on_close: Callback<()>) -> impl IntoView {
    let course = desk.course.with_untracked(|course| course.id);
    let earlier = Load::of(move || ListAssignments { course });
    let unpublished = move || desk.course.with(|course| course.status != CourseStatus::Published);
    let fields = AssignFields::new(desk.course.with_untracked(|it| it.details.posts.clone()));
    view! {
        <Drawer title="布置必学" on_close dirty=Signal::derive(move || fields.dirty())>
            {move || unpublished().then(|| view! {
                <p class="c-note c-note--warn">"课程还没有发布，学员看不到。先发布，再来布置。"</p>
            })}
            <Show when=move || !unpublished()><AssignForm desk fields earlier/></Show>
            <h3 class="c-subtitle">"以前布置过的"</h3>
            <Shown load=earlier children=|list| view! { <Earlier list/> }.into_any()/>
        </Drawer>
    }
}

#[derive(Clone, Copy)]
struct AssignFields {
    posts: RwSignal<Vec<PostId>>,
    organizations: RwSignal<Vec<OrganizationId>>,
    named: Named,
    due_on: RwSignal<String>,
    /// What closing would not lose: what stood there first, or was assigned since.
    kept: RwSignal<Typed>,
    errors: FieldErrors,
}

type Typed = (Vec<PostId>, Vec<OrganizationId>, Vec<TeamId>, Vec<PersonId>, String);

impl AssignFields {
    fn new(posts: Vec<PostId>) -> Self {
        let in_two_weeks = today().checked_add_days(Days::new(14)).unwrap_or_default();
        let due_on = in_two_weeks.to_string();
        Self {
            posts: RwSignal::new(posts.clone()),
            organizations: RwSignal::new(Vec::new()),
            named: Named::nobody(),
            due_on: RwSignal::new(due_on.clone()),
            kept: RwSignal::new((posts, Vec::new(), Vec::new(), Vec::new(), due_on)),
            errors: FieldErrors::new(),
        }
    }

    fn typed(self) -> Typed {
        let (teams, people) = (self.named.teams(), self.named.people());
        (self.posts.get(), self.organizations.get(), teams, people, self.due_on.get())
    }

    fn dirty(self) -> bool {
        self.kept.with(|kept| *kept != self.typed())
    }
}

#[component]
fn AssignForm(
    desk: CourseDesk,
    fields: AssignFields,
    earlier: Load<Vec<Assignment>>,
) -> impl IntoView {
    let reached = audience_of(fields.posts.into(), fields.organizations.into(), fields.named);
    let trouble = RwSignal::new(None::<Trouble>);
    let done = RwSignal::new(None::<Assignment>);
    let busy = RwSignal::new(false);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(request) = request(desk, fields) else {
            show_first_error();
            return;
        };
        busy.set(true);
        let sent = untrack(|| fields.typed());
        spawn_local(async move {
            let answer = desk.client().call(request).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(assignment) => {
                    fields.kept.set(sent);
                    trouble.set(None);
                    fields.errors.set(Vec::new());
                    done.set(Some(assignment));
                    earlier.reload();
                    desk.refresh().await;
                }
                Err(failed) => {
                    done.set(None);
                    fields.errors.set(failed.fields().to_vec());
                    trouble.set(Some(failed));
                    show_first_error();
                }
            }
        });
    };
    view! {
        <form class="c-form" on:submit=submit novalidate=true>
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
            {move || done.get().map(|it| view! {
                <p class="c-note c-note--good" role="status">
                    {format!("已布置给 {} 人（{}），{}。他们的消息里会收到提醒。", it.people, it.target, time::learn_by(it.due_on, today()))}
                </p>
            })}
            <WhomFields fields/>
            <p class="c-note" role="status">{move || reaches(reached.get())}</p>
            <div class="c-form__foot">
                <button type="submit" class="c-button c-button--primary" disabled=busy>
                    {move || if busy.get() { "正在布置…" } else { "布置" }}
                </button>
            </div>
        </form>
    }
}

/// Who will be affected, in words.
fn reaches(audience: Audience) -> String {
    match audience {
        Audience::NoChoice => "选了岗位、单位、班组或人，这里会显示布置给多少人。".into(),
        Audience::Counting => "正在数会布置给多少人…".into(),
        Audience::People(0) => "选的岗位和单位里现在没有人。".into(),
        Audience::People(people) => format!(
            "会布置给 {people} 人，就是花名册上现在符合的人。他们的消息里会收到提醒，首页的“今日必学”里会出现这门课。"
        ),
        Audience::Unknown => "没数出会布置给多少人，布置好以后会告诉您人数。".into(),
    }
}

#[component]
fn WhomFields(fields: AssignFields) -> impl IntoView {
    let posts = Load::of(|| ListPosts {});
    let organizations = Load::of(|| ListOrganizations {});
    let posts = Signal::derive(move || {
        let list = posts.value.get().unwrap_or_default();
        list.into_iter().map(|it| (it.id, it.name)).collect::<Vec<_>>()
    });
    let organizations = Signal::derive(move || {
        let list = organizations.value.get().unwrap_or_default();
        list.into_iter().map(|it| (it.id, it.name)).collect::<Vec<_>>()
    });
    let errors = fields.errors;
    view! {
        <CheckGroup
            label="哪些岗位"
            hint="不选就是不限岗位"
            chosen=fields.posts
            choices=posts
            error=errors.signal("posts")
        />
        <CheckGroup
            label="哪些单位"
            hint="不选就是不限单位"
            chosen=fields.organizations
            choices=organizations
            error=errors.signal("organizations")
        />
        <NamedField named=fields.named/>
        <TextField label="哪天之前学完" kind="date" value=fields.due_on error=errors.signal("due_on")/>
    }
}

/// The request of a filled form; where the date is missing, the field says so instead.
fn request(desk: CourseDesk, fields: AssignFields) -> Option<AssignCourse> {
    let Some(due_on) = date_of(&fields.due_on.get_untracked()) else {
        fields.errors.set_one("due_on", "请选一个日期");
        return None;
    };
    Some(AssignCourse {
        course: desk.course.with_untracked(|course| course.id),
        posts: fields.posts.get_untracked(),
        organizations: fields.organizations.get_untracked(),
        due_on,
        teams: untrack(|| fields.named.teams()),
        people: untrack(|| fields.named.people()),
    })
}

#[component]
fn Earlier(list: Vec<Assignment>) -> impl IntoView {
    if list.is_empty() {
        return view! { <p class="c-quiet">"还没有布置过。布置后，选中的人会在手机首页的“今日必学”里看到它。"</p> }.into_any();
    }
    let rows = list.into_iter().map(|it| {
        view! {
            <tr>
                <td>{it.target}</td>
                <td class="c-number">{it.people}</td>
                <td class="c-nowrap">{time::day(it.due_on, today())}</td>
                <td class="c-nowrap">{time::moment(it.created_at, clock::now())}</td>
            </tr>
        }
    });
    view! {
        <table class="c-table">
            <thead>
                <tr>
                    <th scope="col">"布置给"</th>
                    <th scope="col" class="c-number">"人数"</th>
                    <th scope="col">"截止"</th>
                    <th scope="col">"布置时间"</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
