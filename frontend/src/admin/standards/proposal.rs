//! The text at the left, the clauses that it proposes at the right: merge, split, rewrite, confirm.

use leptos::prelude::*;
use shared::standards::{
    VersionStage,
    console::{
        ClauseEdit, ClauseRow, Clauses, ConfirmVersion, EditProposal, ListClauses, ProposalChange,
        ShowSource, Source, StandardVersion,
    },
};

use super::proposal_row::ProposedRow;
use crate::admin::{
    address::{choice_of, name_of},
    kit::{Doing, Load, SelectField, Shown},
};

/// The clauses of one screen; thousands at once make a browser slow.
const AT_ONCE: u32 = 500;

/// The proposal as it is edited.
#[derive(Clone, Copy)]
pub struct Editing {
    version: shared::standards::StandardVersionId,
    pub rows: RwSignal<Vec<ClauseRow>>,
    revision: RwSignal<i32>,
    pub doing: Doing,
    /// The line of the source that the clause at hand begins in, and how many it has.
    pub lit: RwSignal<(u32, u32)>,
}

impl Editing {
    pub fn edit(self, edit: ClauseEdit, on_done: impl FnOnce() + 'static) {
        let (version, revision) = (self.version, self.revision.get_untracked());
        let request = EditProposal { version, revision, edit };
        self.doing.call(request, move |change: ProposalChange| {
            self.revision.set(change.revision);
            self.rows.update(|rows| apply(rows, change));
            on_done();
        });
    }
}

/// Takes over what an edit changed: a new one stands after the first.
fn apply(rows: &mut Vec<ClauseRow>, change: ProposalChange) {
    rows.retain(|it| !change.removed.contains(&it.id));
    let mut last = None;
    for row in change.changed {
        if let Some(at) = rows.iter().position(|it| it.id == row.id) {
            rows[at] = row;
            last = Some(at);
        } else if let Some(at) = last {
            rows.insert(at + 1, row);
            last = Some(at + 1);
        }
    }
}

#[component]
pub fn Proposal(version: StandardVersion, load: Load<StandardVersion>) -> impl IntoView {
    let id = version.id;
    let skip = RwSignal::new(0_u32);
    let source = Load::of(move || ShowSource { version: id });
    let page = Load::of(move || ListClauses { version: id, skip: Some(skip.get()) });
    let editing = Editing {
        version: id,
        rows: RwSignal::new(Vec::new()),
        revision: RwSignal::new(version.revision),
        doing: Doing::new(),
        lit: RwSignal::new((0, 0)),
    };
    Effect::new(move || {
        if let Some(Clauses { items, revision, .. }) = page.value.get() {
            editing.rows.set(items);
            editing.revision.set(revision);
        }
    });
    let total = move || page.value.with(|it| it.as_ref().map_or(0, |it| it.total));
    let (many, last) = (move || total() > AT_ONCE, move || skip.get() + AT_ONCE >= total());
    let turn =
        move |by: i64| skip.update(|it| *it = u32::try_from(i64::from(*it) + by).unwrap_or(0));
    view! {
        <h2 class="c-subtitle">"左边是原文，右边是拆出来的条款；逐条核对，改好再确认"</h2>
        {editing.doing.note()}
        <div class="c-columns">
            <div class="c-card c-standard-text" tabindex="0" role="region" aria-label="原文">
                <Shown load=source children=move |source| view! { <Text source lit=editing.lit/> }.into_any()/>
            </div>
            <div class="c-card c-standard-tree" tabindex="0" role="region" aria-label="条款">
                <For each=move || editing.rows.get() key=|it| (it.id, it.text.clone(), it.title.clone(), it.number.clone(), it.depth, name_of(&it.kind)) let:row>
                    <ProposedRow row editing/>
                </For>
                <Show when=many>
                    <nav class="c-actions" aria-label="翻页">
                        <button type="button" class="c-button c-button--small" disabled=move || skip.get() == 0 on:click=move |_| turn(-i64::from(AT_ONCE))>"前 500 条"</button>
                        <button type="button" class="c-button c-button--small" disabled=last on:click=move |_| turn(i64::from(AT_ONCE))>"后 500 条"</button>
                    </nav>
                </Show>
            </div>
        </div>
        <Confirm version editing load/>
    }
}

#[component]
fn Text(source: Source, lit: RwSignal<(u32, u32)>) -> impl IntoView {
    let lines = (0_u32..).zip(source.lines).map(|(at, text)| {
        let on = move || lit.with(|(from, count)| (*from..from + count).contains(&at));
        view! { <p class:c-lit=on>{text}</p> }
    });
    lines.collect_view()
}

#[component]
fn Confirm(
    version: StandardVersion,
    editing: Editing,
    load: Load<StandardVersion>,
) -> impl IntoView {
    let (stage, doing) = (RwSignal::new(name_of(&VersionStage::Current)), Doing::new());
    let stages = [VersionStage::Consultation, VersionStage::Upcoming, VersionStage::Current];
    let choices: Vec<_> = stages.iter().map(|it| (name_of(it), it.label().to_owned())).collect();
    let confirm = move |_| {
        let Some(stage) = choice_of(&stage.get_untracked()) else { return };
        let revision = editing.revision.get_untracked();
        doing.call(ConfirmVersion { version: version.id, revision, stage }, move |_| load.reload());
    };
    view! {
        <section class="c-card">
            {doing.note()}
            <p>"确认以后，这个版本的条款就不能再改；上一版的链接会按条款的变化移动或等待复审。"</p>
            <SelectField label="确认为" value=stage choices/>
            <button type="button" class="c-button c-button--primary" disabled=doing.busy on:click=confirm>"确认整个版本"</button>
        </section>
    }
}
