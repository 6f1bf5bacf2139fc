//! 表格: cells to write in, rows and columns to add and to take away.

use leptos::{
    ev, html,
    prelude::*,
    task::{spawn_local, tick},
    wasm_bindgen::JsCast,
};
use web_sys::{Event, HtmlElement, HtmlTextAreaElement};

use super::grid::{Grid, Place};

/// The fields of a table.
#[derive(Clone, Copy)]
pub struct TableFields {
    grid: RwSignal<Grid>,
    /// Changes when the cells must be drawn anew: not while somebody writes in one.
    drawn: RwSignal<u32>,
    /// Where one is.
    at: RwSignal<Place>,
}

impl TableFields {
    pub fn new(grid: Grid) -> Self {
        let (drawn, at) = (RwSignal::new(0), RwSignal::new((0, 0)));
        Self { grid: RwSignal::new(grid), drawn, at }
    }

    pub fn read(self) -> Vec<Vec<String>> {
        self.grid.with(|it| it.rows().to_vec())
    }

    pub fn is_filled(self) -> bool {
        self.grid.with(|it| !it.is_blank())
    }

    /// Changes rows or columns, draws them, and goes to a cell.
    fn change(self, table: Cells, change: impl FnOnce(&mut Grid), to: Place) {
        self.grid.update(change);
        let to = self.grid.with_untracked(|it| it.nearest(to));
        self.at.set(to);
        self.drawn.update(|it| *it += 1);
        // Before the next key arrives, not with the next picture of the screen.
        spawn_local(async move {
            tick().await;
            focus(table, to);
        });
    }
}

const HINT: &str = "第一行是各列的名称。按回车到下一行，按 Tab 到右边一格；可以从 Excel 复制几格贴进来。手机上宽的表可以左右滑。";

type Cells = NodeRef<html::Table>;

#[component]
pub fn TableField(fields: TableFields, error: Signal<Option<String>>) -> impl IntoView {
    let table = Cells::new();
    let cells = move || {
        fields.drawn.track();
        fields.grid.with_untracked(|grid| grid.rows().iter().enumerate().map(row).collect_view())
    };
    view! {
        <div class="c-field c-grid" class:c-field--bad=move || error.with(Option::is_some)>
            <Tools fields table/>
            <div class="c-grid__frame">
                <table
                    class="c-grid__table"
                    node_ref=table
                    on:input=move |event| write(fields, &event)
                    on:focusin=move |event| {
                        if let Some((_, place)) = cell_of(&event) {
                            fields.at.set(place);
                        }
                    }
                    on:keydown=move |event| press(fields, table, &event)
                    on:paste=move |event| paste(fields, table, &event)
                >
                    <tbody>{cells}</tbody>
                </table>
            </div>
            {move || match error.get() {
                Some(error) => view! { <p class="c-field__error" role="alert">{error}</p> }.into_any(),
                None => view! { <p class="c-field__hint">{HINT}</p> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Tools(fields: TableFields, table: Cells) -> impl IntoView {
    let (grid, at) = (fields.grid, fields.at);
    let here = move || at.get_untracked();
    let row = move || at.get().0 + 1;
    let column = move || at.get().1 + 1;
    view! {
        <div class="c-paragraph__tools" role="group" aria-label="行和列">
            <button type="button" class="c-tool"
                on:click=move |_| fields.change(table, |it| it.add_row(here().0), (here().0 + 1, 0))
            >{move || format!("第 {} 行下面加一行", row())}</button>
            <button type="button" class="c-tool"
                on:click=move |_| fields.change(table, |it| it.add_column(here().1), (here().0, here().1 + 1))
            >{move || format!("第 {} 列右边加一列", column())}</button>
            <button type="button" class="c-tool c-tool--danger" disabled=move || grid.with(Grid::height) == 1
                on:click=move |_| fields.change(table, |it| it.remove_row(here().0), here())
            >{move || format!("删第 {} 行", row())}</button>
            <button type="button" class="c-tool c-tool--danger" disabled=move || grid.with(Grid::width) == 1
                on:click=move |_| fields.change(table, |it| it.remove_column(here().1), here())
            >{move || format!("删第 {} 列", column())}</button>
        </div>
    }
}

fn row((at, cells): (usize, &Vec<String>)) -> impl IntoView + use<> {
    let cells = cells.iter().enumerate().map(|(column, text)| {
        view! {
            <td>
                <textarea
                    class="c-input c-grid__cell"
                    rows="1"
                    data-row=at
                    data-column=column
                    aria-label=format!("第 {} 行第 {} 列", at + 1, column + 1)
                    prop:value=text.clone()
                ></textarea>
            </td>
        }
    });
    view! { <tr>{cells.collect_view()}</tr> }
}

/// The cell that an event comes from, and its place.
fn cell_of(event: &Event) -> Option<(HtmlTextAreaElement, Place)> {
    let cell = event.target()?.dyn_into::<HtmlTextAreaElement>().ok()?;
    let number = |name: &str| cell.get_attribute(name)?.parse().ok();
    let place = (number("data-row")?, number("data-column")?);
    Some((cell, place))
}

fn write(fields: TableFields, event: &Event) {
    if let Some((cell, place)) = cell_of(event) {
        fields.grid.update(|grid| grid.write(place, cell.value()));
    }
}

/// Enter goes down, beyond the last row to a new one; with Shift it breaks the line.
fn press(fields: TableFields, table: Cells, event: &ev::KeyboardEvent) {
    // The Enter that ends a word of an input method is none of ours.
    if event.key() != "Enter" || event.shift_key() || event.is_composing() {
        return;
    }
    let Some((_, (row, column))) = cell_of(event) else { return };
    event.prevent_default();
    if row + 1 < fields.grid.with_untracked(Grid::height) {
        focus(table, (row + 1, column));
    } else {
        fields.change(table, |grid| grid.add_row(row), (row + 1, column));
    }
}

fn paste(fields: TableFields, table: Cells, event: &ev::ClipboardEvent) {
    let text = event.clipboard_data().and_then(|it| it.get_data("text/plain").ok());
    let (Some(text), Some((_, place))) = (text, cell_of(event)) else { return };
    if text.contains('\t') {
        event.prevent_default();
        fields.change(table, |grid| grid.paste(place, &text), place);
    }
}

fn focus(table: Cells, (row, column): Place) {
    let cell = format!("[data-row='{row}'][data-column='{column}']");
    let found = table.get_untracked().and_then(|it| it.query_selector(&cell).ok().flatten());
    if let Some(cell) = found.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = cell.focus();
    }
}
