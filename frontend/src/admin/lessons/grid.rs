//! Rows of cells, all equally long, and what can be done with them.

use shared::content::{TABLE_COLUMNS, TABLE_ROWS};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid(Vec<Vec<String>>);

/// A row and a column, counted from 0.
pub type Place = (usize, usize);

impl Grid {
    /// What a new table is: names of two columns, and room for two rows.
    pub fn fresh() -> Self {
        Self(vec![vec![String::new(); 2]; 3])
    }

    /// Straightened; at least one cell, so that there is something to write in.
    pub fn of(mut rows: Vec<Vec<String>>) -> Self {
        let width = rows.iter().map(Vec::len).max().unwrap_or_default().max(1);
        if rows.is_empty() {
            rows.push(Vec::new());
        }
        for row in &mut rows {
            row.resize(width, String::new());
        }
        Self(rows)
    }

    pub fn rows(&self) -> &[Vec<String>] {
        &self.0
    }

    pub fn height(&self) -> usize {
        self.0.len()
    }

    pub fn width(&self) -> usize {
        self.0[0].len()
    }

    pub fn is_blank(&self) -> bool {
        self.0.iter().flatten().all(|cell| cell.trim().is_empty())
    }

    pub fn write(&mut self, (row, column): Place, text: String) {
        if let Some(cell) = self.0.get_mut(row).and_then(|row| row.get_mut(column)) {
            *cell = text;
        }
    }

    /// Adds a row below another, where there is room.
    pub fn add_row(&mut self, below: usize) {
        if self.height() < TABLE_ROWS {
            let row = vec![String::new(); self.width()];
            self.0.insert((below + 1).min(self.height()), row);
        }
    }

    pub fn add_column(&mut self, after: usize) {
        let place = (after + 1).min(self.width());
        if self.width() < TABLE_COLUMNS {
            for row in &mut self.0 {
                row.insert(place, String::new());
            }
        }
    }

    /// Takes a row away; the last one stays.
    pub fn remove_row(&mut self, at: usize) {
        if self.height() > 1 && at < self.height() {
            self.0.remove(at);
        }
    }

    pub fn remove_column(&mut self, at: usize) {
        if self.width() > 1 && at < self.width() {
            for row in &mut self.0 {
                row.remove(at);
            }
        }
    }

    /// The place nearest to one that may have been taken away.
    pub fn nearest(&self, (row, column): Place) -> Place {
        (row.min(self.height() - 1), column.min(self.width() - 1))
    }

    /// Writes cells copied from another table from a place on; the table grows as far as it may.
    pub fn paste(&mut self, (row, column): Place, text: &str) {
        let lines = text.trim_end_matches(['\r', '\n']).lines();
        for (line, row) in lines.zip(row..TABLE_ROWS) {
            while row >= self.height() {
                self.add_row(self.height());
            }
            for (cell, column) in line.split('\t').zip(column..TABLE_COLUMNS) {
                while column >= self.width() {
                    self.add_column(self.width());
                }
                self.write((row, column), cell.trim().to_owned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(text: &str) -> Grid {
        Grid::of(text.split('/').map(|row| row.split(',').map(str::to_owned).collect()).collect())
    }

    #[test]
    fn rows_and_columns_come_and_go_where_one_is() {
        let mut table = grid("布,擦什么/红,马桶");
        table.add_row(0);
        assert_eq!(table, grid("布,擦什么/,/红,马桶"));
        table.add_column(0);
        assert_eq!(table, grid("布,,擦什么/,,/红,,马桶"));
        table.remove_row(1);
        table.remove_column(0);
        assert_eq!(table, grid(",擦什么/,马桶"));
        assert_eq!(table.nearest((9, 9)), (1, 1));
    }

    #[test]
    fn the_last_cell_stays_and_the_largest_table_does_not_grow() {
        let mut table = Grid::of(Vec::new());
        table.remove_row(0);
        table.remove_column(0);
        assert_eq!((table.height(), table.width()), (1, 1));
        assert!(table.is_blank());
        for _ in 0..200 {
            table.add_row(0);
            table.add_column(0);
        }
        assert_eq!((table.height(), table.width()), (TABLE_ROWS, TABLE_COLUMNS));
    }

    #[test]
    fn cells_copied_from_a_sheet_are_written_from_the_place_on() {
        let mut table = grid("布,擦什么/红,马桶");
        table.paste((1, 1), "便池\t每天\r\n桌面\t每周\r\n");
        assert_eq!(table, grid("布,擦什么,/红,便池,每天/,桌面,每周"));
        table.paste((0, 0), &"一\t".repeat(300));
        table.paste((0, 0), &"二\n".repeat(300));
        assert_eq!((table.height(), table.width()), (TABLE_ROWS, TABLE_COLUMNS));
    }
}
