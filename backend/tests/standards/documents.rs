//! The documents of `tests/documents` through the real import, compared with the text that they were
//! written from: every number is a clause, in its order, and no word is lost.

use super::*;

const TEXT: &str = include_str!("../../seed/standards/jgsw-01-2026.md");

macro_rules! document {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/documents/", $name))
    };
}

/// A numbered paragraph of the text, as anybody reads it: what kind, which number, what it says.
type Written = (ClauseKind, String, String);

fn written_down() -> Vec<Written> {
    let body = TEXT.splitn(3, "---\n").nth(2).unwrap();
    let lines = body.lines().filter(|it| !it.starts_with("# ") && !it.starts_with('|'));
    lines.filter_map(|line| numbered(line.trim_start_matches('#').trim())).collect()
}

fn numbered(line: &str) -> Option<Written> {
    let is_number = |it: &str| {
        let mut parts = it.split('.');
        let first = parts.next().unwrap_or_default();
        let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        let letter = first.len() == 1 && first.bytes().all(|it| it.is_ascii_uppercase());
        (digits(first) || (letter && it.contains('.'))) && parts.all(digits)
    };
    if ["前言", "引言", "参考文献"].contains(&line) {
        return Some((ClauseKind::Chapter, String::new(), line.to_owned()));
    }
    let (number, rest) = line.split_once(' ')?;
    let kind = match number {
        it if it.starts_with("附录") => ClauseKind::Appendix,
        it if it.strip_prefix('表').is_some_and(is_number) => ClauseKind::Table,
        it if it.len() == 2 && it.ends_with(')') => ClauseKind::Item,
        it if is_number(it) && !it.contains('.') => ClauseKind::Chapter,
        it if is_number(it) => ClauseKind::Article,
        _ => return None,
    };
    let rest = rest.trim_start_matches("（规范性） ").trim_start_matches("（资料性） ");
    Some((kind, number.to_owned(), rest.to_owned()))
}

/// Without what a line break or a cell may have put in between, and without quotation marks, which a
/// PDF has where it draws them.
fn bare(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace() && !matches!(it, '|' | '-' | '“' | '”')).collect()
}

async fn proposed(world: &World, name: &str, file: &[u8]) -> Vec<ClauseRow> {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let target = format!("/api/console/standards/{id}/versions");
    let (status, version) = ming.upload(&target, name, file).await;
    assert_eq!(status, 200, "{version}");
    work_off(world).await;
    let version = version["id"].as_str().unwrap().parse().unwrap();
    let shown = ming.call(ShowVersion { version }).await.unwrap();
    assert_eq!(shown.import, VersionImport::Proposed, "{:?}", shown.message);
    let (mut all, mut skip) = (Vec::new(), None);
    loop {
        let page = ming.call(ListClauses { version, skip }).await.unwrap();
        all.extend(page.items);
        if all.len() >= page.total as usize {
            assert_eq!(all.len(), shown.clauses as usize);
            return all;
        }
        skip = u32::try_from(all.len()).ok();
    }
}

fn count(found: &[ClauseRow], kind: ClauseKind) -> usize {
    found.iter().filter(|it| it.kind == kind).count()
}

/// Every numbered paragraph is a clause of its kind, in its order, and says what was written.
fn says_the_same(found: &[ClauseRow]) {
    let written = written_down();
    let numbers: Vec<_> = found.iter().map(|it| (it.kind, it.number.as_str())).collect();
    let expected: Vec<_> = written.iter().map(|it| (it.0, it.1.as_str())).collect();
    for (at, (found, expected)) in numbers.iter().zip(&expected).enumerate() {
        assert_eq!(found, expected, "clause {at}, after {:?}", &numbers[at.saturating_sub(3)..at]);
    }
    assert_eq!(numbers.len(), expected.len());
    for (found, (_, number, said)) in found.iter().zip(&written) {
        let whole = bare(&format!("{}{}", found.title, found.text));
        assert!(whole.starts_with(&bare(said)), "{number}: {whole}");
    }
    let kinds = [
        (ClauseKind::Chapter, 15),
        (ClauseKind::Article, 250),
        (ClauseKind::Paragraph, 0),
        (ClauseKind::Item, 26),
        (ClauseKind::Appendix, 8),
        (ClauseKind::Table, 12),
    ];
    for (kind, expected) in kinds {
        assert_eq!(count(found, kind), expected, "{}", kind.label());
    }
}

/// Every line of the text, and every cell of its tables, is in some clause.
fn loses_nothing(found: &[ClauseRow]) {
    let all: String = found.iter().map(|it| bare(&format!("{}{}", it.title, it.text))).collect();
    let body = TEXT.splitn(3, "---\n").nth(2).unwrap();
    for line in body.lines().filter(|it| !it.starts_with("# ") && !it.starts_with("|---")) {
        let line = line.trim_start_matches('#').trim();
        let said = numbered(line).map_or(line.to_owned(), |it| it.2);
        for cell in said.split('|').map(bare).filter(|it| !it.is_empty()) {
            assert!(all.contains(&cell), "{cell} is lost");
        }
    }
}

/// Of every letter there are as many as were written: cells of a PDF's tables are read line by line
/// across the columns, so that their words stand apart.
fn loses_no_letter(found: &[ClauseRow]) {
    let mut left = std::collections::HashMap::<char, usize>::new();
    for it in found {
        for letter in bare(&format!("{}{}", it.title, it.text)).chars() {
            *left.entry(letter).or_default() += 1;
        }
    }
    let body = TEXT.splitn(3, "---\n").nth(2).unwrap();
    for line in body.lines().filter(|it| !it.starts_with("# ") && !it.starts_with("|---")) {
        let line = line.trim_start_matches('#').trim();
        for letter in bare(&numbered(line).map_or(line.to_owned(), |it| it.2)).chars() {
            let count = left.entry(letter).or_default();
            *count = count.checked_sub(1).unwrap_or_else(|| panic!("a {letter} of {line} is lost"));
        }
    }
}

fn clause_of<'a>(found: &'a [ClauseRow], number: &str) -> &'a ClauseRow {
    found.iter().find(|it| it.number == number).unwrap()
}

fn reads_as_written(found: &[ClauseRow]) {
    let first = clause_of(found, "4.1.1");
    assert_eq!(bare(&first.text), "会议服务应遵循安全、保密、准时、节俭的原则。");
    assert_eq!((first.depth, first.modality), (2, Modality::Shall));
    assert_eq!(clause_of(found, "4.2.5").modality, Modality::Should);
    assert_eq!(clause_of(found, "7.2").title, "茶水服务");
    assert_eq!(clause_of(found, "附录A").force, ClauseForce::Normative);
    assert_eq!(clause_of(found, "附录H").force, ClauseForce::Informative);
    let below = clause_of(found, "A.2.2");
    assert_eq!(bare(&below.text), "使用轮椅的参会人员前方桌下净高不应小于65cm。");
    assert_eq!((below.depth, below.force), (2, ClauseForce::Normative));
}

scene!(a_word_file_of_forty_pages_becomes_every_clause_that_was_written, |world| async move {
    let found = proposed(&world, "JGSW 01.docx", document!("jgsw-01-2026.docx")).await;
    says_the_same(&found);
    loses_nothing(&found);
    reads_as_written(&found);
    assert!(clause_of(&found, "表1").text.contains("21人～50人 | 不少于2人"));
});

scene!(the_same_as_a_pdf_becomes_the_same_clauses, |world| async move {
    let found = proposed(&world, "JGSW 01.pdf", document!("jgsw-01-2026.pdf")).await;
    says_the_same(&found);
    loses_no_letter(&found);
    reads_as_written(&found);
});
