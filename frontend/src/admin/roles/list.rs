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
    kit::{FilterSelect, Load, Pager, Places, Shown, Table, name_page},
};

#[component]
pub fn RolesPage() -> impl IntoView {
    name_page("角色");
    let me = expect_context::<StoredValue<Me>>();
    let role = query("role");
    // Where each page after the first begins.
    let places = Places::default();
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

const COLUMNS: &[&str] = &["姓名", "单位", "角色", "范围", "什么时候给的", "-操作"];

#[component]
fn Grants(
    page: Page<GrantCard>,
    places: Places,
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
    view! {
        <Table columns=COLUMNS>{rows}</Table>
        <Pager places next/>
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
