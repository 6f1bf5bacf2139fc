//! One proposed clause and what can be done about it.

use leptos::{html, prelude::*, web_sys};
use shared::standards::console::{ClauseEdit, ClauseForce, ClauseKind, ClauseRow};

use super::proposal::Editing;
use crate::admin::{
    address::{choice_of, name_of},
    kit::{AreaField, SelectField, TextField},
};

#[component]
pub fn ProposedRow(row: ClauseRow, editing: Editing) -> impl IntoView {
    let open = RwSignal::new(false);
    let (clause, line, lines) = (row.id, row.line, row.lines);
    let light = move |_: web_sys::FocusEvent| editing.lit.set((line, lines));
    let head = format!("{} {}", row.number, row.title);
    let about = format!("{} · {}", row.kind.label(), row.modality.label());
    let indent = format!("padding-left: {}rem", row.depth.min(6));
    let shown = row.clone();
    view! {
        <article class="c-clause" style=indent on:focusin=light on:mouseenter=move |_| editing.lit.set((line, lines))>
            <p class="c-clause__head"><strong>{head}</strong><span class="c-quiet">" "{about}</span></p>
            <p class="c-clause__text">{shown.text}</p>
            <div class="c-tools">
                <button type="button" class="c-tool" on:click=move |_| open.update(|it| *it = !*it)>"改写或拆开"</button>
                <button type="button" class="c-tool" disabled=editing.doing.busy on:click=move |_| editing.edit(ClauseEdit::Merge { clause }, || ())>"并入上一条"</button>
                <button type="button" class="c-tool c-tool--danger" disabled=editing.doing.busy on:click=move |_| editing.edit(ClauseEdit::Remove { clause }, || ())>"删去"</button>
            </div>
            {move || open.get().then(|| view! { <Rewriting row=row.clone() editing open/> })}
        </article>
    }
}

#[component]
fn Rewriting(row: ClauseRow, editing: Editing, open: RwSignal<bool>) -> impl IntoView {
    let clause = row.id;
    let (number, title) = (RwSignal::new(row.number), RwSignal::new(row.title));
    let (text, depth) = (RwSignal::new(row.text), RwSignal::new(row.depth.to_string()));
    let (kind, force) = (RwSignal::new(name_of(&row.kind)), RwSignal::new(name_of(&row.force)));
    let area = NodeRef::<html::Textarea>::new();
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
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
