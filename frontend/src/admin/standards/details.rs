//! Making a standard known, and changing what is known about it.

use leptos::{prelude::*, web_sys};
use shared::standards::{
    StandardLevel,
    console::{AddStandard, SaveStandard, Standard, StandardDetails},
};

use crate::admin::{
    address::{choice_of, name_of},
    kit::{Doing, Drawer, SelectField, TextField},
};

#[component]
pub fn DetailsDrawer(
    standard: Option<Standard>,
    on_close: Callback<()>,
    on_done: Callback<Standard>,
) -> impl IntoView {
    let of = |read: fn(&StandardDetails) -> String| {
        RwSignal::new(standard.as_ref().map(|it| read(&it.details)).unwrap_or_default())
    };
    let fields =
        [of(|it| it.number.clone()), of(|it| it.title.clone()), of(|it| it.organization.clone())];
    let [number, title, organization] = fields;
    let level = standard.as_ref().map_or(StandardLevel::Local, |it| it.details.level);
    let level = RwSignal::new(name_of(&level));
    let start = fields.map(|it| it.get_untracked());
    let dirty = Signal::derive(move || fields.map(|it| it.get()) != start);
    let (doing, id) = (Doing::new(), standard.map(|it| it.id));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let details = StandardDetails {
            number: number.get_untracked(),
            title: title.get_untracked(),
            level: choice_of(&level.get_untracked()).unwrap_or(StandardLevel::Local),
            organization: organization.get_untracked(),
        };
        let done = move |it| on_done.run(it);
        match id {
            Some(standard) => doing.call(SaveStandard { standard, details }, done),
            None => doing.call(AddStandard { details }, done),
        }
    };
    let errors = doing.errors;
    let levels: Vec<_> =
        StandardLevel::ALL.iter().map(|it| (name_of(it), it.label().to_owned())).collect();
    view! {
        <Drawer title="标准的基本信息" on_close dirty>
            <form class="c-form" on:submit=submit novalidate=true>
                {doing.note()}
                <TextField
                    label="标准号" hint="不带年号，例如 DB32/T 1234" value=number autofocus=true
                    error=errors.signal("details.number")
                />
                <TextField label="名称" value=title error=errors.signal("details.title")/>
                <SelectField label="层级" value=level choices=levels/>
                <TextField label="归口单位" optional=true value=organization error=errors.signal("details.organization")/>
                <div class="c-form__foot">
                    <button type="submit" class="c-button c-button--primary" disabled=doing.busy>"保存"</button>
                </div>
            </form>
        </Drawer>
    }
}
