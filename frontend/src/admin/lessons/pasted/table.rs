//! A table being read: its cells, and what is said of those that reach over several.

use shared::content::{TABLE_COLUMNS, TABLE_ROWS};

use super::tokens::Tag;

#[derive(Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
    /// In which rows below a cell of this column still stands.
    reaches: Vec<usize>,
    /// Columns and rows that the open cell reaches over.
    spans: (usize, usize),
    open: bool,
}

impl Table {
    pub fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub fn cell(&mut self, tag: &Tag) {
        let span = |name: &str| tag.attribute(name).and_then(|it| it.trim().parse().ok());
        let within = |span: Option<usize>, most: usize| span.unwrap_or(1).clamp(1, most);
        self.spans = (within(span("colspan"), TABLE_COLUMNS), within(span("rowspan"), TABLE_ROWS));
        self.open = true;
    }

    pub fn is_in_cell(&self) -> bool {
        self.open
    }

    /// Ends a cell with what stands in it.
    pub fn end_cell(&mut self, text: String) {
        if self.rows.is_empty() {
            self.row();
        }
        let (columns, rows) = self.spans;
        self.open = false;
        self.step_over();
        let Some(row) = self.rows.last_mut() else { return };
        if row.len() >= TABLE_COLUMNS {
            // More columns than a table may have: nothing is lost, it only stands closer.
            if let Some(last) = row.last_mut().filter(|_| !text.is_empty()) {
                last.push(' ');
                last.push_str(&text);
            }
            return;
        }
        let first = row.len();
        row.push(text);
        row.resize((first + columns).min(TABLE_COLUMNS), String::new());
        let end = row.len();
        if self.reaches.len() < end {
            self.reaches.resize(end, 0);
        }
        self.reaches[first..end].fill(rows - 1);
    }

    /// Leaves room for the cells above that reach into this row.
    fn step_over(&mut self) {
        let Some(row) = self.rows.last_mut() else { return };
        while let Some(left) = self.reaches.get_mut(row.len()).filter(|it| **it > 0) {
            *left -= 1;
            row.push(String::new());
        }
    }

    /// Its rows, in as many tables as are needed, each with the names of the columns.
    pub fn end(mut self) -> Vec<Vec<Vec<String>>> {
        self.rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        let Some(head) = self.rows.first().cloned() else { return Vec::new() };
        let body = &self.rows[1..];
        if body.is_empty() {
            return vec![vec![head]];
        }
        let part = |rows: &[Vec<String>]| std::iter::once(&head).chain(rows).cloned().collect();
        body.chunks(TABLE_ROWS - 1).map(part).collect()
    }
}
