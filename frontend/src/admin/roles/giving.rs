//! Giving somebody a role: whom, which, and for what.

use leptos::{prelude::*, task::spawn_local, web_sys};
use shared::{
    accounts::{Me, PersonCard, PersonId, Role},
    grants::{FindAppointees, GrantRole, ListScopes, Scope, ScopeChoice, is_administrator},
};

use crate::{
    admin::{
        address::{choice_of, name_of},
        kit::{Drawer, FieldErrors, SelectField, TextField, TroubleNote, show_first_error},
    },
    client::{Client, Trouble},
};

#[derive(Clone, Copy)]
struct Fields {
    search: RwSignal<String>,
    person: RwSignal<Option<PersonId>>,
    role: RwSignal<String>,
    scope: RwSignal<String>,
    scopes: RwSignal<Vec<ScopeChoice>>,
    errors: FieldErrors,
}

impl Fields {
    fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            search: text(),
            person: RwSignal::new(None),
            role: text(),
            scope: text(),
            scopes: RwSignal::new(Vec::new()),
            errors: FieldErrors::new(),
        }
    }

    /// The request, or the first field that is missing.
    fn read(self) -> Result<GrantRole, (&'static str, &'static str)> {
        let person = self.person.get_untracked().ok_or(("person", "请先找到人并选中"))?;
        let role = choice_of::<Role>(&self.role.get_untracked()).ok_or(("role", "请选角色"))?;
        let chosen = self.scope.get_untracked();
        let scope = self
            .scopes
            .with_untracked(|all| all.iter().map(|it| it.scope).find(|it| key_of(*it) == chosen));
        Ok(GrantRole { person, role, scope: scope.ok_or(("scope", "请选范围"))? })
    }
}

fn key_of(scope: Scope) -> String {
    scope.id.map_or_else(|| name_of(&scope.kind), |id| id.to_string())
}

#[component]
pub fn GiveDrawer(me: Me, on_close: Callback<()>, on_given: Callback<()>) -> impl IntoView {
    let client = Client::expect();
    let fields = Fields::new();
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        fields.errors.set(Vec::new());
        let request = match fields.read() {
            Ok(request) => request,
            Err((field, message)) => {
                fields.errors.set_one(field, message);
                return show_first_error();
            }
        };
        busy.set(true);
        spawn_local(async move {
            let answer = client.call(request).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(_) => on_given.run(()),
                Err(failed) => {
                    fields.errors.set(failed.fields().to_vec());
                    trouble.set(Some(failed));
                    show_first_error();
                }
            }
        });
    };
    let dirty = Signal::derive(move || fields.person.with(Option::is_some));
    view! {
        <Drawer title="授予角色" on_close dirty>
            <form class="c-form" on:submit=submit novalidate=true>
                {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
                <WhoField fields/>
                <WhatFields me fields/>
                <div class="c-form__foot">
                    <button type="submit" class="c-button c-button--primary" disabled=busy>
                        {move || if busy.get() { "正在保存…" } else { "授予" }}
                    </button>
                </div>
            </form>
        </Drawer>
    }
}

/// Whom: found by name or 工号.
#[component]
fn WhoField(fields: Fields) -> impl IntoView {
    let client = Client::expect();
    let found = RwSignal::new(None::<Vec<PersonCard>>);
    Effect::new(move || {
        let search = fields.search.get().trim().to_owned();
        fields.person.set(None);
        if search.chars().count() < 2 {
            return found.set(None);
        }
        spawn_local(async move {
            let people = client.call(FindAppointees { search: search.clone() }).await;
            // Only what was typed last counts.
            if fields.search.try_with_untracked(|it| it.trim() == search) == Some(true) {
                found.set(people.ok());
            }
        });
    });
    let label =
        |it: &PersonCard| format!("{}（{}，{}）", it.name, it.staff_number, it.organization);
    let chosen = RwSignal::new(String::new());
    Effect::new(move || fields.person.set(chosen.get().parse().ok()));
    view! {
        <TextField label="给谁" value=fields.search hint="输入姓名或工号，至少两个字" error=fields.errors.signal("person") autofocus=true/>
        {move || found.get().map(|people| if people.is_empty() {
            view! { <p class="c-quiet" role="status">"花名册里没有找到归你管的这个人"</p> }.into_any()
        } else {
            let choices = people.iter().map(|it| (it.id.to_string(), label(it))).collect::<Vec<_>>();
            view! { <People chosen choices/> }.into_any()
        })}
    }
}

#[component]
fn People(chosen: RwSignal<String>, choices: Vec<(String, String)>) -> impl IntoView {
    let none = (String::new(), "请选择".to_owned());
    let choices = [vec![none], choices].concat();
    view! { <SelectField label="选中一位" value=chosen choices/> }
}

/// Which role, and for what.
#[component]
fn WhatFields(me: Me, fields: Fields) -> impl IntoView {
    let client = Client::expect();
    Effect::new(move || {
        fields.scope.set(String::new());
        let Some(role) = choice_of::<Role>(&fields.role.get()) else { return };
        spawn_local(async move {
            let choices = client.call(ListScopes { role }).await.unwrap_or_default();
            if let [only] = choices.as_slice() {
                let _ = fields.scope.try_set(key_of(only.scope));
            }
            let _ = fields.scopes.try_set(choices);
        });
    });
    let none = || (String::new(), "请选择".to_owned());
    let roles = Role::ALL.iter().filter(move |role| gives(&me, **role));
    let roles = roles.map(|it| (name_of(it), it.label().to_owned()));
    let roles: Vec<_> = std::iter::once(none()).chain(roles).collect();
    let scopes = Signal::derive(move || {
        let all = fields
            .scopes
            .get()
            .into_iter()
            .map(|it| (key_of(it.scope), format!("{}：{}", it.scope.kind.label(), it.name)));
        std::iter::once(none()).chain(all).collect::<Vec<_>>()
    });
    let chosen = move || choice_of::<Role>(&fields.role.get());
    view! {
        <SelectField label="角色" value=fields.role choices=roles error=fields.errors.signal("role")/>
        <SelectField label="范围" value=fields.scope choices=scopes error=fields.errors.signal("scope")/>
        {move || chosen().map(|role| view! { <p class="c-quiet">{what_it_means(role)}</p> })}
    }
}

/// As the server decides it; whoever gets around this is refused there.
fn gives(me: &Me, role: Role) -> bool {
    match role {
        Role::Learner => false,
        Role::TeamLeader | Role::Instructor => true,
        _ => me.is(Role::SystemAdmin),
    }
}

/// What somebody with the role can do, in a sentence.
fn what_it_means(role: Role) -> &'static str {
    match role {
        Role::Learner => "",
        Role::TeamLeader => "能帮本队的人绑定微信、设登录密码，看谁还没开始学。",
        Role::Instructor => "能开自己的实训签到码，给手机没电的人补签到。",
        Role::TrainingOfficer => "能编课、布置、安排实训、管花名册、看数字，都限于所选的范围。",
        Role::BaseManager => "能看在所选基地办的实训场次和到场名单，别的都看不到。",
        role if is_administrator(role) => {
            "系统管理员、安全管理员、审计管理员要由三个不同的人担任，也不能兼任经办。"
        }
        _ => "",
    }
}
