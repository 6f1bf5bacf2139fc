//! The teams of an organisation: new ones, other names, which are in use.

use leptos::{prelude::*, web_sys};
use shared::organizations::{
    OrganizationId,
    keeping::{AddTeam, CloseTeam, OrganizationTree, ReopenTeam, SaveTeam, TeamNode},
};

use crate::admin::kit::{Doing, Load, TextField};

#[component]
pub fn Teams(organization: OrganizationId, load: Load<OrganizationTree>) -> impl IntoView {
    let teams = Memo::new(move |_| {
        load.value.with(|tree| {
            let all = tree.iter().flat_map(|it| &it.organizations);
            all.into_iter().find(|it| it.id == organization).map(|it| it.teams.clone())
        })
    });
    let changed = Callback::new(move |()| load.reload());
    let rows = move || {
        let teams = teams.get().unwrap_or_default();
        teams.into_iter().map(|team| view! { <TeamRow team changed/> }).collect_view()
    };
    view! {
        <section>
            <h3 class="c-subtitle">"班组"</h3>
            {move || teams.with(|it| it.as_ref().is_none_or(Vec::is_empty)).then(|| view! {
                <p class="c-quiet">"还没有班组。班组长只管自己班组的人；不分班组也可以。"</p>
            })}
            <ul class="c-list">{rows}</ul>
            <NewTeam organization changed/>
        </section>
    }
}

#[component]
fn NewTeam(organization: OrganizationId, changed: Callback<()>) -> impl IntoView {
    let (name, doing) = (RwSignal::new(String::new()), Doing::new());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        doing.call(AddTeam { organization, name: name.get_untracked() }, move |_| {
            name.set(String::new());
            changed.run(());
        });
    };
    view! {
        <form on:submit=submit novalidate=true>
            <TextField label="新班组叫什么" value=name error=doing.errors.signal("name")/>
            <button type="submit" class="c-button c-button--small" disabled=move || doing.busy.get() || name.with(String::is_empty)>"新建班组"</button>
            {doing.note()}
        </form>
    }
}

#[component]
fn TeamRow(team: TeamNode, changed: Callback<()>) -> impl IntoView {
    let (renaming, doing) = (RwSignal::new(false), Doing::new());
    let TeamNode { id, name, closed, people, .. } = team.clone();
    let close = move |_| doing.call(CloseTeam { team: id }, move |()| changed.run(()));
    let reopen = move |_| doing.call(ReopenTeam { team: id }, move |()| changed.run(()));
    let told = if closed { "停用".to_owned() } else { format!("{people} 人") };
    let [rename_label, close_label, reopen_label] =
        ["改名", "停用", "重新启用"].map(|verb| format!("{verb}：{name}"));
    view! {
        <li>
            {name}" "<span class="c-quiet">{told}</span>" "
            {if closed {
                view! {
                    <button type="button" class="c-tool" aria-label=reopen_label disabled=doing.busy on:click=reopen>"重新启用"</button>
                }.into_any()
            } else {
                view! {
                    <button type="button" class="c-tool" aria-label=rename_label on:click=move |_| renaming.update(|it| *it = !*it)>"改名"</button>
                    <button type="button" class="c-tool c-tool--danger" aria-label=close_label disabled=doing.busy on:click=close>"停用"</button>
                }.into_any()
            }}
            {doing.note()}
            {move || renaming.get().then(|| view! { <Rename team=team.clone() changed/> })}
        </li>
    }
}

#[component]
fn Rename(team: TeamNode, changed: Callback<()>) -> impl IntoView {
    let (name, doing) = (RwSignal::new(team.name), Doing::new());
    let (team, version) = (team.id, team.version);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let name = name.get_untracked();
        doing.call(SaveTeam { team, version, name }, move |_| changed.run(()));
    };
    view! {
        <form on:submit=submit novalidate=true>
            <TextField label="改成" value=name autofocus=true error=doing.errors.signal("name")/>
            <button type="submit" class="c-button c-button--small" disabled=doing.busy>"保存"</button>
            {doing.note()}
        </form>
    }
}
