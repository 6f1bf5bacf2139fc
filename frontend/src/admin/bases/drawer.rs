//! Making a base, and changing one.

use leptos::{prelude::*, web_sys};
use shared::bases::{AddBase, BaseDetails, BaseKind, BaseList, BaseState, SaveBase, TrainingBase};

use crate::admin::{
    address::{choice_of, name_of},
    kit::{Doing, Drawer, FieldErrors, Load, SelectField, TextField, organization_choices},
};

#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    kind: RwSignal<String>,
    /// Id of the organisation; empty where everybody shares the base.
    organization: RwSignal<String>,
    address: RwSignal<String>,
    state: RwSignal<String>,
}

impl Fields {
    fn of(base: Option<&TrainingBase>) -> Self {
        let details = base.map(|it| &it.details);
        let text = |text: Option<String>| RwSignal::new(text.unwrap_or_default());
        let kind = details.map_or(BaseKind::Own, |it| it.kind);
        let state = details.map_or(BaseState::Idea, |it| it.state);
        Self {
            name: text(details.map(|it| it.name.clone())),
            kind: RwSignal::new(name_of(&kind)),
            organization: text(details.and_then(|it| it.organization).map(|it| it.to_string())),
            address: text(details.map(|it| it.address.clone())),
            state: RwSignal::new(name_of(&state)),
        }
    }

    fn typed(self) -> [String; 5] {
        [self.name, self.kind, self.organization, self.address, self.state].map(|it| it.get())
    }

    fn read(self) -> BaseDetails {
        BaseDetails {
            name: self.name.get_untracked(),
            kind: choice_of(&self.kind.get_untracked()).unwrap_or(BaseKind::Own),
            organization: self.organization.get_untracked().parse().ok(),
            address: self.address.get_untracked(),
            state: choice_of(&self.state.get_untracked()).unwrap_or(BaseState::Idea),
        }
    }
}

#[component]
pub fn BaseDrawer(
    base: Option<TrainingBase>,
    /// Whether it may be everybody's.
    may_share: bool,
    /// The list that it stands in.
    load: Load<BaseList>,
    on_close: Callback<()>,
) -> impl IntoView {
    let (fields, doing) = (Fields::of(base.as_ref()), Doing::new());
    let start = untrack(|| fields.typed());
    let dirty = Signal::derive(move || fields.typed() != start);
    let title = if base.is_some() { "修改基地" } else { "新建基地" };
    let before = base.as_ref().map(|it| it.details.state);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let details = fields.read();
        match &base {
            Some(TrainingBase { id, version, .. }) => {
                let request = SaveBase { base: *id, version: *version, details };
                doing.run(load.after(request), move |()| on_close.run(()));
            }
            None => doing.run(load.after(AddBase { details }), move |()| on_close.run(())),
        }
    };
    view! {
        <Drawer title on_close dirty>
            <form class="c-form" on:submit=submit novalidate=true>
                {doing.note()}
                <Controls fields errors=doing.errors may_share before/>
                <div class="c-form__foot">
                    <button type="submit" class="c-button c-button--primary" disabled=doing.busy>
                        {move || if doing.busy.get() { "正在保存…" } else { "保存" }}
                    </button>
                </div>
            </form>
        </Drawer>
    }
}

#[component]
fn Controls(
    fields: Fields,
    errors: FieldErrors,
    may_share: bool,
    before: Option<BaseState>,
) -> impl IntoView {
    let kinds: Vec<_> =
        BaseKind::ALL.iter().map(|it| (name_of(it), it.label().to_owned())).collect();
    let next = |state: &&BaseState| before.is_none_or(|it| it.may_become(**state));
    let states = BaseState::ALL.iter().filter(next);
    let states: Vec<_> = states.map(|it| (name_of(it), it.label().to_owned())).collect();
    let organizations = organization_choices();
    let owners = Signal::derive(move || {
        let none = if may_share { "全局共用" } else { "请选择" };
        [vec![(String::new(), none.to_owned())], organizations.get()].concat()
    });
    view! {
        <TextField label="基地名称" value=fields.name autofocus=true error=errors.signal("details.name")/>
        <div class="c-pair">
            <SelectField label="类别" value=fields.kind choices=kinds error=errors.signal("details.kind")/>
            <SelectField
                label="建到哪一步"
                hint="试运行和运行的基地才能安排实训"
                value=fields.state
                choices=states
                error=errors.signal("details.state")
            />
        </div>
        <SelectField
            label="归谁"
            hint="全局共用的，各单位都能在那里安排实训；院校拓展的要选院校"
            value=fields.organization
            choices=owners
            error=errors.signal("details.organization")
        />
        <TextField label="地址" hint="写到楼层和房间，例如“3号楼B2”" value=fields.address error=errors.signal("details.address")/>
    }
}
