//! The brackets of a stem, which may be filled in with the key.

use regex::Captures;

expression!(FILLED, r"[（(]\s*([A-H](?:[\s、,，]*[A-H]){0,7}|[√✓✔×✗✘]|对|错|正确|错误|)\s*[)）]");

/// What the brackets of a stem say.
#[derive(Debug, PartialEq, Eq)]
pub enum Brackets {
    /// Nothing is filled in.
    Empty,
    /// The key, and the stem without it.
    Key(String, String),
    /// More than one pair, of which somebody filled in some: nobody can say which is the key.
    Unclear,
}

pub fn brackets(stem: &str) -> Brackets {
    let found: Vec<Captures<'_>> = FILLED.captures_iter(stem).collect();
    let filled = |it: &&Captures<'_>| !it[1].is_empty();
    match (found.iter().find(filled), found.len()) {
        (None, _) => Brackets::Empty,
        (Some(key), 1) => {
            let said = key[1].to_owned();
            let blank = stem.replace(&key[0], "（　）");
            Brackets::Key(said, blank)
        }
        _ => Brackets::Unclear,
    }
}
