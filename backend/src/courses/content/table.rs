//! What may stand in a table.

use std::mem;

use shared::content::{TABLE_COLUMNS, TABLE_ROWS};

use crate::courses::fields::{self, Fields};

/// Characters of a cell.
const LONGEST_CELL: usize = 500;
/// Characters of all cells together.
const LONGEST_TABLE: usize = 10_000;

/// Tidies the cells, and makes all rows equally long. A row or a column in which nothing stands is
/// left out, like an empty entry of a list, but for the first row, which is the header.
pub(super) fn tidy(fields: &mut Fields, field: &str, rows: &mut Vec<Vec<String>>) {
    let widest = |rows: &[Vec<String>]| rows.iter().map(Vec::len).max().unwrap_or_default();
    if rows.len() > TABLE_ROWS {
        return fields.refuse(field, format!("表格最多 {TABLE_ROWS} 行，请分成几个表"));
    }
    if widest(rows) > TABLE_COLUMNS {
        return fields.refuse(field, format!("表格最多 {TABLE_COLUMNS} 列，手机上看不下更多"));
    }
    for (cells, row) in rows.iter_mut().zip(1..) {
        for (cell, column) in cells.iter_mut().zip(1..) {
            fields::tidy(cell);
            if cell.chars().count() > LONGEST_CELL {
                let place = format!("{field}[{}][{}]", row - 1, column - 1);
                let words = format!("第 {row} 行第 {column} 列最多 {LONGEST_CELL} 个字");
                fields.refuse(place, words);
            }
        }
    }
    let says = |row: &Vec<String>| row.iter().any(|cell| !cell.is_empty());
    if !rows.iter().any(says) {
        rows.clear();
    }
    // The first row names the columns, also while nobody has written their names yet.
    let mut is_first = true;
    rows.retain(|row| mem::take(&mut is_first) || says(row));
    let width = widest(rows);
    for row in rows.iter_mut() {
        row.resize(width, String::new());
    }
    for column in (0..width).rev() {
        if rows.iter().all(|row| row[column].is_empty()) {
            for row in rows.iter_mut() {
                row.remove(column);
            }
        }
    }
    let characters: usize = rows.iter().flatten().map(|cell| cell.chars().count()).sum();
    if characters > LONGEST_TABLE {
        fields.refuse(field, format!("一个表格最多 {LONGEST_TABLE} 个字，请分成几个表"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        let row = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
        rows.iter().map(row).collect()
    }

    fn tidied(mut table: Vec<Vec<String>>) -> Vec<Vec<String>> {
        let mut fields = Fields::default();
        tidy(&mut fields, "rows", &mut table);
        fields.done().expect("a table that can stay");
        table
    }

    #[test]
    fn a_header_that_is_not_written_yet_keeps_its_row() {
        let table = rows(&[&["", ""], &["红", "马桶"], &["", ""]]);
        assert_eq!(tidied(table), rows(&[&["", ""], &["红", "马桶"]]));
    }

    fn refused(mut table: Vec<Vec<String>>) -> String {
        let mut fields = Fields::default();
        tidy(&mut fields, "rows", &mut table);
        let crate::Error::Refused(problem) = fields.done().expect_err("a table that is too large")
        else {
            panic!("a problem that names the field")
        };
        format!("{}：{}", problem.fields[0].field, problem.fields[0].message)
    }

    #[test]
    fn rows_become_equally_long_and_what_is_empty_is_left_out() {
        let ragged = rows(&[&[" 布 ", "", "擦什么"], &["红\0"], &["", " "], &["蓝", "", "桌面"]]);
        let straight = rows(&[&["布", "擦什么"], &["红", ""], &["蓝", "桌面"]]);
        assert_eq!(tidied(ragged), straight);
        assert_eq!(tidied(straight.clone()), straight, "tidying again changes nothing");
        assert_eq!(tidied(rows(&[&["", ""], &[]])), rows(&[]));
        assert_eq!(tidied(rows(&[])), rows(&[]));
    }

    #[test]
    fn a_table_that_is_too_large_is_refused_in_words_that_say_where() {
        let cell = |text: &str| text.to_owned();
        for (table, said) in [
            (vec![vec![cell("一")]; 101], "rows：表格最多 100 行，请分成几个表"),
            (vec![vec![cell("一"); 11]], "rows：表格最多 10 列，手机上看不下更多"),
            (
                vec![vec![cell("布")], vec![cell(&"长".repeat(501))]],
                "rows[1][0]：第 2 行第 1 列最多 500 个字",
            ),
            (
                vec![vec![cell(&"长".repeat(500))]; 21],
                "rows：一个表格最多 10000 个字，请分成几个表",
            ),
        ] {
            assert_eq!(refused(table), said);
        }
    }
}
