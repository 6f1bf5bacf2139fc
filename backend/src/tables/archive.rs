//! What a workbook unpacks to, measured before anything reads it: the reader sets no bounds.

use std::io::{Cursor, Read, copy, sink};

use zip::ZipArchive;

/// Entries of a workbook or a document: one without pictures has about a dozen.
const MOST_ENTRIES: usize = 500;
/// Bytes that all entries may unpack to.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;
/// How many times an entry may be larger than its packed bytes.
const MOST_RATIO: u64 = 200;
/// Entries smaller than this may be packed as well as they like.
const SMALL: u64 = 256 * 1024;

/// Whether the archive is one that a spreadsheet program makes. Bytes are counted as they come out:
/// what the archive says about itself may be a lie.
pub fn is_harmless(file: &[u8]) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(file)) else { return false };
    if archive.len() > MOST_ENTRIES {
        return false;
    }
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        let Ok(entry) = archive.by_index(at) else { return false };
        let most_of_this = entry.compressed_size().saturating_mul(MOST_RATIO).max(SMALL).min(left);
        let packed = entry.compressed_size();
        let Ok(unpacked) = copy(&mut entry.take(most_of_this + 1), &mut sink()) else {
            return false;
        };
        if unpacked > most_of_this || packed > file.len() as u64 {
            return false;
        }
        left -= unpacked;
    }
    true
}

/// Whether a file is an archive with an entry of this name, by its list of entries alone.
pub fn has(file: &[u8], name: &str) -> bool {
    ZipArchive::new(Cursor::new(file)).is_ok_and(|it| it.index_for_name(name).is_some())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    /// An archive of so many entries with so many zeros each.
    fn archive(entries: usize, zeros: usize) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..entries {
            zip.start_file(format!("{at}.xml"), SimpleFileOptions::default()).unwrap();
            zip.write_all(&vec![0; zeros]).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn bombs_are_told_from_workbooks() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for row in 0..5000 {
            sheet.write_string(row, 0, "同一个单位").unwrap();
            sheet.write_number(row, 1, row).unwrap();
        }
        assert!(is_harmless(&book.save_to_buffer().unwrap()));
        assert!(is_harmless(&archive(3, 1000)));
        assert!(!is_harmless(&archive(1, 8 << 20)), "packed a thousand times");
        assert!(!is_harmless(&archive(MOST_ENTRIES + 1, 1)), "too many entries");
        assert!(!is_harmless(&archive(190, 400_000)), "too much in all");
        assert!(!is_harmless(b"PK\x03\x04 and nothing more"));
    }
}
