//! What a link between a clause and a place in a course says.

use leptos::prelude::*;
use shared::standards::console::{ClauseLink, LinkCoverage, LinkKind};

use crate::admin::kit::{Doing, RadioGroup, TextField};

#[derive(Clone, Copy)]
pub struct LinkFields {
    pub kind: RwSignal<LinkKind>,
    pub coverage: RwSignal<LinkCoverage>,
    /// 注日期
    pub dated: RwSignal<bool>,
    pub note: RwSignal<String>,
}

impl LinkFields {
    pub fn new(kind: LinkKind) -> Self {
        Self {
            kind: RwSignal::new(kind),
            coverage: RwSignal::new(LinkCoverage::Whole),
            dated: RwSignal::new(false),
            note: RwSignal::new(String::new()),
        }
    }

    pub fn of(link: &ClauseLink) -> Self {
        Self {
            kind: RwSignal::new(link.kind),
            coverage: RwSignal::new(link.coverage),
            dated: RwSignal::new(link.dated),
            note: RwSignal::new(link.note.clone()),
        }
    }

    /// All of it as it is now.
    pub fn said(self) -> (LinkKind, LinkCoverage, bool, String) {
        (self.kind.get(), self.coverage.get(), self.dated.get(), self.note.get())
    }
}

#[component]
pub fn LinkForm(fields: LinkFields, doing: Doing) -> impl IntoView {
    let LinkFields { kind, coverage, dated, note } = fields;
    let kinds = LinkKind::ALL.iter().map(|it| (*it, it.label())).collect();
    let coverages = LinkCoverage::ALL.iter().map(|it| (*it, it.label())).collect();
    view! {
        <RadioGroup label="用途" chosen=kind choices=kinds/>
        <RadioGroup label="覆盖" chosen=coverage choices=coverages/>
        <RadioGroup
            label="引用方式" chosen=dated
            choices=vec![(false, "不注日期：跟着标准的新版本走"), (true, "注日期：只引用这一版")]
        />
        <TextField label="说明" optional=true value=note error=doing.errors.signal("note")/>
        <div class="c-form__foot">
            <button type="submit" class="c-button c-button--primary" disabled=doing.busy>"存为草拟"</button>
        </div>
        <p class="c-quiet">"存好以后点“提交复核”，由另一个人复核通过才有效。"</p>
    }
}
