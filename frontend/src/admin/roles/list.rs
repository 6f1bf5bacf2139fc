//! Everybody with a role.

use leptos::prelude::*;
use shared::{
    accounts::{Me, Role},
    grants::{GrantCard, ListGrants},
    page::Page,
    time,
};

use super::{ending::EndQuestion, giving::GiveDrawer};
use crate::admin::{
    address::{choice_of, name_of, query},
    kit::{FilterSelect, Load, Shown, name_page},
};

#[component]
pub fn RolesPage() -> impl IntoView {
    name_page("角色");
    let me = expect_context::<StoredValue<Me>>();
    let role = query("role");
    // Where each page after the first begins.
    let places = RwSignal::new(Vec::<String>::new());
    Effect::new(move |before: Option<Option<String>>| {
        let this = role.0.get();
        if before.is_some_and(|before| before != this) {
            places.set(Vec::new());
        }
        this
    });
    let load = Load::of(move || ListGrants {
        role: role.0.get().and_then(|it| choice_of(&it)),
        person: None,
        cursor: places.with(|it| it.last().cloned()),
    });
    let (giving, ending) = (RwSignal::new(false), RwSignal::new(None::<GrantCard>));
    let changed = Callback::new(move |()| {
        giving.set(false);
        ending.set(None);
        load.reload();
    });
    let shown = move |page: Page<GrantCard>| view! { <Grants page places ending/> }.into_any();
    let choices = Role::ALL.iter().filter(|role| **role != Role::Learner);
    let choices: Vec<_> = choices.map(|it| (name_of(it), it.label().to_owned())).collect();
    view! {
        <header class="c-head">
            <h1 class="c-head__title">"角色"</h1>
            <button type="button" class="c-button c-button--primary" on:click=move |_| giving.set(true)>"授予角色"</button>
        </header>
        <p class="c-quiet">
            "花名册上的人都能学习，不用授权。其他角色在这里授予，马上生效；收回也马上生效。每一次都记在审计日志里。"
        </p>
        <div class="c-filters" role="search">
            <FilterSelect label="角色" all="全部角色" query=role choices/>
        </div>
        <Shown load children=shown/>
        {move || giving.get().then(|| view! {
            <GiveDrawer me=me.get_value() on_close=Callback::new(move |()| giving.set(false)) on_given=changed/>
        })}
        {move || ending.get().map(|grant| view! {
            <EndQuestion grant on_no=Callback::new(move |()| ending.set(None)) on_ended=changed/>
        })}
    }
}

#[component]
fn Grants(
    page: Page<GrantCard>,
    places: RwSignal<Vec<String>>,
    ending: RwSignal<Option<GrantCard>>,
) -> impl IntoView {
    let Page { items, next } = page;
    if items.is_empty() {
        return view! {
            <div class="c-empty">
                <h2 class="c-empty__title">"这里还没有人"</h2>
                <p>"点右上角的“授予角色”，先找到人，再选角色和范围。"</p>
            </div>
        }
        .into_any();
    }
    let rows = items.into_iter().map(|grant| view! { <GrantRow grant ending/> }).collect_view();
    let last = next.is_none();
    let on = move |_| places.update(|it| it.extend(next.clone()));
    let back = move |_| {
        places.update(|it| {
            it.pop();
        });
    };
    view! {
        <div class="c-table-frame">
            <table class="c-table">
                <thead>
                    <tr>
                        <th scope="col">"姓名"</th>
                        <th scope="col">"单位"</th>
                        <th scope="col">"角色"</th>
                        <th scope="col">"范围"</th>
                        <th scope="col">"什么时候给的"</th>
                        <th scope="col"><span class="c-out-of-sight">"操作"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <Show when=move || !(last && places.with(Vec::is_empty))>
            <nav class="c-actions" aria-label="翻页">
                <button type="button" class="c-button c-button--small" disabled=move || places.with(Vec::is_empty) on:click=back>
                    "上一页"
                </button>
                <button type="button" class="c-button c-button--small" disabled=last on:click=on.clone()>"下一页"</button>
            </nav>
        </Show>
    }
    .into_any()
}

#[component]
fn GrantRow(grant: GrantCard, ending: RwSignal<Option<GrantCard>>) -> impl IntoView {
    let day = time::local_date(grant.granted_at);
    let given = match &grant.granted_by {
        Some(name) => format!("{day}，{name}"),
        None => day.to_string(),
    };
    let (person, may_end) = (grant.person.clone(), grant.may_end);
    let (role, scope) = (grant.role.label(), grant.scope_name.clone());
    let end = move |_| ending.set(Some(grant.clone()));
    view! {
        <tr>
            <th scope="row">{person.name}<span class="c-quiet c-digits">" "{person.staff_number}</span></th>
            <td>{person.organization}</td>
            <td>{role}</td>
            <td>{scope}</td>
            <td class="c-digits">{given}</td>
            <td>
                {may_end.then(|| view! {
                    <button type="button" class="c-button c-button--small" on:click=end>"收回"</button>
                })}
            </td>
        </tr>
    }
}
