//! Names in the file that the system does not know, made with one press.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    organizations::{
        OrganizationKind,
        keeping::{AddOrganization, AddPost},
    },
    roster::{RecheckImport, RosterField, RosterImport, RosterImportId, UnknownName},
};

use crate::{
    admin::{
        address::{choice_of, name_of},
        kit::{Load, TroubleNote},
    },
    client::{Client, Trouble},
};

#[component]
pub fn Unknown(import: RosterImport, load: Load<RosterImport>) -> impl IntoView {
    let RosterImport { id, unknown, .. } = import;
    (!unknown.is_empty()).then(|| {
        let rows = unknown.into_iter().map(|name| view! { <Row id name load/> }).collect_view();
        view! {
            <section class="c-card">
                <h3 class="c-subtitle">"系统里没有的名称"</h3>
                <p class="c-quiet">"写错了的在下面改；确实是新的，按一下就建好，相关的行会重新检查。"</p>
                <ul class="c-list">{rows}</ul>
            </section>
        }
    })
}

#[component]
fn Row(id: RosterImportId, name: UnknownName, load: Load<RosterImport>) -> impl IntoView {
    let client = Client::expect();
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let kind = RwSignal::new(OrganizationKind::Contractor);
    let UnknownName { field, name, rows } = name;
    let words = format!("{}“{name}”（{rows} 行）", field.label());
    let button = format!("新建{}“{name}”", field.label());
    let add = move |_| {
        busy.set(true);
        let name = name.clone();
        spawn_local(async move {
            let added = if field == RosterField::Organization {
                let kind = kind.get_untracked();
                client.call(AddOrganization { name, kind, parent: None }).await.map(drop)
            } else {
                client.call(AddPost { name, ..AddPost::default() }).await.map(drop)
            };
            let answer = match added {
                Ok(()) => client.call(RecheckImport { import: id }).await,
                Err(failed) => Err(failed),
            };
            match answer {
                Ok(import) => _ = load.value.try_set(Some(import)),
                Err(failed) => _ = trouble.try_set(Some(failed)),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <li>
            {words}" "
            {(field == RosterField::Organization).then(|| view! { <Kinds kind/> })}
            <button type="button" class="c-button c-button--small" disabled=busy on:click=add>{button}</button>
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
        </li>
    }
}

#[component]
fn Kinds(kind: RwSignal<OrganizationKind>) -> impl IntoView {
    let options = OrganizationKind::ALL.iter().map(|it| {
        let this = *it;
        view! { <option value=name_of(it) prop:selected=move || kind.get() == this>{it.label()}</option> }
    });
    view! {
        <select
            class="c-input c-input--small"
            aria-label="单位类别"
            on:change:target=move |event| {
                if let Some(chosen) = choice_of(&event.target().value()) {
                    kind.set(chosen);
                }
            }
        >
            {options.collect_view()}
        </select>
    }
}
