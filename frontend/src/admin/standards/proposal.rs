//! The text at the left, the clauses that it proposes at the right: merge, split, rewrite, take in.

use std::collections::HashMap;

use leptos::prelude::*;
use shared::standards::{
    StandardVersionId,
    console::{
        ClauseEdit, ClauseRow, Clauses, EditProposal, ListClauses, ProposalChange, ShowSource,
        Source, StandardVersion,
    },
};

use super::{
    proposal_row::ProposedRow,
    unsaved::{Stopped, Unsaved},
};
use crate::admin::{
    address::name_of,
    kit::{Doing, LeaveGuard, Load, Shown},
};

/// The clauses of one screen; thousands at once make a browser slow.
const AT_ONCE: u32 = 500;

/// The proposal as it is edited.
#[derive(Clone, Copy)]
pub struct Editing {
    version: StandardVersionId,
    pub rows: RwSignal<Vec<ClauseRow>>,
    pub revision: RwSignal<i32>,
    pub doing: Doing,
    pub unsaved: Unsaved,
    /// The line of the source that the clause at hand begins in, and how many it has.
    pub lit: RwSignal<(u32, u32)>,
}

impl Editing {
    pub fn of(version: &StandardVersion) -> Self {
        Self {
            version: version.id,
            rows: RwSignal::new(Vec::new()),
            revision: RwSignal::new(version.revision),
            doing: Doing::new(),
            unsaved: Unsaved::new(),
            lit: RwSignal::new((0, 0)),
        }
    }

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

/// Takes over what an edit changed: a new one stands after the one before it, or else at the start.
fn apply(rows: &mut Vec<ClauseRow>, change: ProposalChange) {
    rows.retain(|it| !change.removed.contains(&it.id));
    let mut next = 0;
    for row in change.changed {
        if let Some(at) = rows.iter().position(|it| it.id == row.id) {
            rows[at] = row;
            next = at + 1;
        } else {
            rows.insert(next, row);
            next += 1;
        }
    }
}

/// Which clauses are on the screen of how many.
#[derive(Clone, Copy)]
struct Place {
    skip: RwSignal<u32>,
    /// As they were loaded, and the clauses of all pages.
    loaded: RwSignal<(u32, u32)>,
    rows: RwSignal<Vec<ClauseRow>>,
}

impl Place {
    /// Whether all clauses that are not on the screen come before.
    fn is_last(self) -> bool {
        let (loaded, total) = self.loaded.get();
        self.skip.get() >= total.saturating_sub(loaded)
    }

    fn on(self) {
        self.skip.update(|skip| *skip = self.rows.with_untracked(|rows| following(*skip, rows)));
    }

    fn back(self) {
        self.skip.update(|it| *it = it.saturating_sub(AT_ONCE));
    }
}

/// Where the page after this one begins: the server's places have moved by what was removed and added.
fn following(skip: u32, rows: &[ClauseRow]) -> u32 {
    skip.saturating_add(u32::try_from(rows.len()).unwrap_or(AT_ONCE))
}

#[component]
pub fn Proposal(version: StandardVersionId, editing: Editing) -> impl IntoView {
    let skip = RwSignal::new(0_u32);
    let place = Place { skip, loaded: RwSignal::new((0, 0)), rows: editing.rows };
    let source = Load::of(move || ShowSource { version });
    let page = Load::of(move || ListClauses { version, skip: Some(skip.get()) });
    Effect::new(move || {
        if let Some(Clauses { items, revision, total }) = page.value.get() {
            place.loaded.set((u32::try_from(items.len()).unwrap_or(u32::MAX), total));
            editing.rows.set(items);
            editing.revision.set(revision);
        }
    });
    let many = move || place.loaded.get().1 > AT_ONCE;
    let unsaved = editing.unsaved;
    let turn = move |to: fn(Place)| {
        move |_| {
            if !unsaved.stops(Stopped::Paging) {
                to(place);
            }
        }
    };
    view! {
        <h2 class="c-subtitle">"左边是原文，右边是拆出来的条款；逐条核对，改好再确认"</h2>
        {editing.doing.note()}
        <LeaveGuard dirty=Signal::derive(move || editing.unsaved.any()) lost=true/>
        <div class="c-columns">
            <div class="c-card c-standard-text" tabindex="0" role="region" aria-label="原文">
                <Shown load=source children=move |source| view! { <Text source editing place/> }.into_any()/>
            </div>
            <div class="c-card c-standard-tree" tabindex="0" role="region" aria-label="条款">
                <For each=move || editing.rows.get() key=key let:row>
                    <ProposedRow row editing/>
                </For>
                <Show when=many>
                    {unsaved.note(Stopped::Paging)}
                    <nav class="c-actions" aria-label="翻页">
                        <button type="button" class="c-button c-button--small" disabled=move || skip.get() == 0 on:click=turn(Place::back)>"前 500 条"</button>
                        <button type="button" class="c-button c-button--small" disabled=move || place.is_last() on:click=turn(Place::on)>"后 500 条"</button>
                    </nav>
                </Show>
            </div>
        </div>
    }
}

/// All of a clause that is shown or edited but its pictures, which draw themselves: where any of it
/// changes, it is drawn anew.
fn key(it: &ClauseRow) -> impl Eq + std::hash::Hash + 'static + use<> {
    let said = (it.text.clone(), it.title.clone(), it.number.clone());
    (it.id, said, it.depth, name_of(&it.kind), name_of(&it.force))
}

#[component]
fn Text(source: Source, editing: Editing, place: Place) -> impl IntoView {
    let blank: Vec<bool> = source.lines.iter().map(|it| it.trim().is_empty()).collect();
    let loose = Memo::new(move |_| {
        editing.rows.with(|rows| {
            let spans: Vec<_> = rows.iter().map(|it| (it.line, it.lines)).collect();
            loose(&blank, &spans, (place.skip.get() == 0, place.is_last()))
        })
    });
    let lines = (0_u32..).zip(source.lines).map(|(at, text)| {
        let on = move || editing.lit.with(|(from, count)| (*from..from + count).contains(&at));
        let take = move || {
            let lines = loose.with(|it| it.get(&at).copied())?;
            let take = move |_| editing.edit(ClauseEdit::Insert { line: at, lines }, || ());
            Some(view! {
                <button type="button" class="c-tool" disabled=editing.doing.busy on:click=take>
                    {format!("下面 {lines} 行没有归入条款，收为一条")}
                </button>
            })
        };
        view! { {take}<p class:c-lit=on>{text}</p> }
    });
    lines.collect_view()
}

/// Lines with words that belong to no clause: where each run of them begins, and how many there are.
/// What lies before or after the clauses of this page belongs to others, unless it is the first or
/// the last page.
fn loose(blank: &[bool], spans: &[(u32, u32)], (first, last): (bool, bool)) -> HashMap<u32, u32> {
    let end = |it: &(u32, u32)| (it.0 + it.1) as usize;
    let from = spans.iter().map(|it| it.0 as usize).min().filter(|_| !first).unwrap_or_default();
    let to = spans.iter().map(end).max().filter(|_| !last).unwrap_or(blank.len());
    let mut taken = blank.to_vec();
    for span in spans {
        let range = (span.0 as usize).min(taken.len())..end(span).min(taken.len());
        taken[range].fill(true);
    }
    let mut runs = HashMap::new();
    let mut begun = None::<u32>;
    for (at, line) in (0_u32..).zip(&taken[..to.min(blank.len())]) {
        if *line || (at as usize) < from {
            begun = None;
        } else {
            *runs.entry(*begun.get_or_insert(at)).or_insert(0) += 1;
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: &str) -> ClauseRow {
        ClauseRow {
            id: shared::standards::ClauseId(uuid::Uuid::now_v7()),
            depth: 0,
            kind: shared::standards::console::ClauseKind::Article,
            number: number.into(),
            title: String::new(),
            text: String::new(),
            force: shared::standards::console::ClauseForce::Normative,
            modality: shared::standards::Modality::Shall,
            line: 0,
            lines: 1,
            posts: Vec::new(),
            links: 0,
            pictures: Vec::new(),
        }
    }

    #[test]
    fn the_next_page_begins_where_this_one_ends_after_clauses_were_removed() {
        let mut rows: Vec<_> = (0..500).map(|at| row(&at.to_string())).collect();
        let removed = vec![rows[3].id, rows[7].id];
        apply(&mut rows, ProposalChange { revision: 2, changed: Vec::new(), removed });
        assert_eq!(following(0, &rows), 498, "of what follows none is passed over");
    }

    #[test]
    fn what_is_taken_in_stands_after_what_is_before_it_or_first() {
        let mut rows = vec![row("1"), row("2")];
        let change = |changed| ProposalChange { revision: 2, changed, removed: Vec::new() };
        let numbers =
            |rows: &[ClauseRow]| rows.iter().map(|it| it.number.clone()).collect::<Vec<_>>();
        let before = rows[0].clone();
        apply(&mut rows, change(vec![before, row("1.1")]));
        assert_eq!(numbers(&rows), ["1", "1.1", "2"]);
        apply(&mut rows, change(vec![row("0")]));
        assert_eq!(numbers(&rows), ["0", "1", "1.1", "2"]);
    }

    #[test]
    fn a_row_is_drawn_anew_where_it_binds_otherwise() {
        let before = row("1");
        let after = ClauseRow {
            force: shared::standards::console::ClauseForce::Informative,
            ..before.clone()
        };
        assert!(key(&before) != key(&after) && key(&before) == key(&before.clone()));
    }

    #[test]
    fn lines_that_belong_to_no_clause_are_found_in_runs() {
        let blank = [false, true, false, false, false, false, false, false];
        let spans = [(3, 1), (5, 2)];
        let all = loose(&blank, &spans, (true, true));
        assert_eq!(all, HashMap::from([(0, 1), (2, 1), (4, 1), (7, 1)]));
        let inner = loose(&blank, &spans, (false, false));
        assert_eq!(inner, HashMap::from([(4, 1)]), "others are on other pages");
        assert_eq!(loose(&[false; 3], &[], (true, true)), HashMap::from([(0, 3)]));
        assert_eq!(loose(&[false; 3], &[(0, 9)], (true, true)), HashMap::new());
    }
}
