//! What the fuzzer tries of roster files.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{cells, table};
use crate::Error;

/// A file as it comes. Whatever it is, it becomes rows that somebody can look at, or is refused in
/// words.
pub fn sheet(file: &[u8]) {
    match table::rows(file) {
        Ok(rows) => {
            assert!(!rows.is_empty());
            let today = chrono::DateTime::UNIX_EPOCH.date_naive();
            for row in rows {
                assert!(row.number > 1 && !row.cells.is_empty());
                assert!(row.cells.values().all(|it| !it.is_empty() && it.chars().count() <= 200));
                drop(cells::read(&row, today));
            }
        }
        Err(Error::Refused(problem)) => assert!(problem.detail.is_some()),
        Err(Error::Broken(error)) => panic!("it is nobody's fault but ours: {error:#}"),
    }
}

/// The texts of a workbook's files, one after another below their names as `=== xl/workbook.xml`:
/// what is packed can hardly be changed without breaking it.
pub fn workbook(parts: &[u8]) {
    let text = String::from_utf8_lossy(parts);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for part in text.split("=== ").skip(1) {
        let (name, content) = part.split_once('\n').unwrap_or((part, ""));
        // A name that no archive can have, or has already, is left out.
        if zip.start_file(name, stored).is_ok() {
            zip.write_all(content.as_bytes()).expect("memory takes it");
        }
    }
    sheet(&zip.finish().expect("memory takes it").into_inner());
}
