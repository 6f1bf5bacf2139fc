//! The fields of an organisation.

use leptos::prelude::*;
use shared::organizations::{
    OrganizationId, OrganizationKind,
    keeping::{AddOrganization, OrganizationNode, OrganizationTree, SaveOrganization},
};

use super::rows::{arrange, with_all_below};
use crate::admin::{
    address::{choice_of, name_of},
    kit::{FieldErrors, SelectField, TextField},
};

#[derive(Clone, Copy)]
pub struct OrganizationFields {
    pub name: RwSignal<String>,
    pub kind: RwSignal<String>,
    /// Id of the organisation above; empty at the top.
    pub parent: RwSignal<String>,
}

impl OrganizationFields {
    pub fn empty(parent: Option<OrganizationId>) -> Self {
        Self {
            name: RwSignal::new(String::new()),
            kind: RwSignal::new(name_of(&OrganizationKind::Contractor)),
            parent: RwSignal::new(parent.map(|it| it.to_string()).unwrap_or_default()),
        }
    }

    pub fn of(node: &OrganizationNode) -> Self {
        let fields = Self::empty(node.parent);
        fields.name.set(node.name.clone());
        fields.kind.set(name_of(&node.kind));
        fields
    }

    /// All that is typed, to see whether it changed.
    pub fn typed(self) -> [String; 3] {
        [self.name, self.kind, self.parent].map(|it| it.get())
    }

    fn kind(self) -> OrganizationKind {
        choice_of(&self.kind.get_untracked()).unwrap_or(OrganizationKind::Contractor)
    }

    pub fn add(self) -> AddOrganization {
        AddOrganization {
            name: self.name.get_untracked(),
            kind: self.kind(),
            parent: self.parent.get_untracked().parse().ok(),
        }
    }

    pub fn save(self, node: &OrganizationNode) -> SaveOrganization {
        SaveOrganization {
            organization: node.id,
            version: node.version,
            name: self.name.get_untracked(),
            kind: self.kind(),
            parent: self.parent.get_untracked().parse().ok(),
        }
    }
}

/// Name, kind, and what is above.
#[component]
pub fn Controls(
    fields: OrganizationFields,
    errors: FieldErrors,
    /// What it may stand below; absent where it stays where it is.
    above: Option<Vec<(String, String)>>,
) -> impl IntoView {
    let kinds: Vec<_> =
        OrganizationKind::ALL.iter().map(|it| (name_of(it), it.label().to_owned())).collect();
    view! {
        <TextField label="单位名称" value=fields.name autofocus=true error=errors.signal("name")/>
        <SelectField label="类别" value=fields.kind choices=kinds error=errors.signal("kind")/>
        {if let Some(choices) = above {
            view! {
                <SelectField
                    label="上级单位"
                    hint="换了上级，上级的经办就能管这个单位"
                    value=fields.parent
                    choices
                    error=errors.signal("parent")
                />
            }.into_any()
        } else {
            view! { <p class="c-quiet">"要移到别的上级下面，请联系上级单位的经办。"</p> }.into_any()
        }}
    }
}

/// What an organisation may stand below, set in as in the tree; `node` is the one that is changed.
pub fn above_choices(
    tree: &OrganizationTree,
    node: Option<&OrganizationNode>,
) -> Vec<(String, String)> {
    let own = node.map(|it| with_all_below(&tree.organizations, it.id)).unwrap_or_default();
    let rows = arrange(&tree.organizations, false);
    let below = rows.into_iter().filter(|it| !own.contains(&it.node.id));
    let below =
        below.map(|it| (it.node.id.to_string(), "　".repeat(it.depth) + it.node.name.as_str()));
    let first = if tree.may_add_top { "没有上级，放在最上面" } else { "请选择" };
    std::iter::once((String::new(), first.to_owned())).chain(below).collect()
}
