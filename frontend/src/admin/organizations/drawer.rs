//! Making an organisation, and changing one with its teams.

use leptos::{prelude::*, web_sys};
use shared::organizations::{
    OrganizationId,
    keeping::{OrganizationNode, OrganizationTree},
};

use super::{
    closing::Closing,
    fields::{Controls, OrganizationFields, above_choices},
    teams::Teams,
};
use crate::admin::kit::{Doing, Drawer, Load};

/// What the drawer is open for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Below another, where that was chosen.
    New(Option<OrganizationId>),
    Change(OrganizationId),
}

#[component]
pub fn OrganizationDrawer(
    target: Target,
    load: Load<OrganizationTree>,
    on_close: Callback<()>,
) -> impl IntoView {
    let tree = load
        .value
        .get_untracked()
        .unwrap_or_else(|| OrganizationTree { organizations: Vec::new(), may_add_top: false });
    let node = match target {
        Target::New(_) => None,
        Target::Change(id) => tree.organizations.iter().find(|it| it.id == id).cloned(),
    };
    let fields = match (&node, target) {
        (Some(node), _) => OrganizationFields::of(node),
        (None, Target::New(parent)) => OrganizationFields::empty(parent),
        (None, Target::Change(_)) => OrganizationFields::empty(None),
    };
    let start = untrack(|| fields.typed());
    let dirty = Signal::derive(move || fields.typed() != start);
    let title = if node.is_some() { "修改单位" } else { "新建单位" };
    let movable = node.as_ref().is_none_or(|it| it.movable);
    let above = movable.then(|| above_choices(&tree, node.as_ref()));
    let more = node.clone();
    view! {
        <Drawer title on_close dirty>
            <Form fields above node dirty load on_close/>
            {more.map(|node| view! {
                {(!node.closed).then(|| view! { <Teams organization=node.id load/> })}
                {node.movable.then(|| view! { <Closing node=node.clone() load on_close/> })}
            })}
        </Drawer>
    }
}

#[component]
fn Form(
    fields: OrganizationFields,
    above: Option<Vec<(String, String)>>,
    node: Option<OrganizationNode>,
    dirty: Signal<bool>,
    load: Load<OrganizationTree>,
    on_close: Callback<()>,
) -> impl IntoView {
    let doing = Doing::new();
    let is_new = node.is_none();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match &node {
            Some(node) => doing.run(load.after(fields.save(node)), move |()| on_close.run(())),
            None => doing.run(load.after(fields.add()), move |()| on_close.run(())),
        }
    };
    let unchanged = move || !is_new && !dirty.get();
    view! {
        <form class="c-form" on:submit=submit novalidate=true>
            {doing.note()}
            <Controls fields errors=doing.errors above/>
            <div class="c-form__foot">
                <button type="submit" class="c-button c-button--primary" disabled=move || doing.busy.get() || unchanged()>
                    {move || if doing.busy.get() { "正在保存…" } else { "保存" }}
                </button>
            </div>
        </form>
    }
}
