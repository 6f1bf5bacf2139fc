//! One proposed clause and what can be done about it.

use leptos::{html, prelude::*, web_sys};
use shared::standards::{
    ClauseId,
    console::{ClauseEdit, ClauseForce, ClauseKind, ClauseRow},
};

use super::{clauses::indented, pictures::ProposedPictures, proposal::Editing, unsaved::Stopped};
use crate::admin::{
    address::{choice_of, name_of},
    kit::{AreaField, Question, SelectField, TextField},
};

#[component]
pub fn ProposedRow(row: ClauseRow, editing: Editing) -> impl IntoView {
    let open = RwSignal::new(false);
    let (clause, line, lines) = (row.id, row.line, row.lines);
    let light = move |_: web_sys::FocusEvent| editing.lit.set((line, lines));
    let head = called(&row);
    let about = format!("{} · {}", row.kind.label(), row.modality.label());
    let class = indented(row.depth);
    let shown = row.clone();
    // Text that stands for nothing by itself is put back by “拆开”; a clause of its own would be lost.
    let own = !row.number.is_empty() || !row.title.is_empty();
    let asking = RwSignal::new(None::<Lost>);
    let merge = move || editing.edit(ClauseEdit::Merge { clause }, move || close_question(asking));
    let ask_merge = move |_| {
        if editing.unsaved.stops(Stopped::Merging(clause)) {
            return;
        }
        if own { asking.set(Some(Lost::Merged)) } else { merge() }
    };
    let carry_out = Callback::new(move |lost: Lost| match lost {
        Lost::Merged => merge(),
        Lost::Removed => {
            editing.edit(ClauseEdit::Remove { clause }, move || close_question(asking));
        }
        Lost::Typed => {
            open.set(false);
            asking.set(None);
        }
    });
    let (asked, name) = (StoredValue::new(head.clone()), head.clone());
    let toggle = move |_| toggle((editing, clause), open, asking);
    view! {
        <article class=class on:focusin=light on:mouseenter=move |_| editing.lit.set((line, lines))>
            <p class="c-clause__head"><strong>{head}</strong><span class="c-quiet">" "{about}</span></p>
            <p class="c-clause__text">{shown.text}</p>
            <ProposedPictures clause name editing/>
            <div class="c-tools">
                <button type="button" class="c-tool" on:click=toggle>"改写或拆开"</button>
                <button type="button" class="c-tool" disabled=editing.doing.busy on:click=ask_merge>"并入上一条"</button>
                <button type="button" class="c-tool c-tool--danger" disabled=editing.doing.busy on:click=move |_| asking.set(Some(Lost::Removed))>"删去"</button>
            </div>
            {editing.unsaved.note(Stopped::Merging(clause))}
            {move || asking.get().map(|lost| view! {
                <Question
                    title=lost.title(&asked.get_value()) text=lost.words() yes=lost.verb() danger=true
                    busy=editing.doing.busy on_yes=Callback::new(move |()| carry_out.run(lost))
                    on_no=Callback::new(move |()| asking.set(None))
                >{editing.doing.note()}</Question>
            })}
            {move || open.get().then(|| view! { <Rewriting row=row.clone() editing open/> })}
        </article>
    }
}

/// Puts the form away only once it is said what becomes of what is typed.
fn toggle(
    (editing, clause): (Editing, ClauseId),
    open: RwSignal<bool>,
    asking: RwSignal<Option<Lost>>,
) {
    if open.get_untracked() && editing.unsaved.has(clause) {
        asking.set(Some(Lost::Typed));
    } else {
        open.update(|it| *it = !*it);
    }
}

fn called(row: &ClauseRow) -> String {
    format!("{} {}", row.number, row.title)
}

/// What is asked about before it is done.
#[derive(Clone, Copy)]
enum Lost {
    Merged,
    Removed,
    Typed,
}

impl Lost {
    fn title(self, clause: &str) -> String {
        let clause: String = clause.trim().chars().take(30).collect();
        match self {
            Self::Merged => format!("把“{clause}”并入上一条？"),
            Self::Removed => format!("删去“{clause}”？"),
            Self::Typed => format!("不保存“{clause}”的改写？"),
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Merged => "它不再是单独的一条，文字接在上一条后面；要分开，可以再拆。",
            Self::Removed => "它和改写过的文字都没有了；要恢复，在左边的原文里点“收为一条”，再改。",
            Self::Typed => "刚才写的没有保存，收起来就没有了；要留着，先点“保存这一条”。",
        }
    }

    const fn verb(self) -> &'static str {
        match self {
            Self::Merged => "并入",
            Self::Removed => "删去",
            Self::Typed => "不保存，收起来",
        }
    }
}

/// The row may be gone by then.
fn close_question(asking: RwSignal<Option<Lost>>) {
    let _ = asking.try_set(None);
}

#[component]
fn Rewriting(row: ClauseRow, editing: Editing, open: RwSignal<bool>) -> impl IntoView {
    let (clause, name) = (row.id, called(&row));
    let (number, title) = (RwSignal::new(row.number), RwSignal::new(row.title));
    let (text, depth) = (RwSignal::new(row.text), RwSignal::new(row.depth.to_string()));
    let (kind, force) = (RwSignal::new(name_of(&row.kind)), RwSignal::new(name_of(&row.force)));
    let area = NodeRef::<html::Textarea>::new();
    let fields = [number, title, text, depth, kind, force];
    let before = fields.map(|it| it.get_untracked());
    let changed = move || fields.iter().zip(&before).any(|(it, was)| it.with(|now| now != was));
    editing.unsaved.follow(((clause, None), name), changed);
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        // With its text the pictures of the clause are drawn anew.
        if editing.unsaved.stops(Stopped::Shifting(clause)) {
            return;
        }
        let edit = ClauseEdit::Write {
            clause,
            kind: choice_of(&kind.get_untracked()).unwrap_or(ClauseKind::Article),
            depth: depth.get_untracked().parse().unwrap_or_default(),
            number: number.get_untracked(),
            title: title.get_untracked(),
            text: text.get_untracked(),
            force: choice_of(&force.get_untracked()).unwrap_or(ClauseForce::Normative),
        };
        editing.edit(edit, move || close(open));
    };
    let split = move |_| {
        // The server splits what it has, at a place in what is typed here.
        if editing.unsaved.stops(Stopped::Splitting(clause)) {
            return;
        }
        let units = area.get_untracked().and_then(|it| it.selection_start().ok().flatten());
        let at = characters(&text.get_untracked(), units.unwrap_or_default());
        editing.edit(ClauseEdit::Split { clause, at }, move || close(open));
    };
    let kinds: Vec<_> =
        ClauseKind::ALL.iter().map(|it| (name_of(it), it.label().to_owned())).collect();
    let forces: Vec<_> =
        ClauseForce::ALL.iter().map(|it| (name_of(it), it.label().to_owned())).collect();
    let depths: Vec<_> = (0..10).map(|it| (it.to_string(), format!("第 {} 层", it + 1))).collect();
    let errors = editing.doing.errors;
    view! {
        <form class="c-form" on:submit=save novalidate=true>
            <SelectField label="层次" value=kind choices=kinds/>
            <SelectField label="第几层" value=depth choices=depths error=errors.signal("edit.depth")/>
            <TextField label="编号" optional=true value=number error=errors.signal("edit.number")/>
            <TextField label="标题" optional=true value=title error=errors.signal("edit.title")/>
            <AreaField label="正文" value=text node=area error=errors.signal("edit.text")/>
            <SelectField label="性质" value=force choices=forces/>
            {editing.unsaved.note(Stopped::Splitting(clause))}
            <div class="c-actions">
                <button type="submit" class="c-button c-button--primary c-button--small" disabled=editing.doing.busy>"保存这一条"</button>
                <button type="button" class="c-button c-button--small" disabled=editing.doing.busy on:click=split>"在光标处拆成两条"</button>
            </div>
        </form>
    }
}

/// The page may be gone by then.
fn close(open: RwSignal<bool>) {
    let _ = open.try_set(false);
}

/// How many characters so many UTF-16 units are: browsers count the latter.
fn characters(text: &str, units: u32) -> u32 {
    let mut left = units as usize;
    let whole = text.chars().take_while(|it| {
        let fits = left >= it.len_utf16();
        left = left.saturating_sub(it.len_utf16());
        fits
    });
    u32::try_from(whole.count()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_counted_in_characters() {
        assert_eq!(characters("会议𠅤服务", 2), 2);
        assert_eq!(characters("会议𠅤服务", 4), 3);
        assert_eq!(characters("会议", 9), 2);
    }
}
