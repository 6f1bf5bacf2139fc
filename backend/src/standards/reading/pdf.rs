//! A PDF with text in it. Whoever reads it is a library that sets no bounds: what its streams unpack to
//! is measured before, so that most bombs are told what they are; what is left ends its process.

use std::{
    collections::{HashMap, HashSet},
    io::{Read, copy},
    panic::{AssertUnwindSafe, catch_unwind},
};

use flate2::read::ZlibDecoder;

use super::{Line, refusal};
use crate::Result;

/// Bytes that all streams may unpack to.
const MOST_UNPACKED: u64 = 128 * 1024 * 1024;
/// How many streams are looked at.
const MOST_STREAMS: usize = 50_000;
/// A line that stands at the edge of so many pages is a header or a footer.
const REPEATED: usize = 3;
/// Lines of a page that may be a header, or a footer.
const EDGE: usize = 2;

pub fn lines(file: &[u8]) -> Result<Vec<Line>> {
    if contains(file, b"/Encrypt") {
        return Err(refusal("这个 PDF 加了密码，请先去掉密码，或者上传 Word 文件"));
    }
    if !is_harmless(file) {
        return Err(refusal("这个 PDF 展开以后大得不正常，请用 Word 文件"));
    }
    let read = catch_unwind(AssertUnwindSafe(|| pdf_extract::extract_text_from_mem_by_pages(file)));
    let Ok(Ok(pages)) = read else {
        return Err(refusal(
            "这个 PDF 里的文字读不出来，请上传 Word 文件，或者把文字复制到纯文本里",
        ));
    };
    Ok(joined(&pages))
}

fn contains(file: &[u8], word: &[u8]) -> bool {
    file.windows(word.len()).any(|it| it == word)
}

/// Whether all streams together unpack to what memory holds. Bytes are counted as they come out.
fn is_harmless(file: &[u8]) -> bool {
    // Packed twice, or in a way whose measure is not taken here.
    if packed_twice(file) || contains(file, b"/LZWDecode") {
        return false;
    }
    let (mut left, mut at, mut streams) = (MOST_UNPACKED, 0, 0);
    while let Some(found) = file[at..].windows(6).position(|it| it == b"stream") {
        at += found + 6;
        let data = file[at..].strip_prefix(b"\r\n").or_else(|| file[at..].strip_prefix(b"\n"));
        let Some(data) = data else { continue };
        streams += 1;
        // What is no zlib stream ends at once.
        let unpacked = unpacked(data, left);
        if unpacked > left || streams > MOST_STREAMS {
            return false;
        }
        left -= unpacked;
    }
    true
}

/// Whether a list of filters unpacks twice, which is worth its while only for bombs.
fn packed_twice(file: &[u8]) -> bool {
    let word = b"/FlateDecode";
    let found = file.windows(word.len()).enumerate().filter(|it| it.1 == word);
    let mut after = found.map(|(at, _)| &file[at + word.len()..]);
    after.any(|rest| {
        let end =
            rest.iter().take(200).position(|it| matches!(it, b']' | b'>')).unwrap_or_default();
        contains(&rest[..end], word)
    })
}

fn unpacked(data: &[u8], most: u64) -> u64 {
    let mut decoder = ZlibDecoder::new(data).take(most + 1);
    // An error at the end does not take back what came out before.
    let mut count = Counting(0);
    drop(copy(&mut decoder, &mut count));
    count.0
}

struct Counting(u64);

impl std::io::Write for Counting {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The lines of all pages without what stands at the edge of each of them. In the middle of a page
/// the same few letters may well come again, as the last word of a sentence.
fn joined(pages: &[String]) -> Vec<Line> {
    let pages: Vec<Vec<&str>> = pages.iter().map(|it| written(it)).collect();
    let mut seen = HashMap::<String, usize>::new();
    for page in &pages {
        let mut at_edge: Vec<String> = edges(page).map(|at| bare(page[at])).collect();
        at_edge.sort_unstable();
        at_edge.dedup();
        for line in at_edge {
            *seen.entry(line).or_default() += 1;
        }
    }
    let margin = |line: &str| {
        let bare = bare(line);
        let number = bare.chars().all(|it| it.is_ascii_digit() || "IVXⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ-—".contains(it));
        number || (bare.chars().count() < 40 && seen[&bare] >= REPEATED)
    };
    let mut lines = Vec::new();
    for page in &pages {
        let edge: HashSet<usize> = edges(page).collect();
        let inner = page.iter().enumerate().filter(|(at, it)| !edge.contains(at) || !margin(it));
        lines.extend(inner.map(|(_, it)| Line { broken: true, ..Line::of(tightened(it)) }));
    }
    lines
}

/// The lines of a page that are not empty.
fn written(page: &str) -> Vec<&str> {
    page.lines().filter(|it| !bare(it).is_empty()).collect()
}

/// Where headers and footers stand.
fn edges(page: &[&str]) -> impl Iterator<Item = usize> + use<> {
    let count = page.len();
    (0..count).filter(move |at| *at < EDGE || *at + EDGE >= count)
}

fn bare(line: &str) -> String {
    line.chars().filter(|it| !it.is_whitespace()).collect()
}

/// Without the spaces that justified text has between Chinese characters.
fn tightened(line: &str) -> String {
    let chinese = |it: char| matches!(it, '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    let letters: Vec<char> = line.trim().chars().collect();
    let kept = letters.iter().enumerate().filter(|(at, it)| {
        let after = letters[at + 1..].iter().find(|it| **it != ' ');
        let before = letters[..*at].iter().rfind(|it| **it != ' ');
        let between = [before, after].into_iter().all(|it| it.is_some_and(|it| chinese(*it)));
        **it != ' ' || !between
    });
    kept.map(|(_, it)| *it).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;

    fn with_stream(zeros: usize) -> Vec<u8> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&vec![0; zeros]).unwrap();
        let mut file = b"%PDF-1.7\n1 0 obj <</Filter /FlateDecode>>\nstream\n".to_vec();
        file.extend(packed.finish().unwrap());
        file.extend(b"\nendstream endobj");
        file
    }

    #[test]
    fn bombs_are_told_from_documents() {
        assert!(is_harmless(&with_stream(1 << 20)));
        assert!(!is_harmless(&with_stream(129 << 20)));
        assert!(!is_harmless(b"<</Filter [/FlateDecode /FlateDecode]>>"));
        assert!(is_harmless(b"<</Filter /FlateDecode>> stream\nnothing packed\nendstream"));
    }

    #[test]
    fn what_stands_on_every_page_and_page_numbers_are_left_out() {
        let page = |number: u32, text: &str| format!("DB32/T 1234—2023\n\n{text}\n{number}\n");
        let pages = [page(1, "1 范围"), page(2, "本 文 件 规定了 会 议"), page(3, "2 A 4 纸")];
        let lines: Vec<_> = joined(&pages).into_iter().map(|it| it.text).collect();
        assert_eq!(lines, ["1 范围", "本文件规定了会议", "2 A 4 纸"]);
    }

    #[test]
    fn the_end_of_a_sentence_stays_however_often_it_comes() {
        let page = |number: u32| {
            format!(
                "DB32/T 1234—2023\n{number} 消毒\n时间不应少于10\n min。\n人数\n20\n以下{number}\n{number}\n"
            )
        };
        let lines: Vec<_> = joined(&[1, 2, 3].map(page)).into_iter().map(|it| it.text).collect();
        let of_page = |number| {
            let (first, last) = (format!("{number} 消毒"), format!("以下{number}"));
            [&*first, "时间不应少于10", "min。", "人数", "20", &*last].map(str::to_owned)
        };
        assert_eq!(lines, [1, 2, 3].map(of_page).concat());
    }
}
