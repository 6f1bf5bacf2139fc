//! Markdown and plain text: UTF-8 with or without its mark, or GBK as old programs write it in China.

use std::borrow::Cow;

use super::{Line, refusal};
use crate::{Result, tables};

pub fn lines(file: &[u8]) -> Result<Vec<Line>> {
    let text = decode(file)?;
    Ok(body(&text).lines().filter_map(line).collect())
}

/// Without what stands between `---` at the top, which is about the text.
fn body(text: &str) -> &str {
    let Some(rest) = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n")) else {
        return text;
    };
    let end = rest.find("\n---").and_then(|at| rest[at + 1..].find('\n').map(|end| at + 1 + end));
    end.map_or(text, |end| &rest[end..])
}

fn line(text: &str) -> Option<Line> {
    let text = text.trim_matches(|it: char| it == '\r' || it == '\u{feff}').trim();
    if text.is_empty() || is_rule(text) {
        return None;
    }
    let marks = text.len() - text.trim_start_matches('#').len();
    let (text, heading) = match text[marks..].strip_prefix(' ') {
        Some(title) if (1..=6).contains(&marks) => (title, u8::try_from(marks).ok()),
        _ => (text, None),
    };
    let text = match text.strip_prefix('|').and_then(|it| it.strip_suffix('|')) {
        Some(cells) => cells.split('|').map(str::trim).collect::<Vec<_>>().join(" | "),
        None => plain(text),
    };
    Some(Line { heading, ..Line::of(text) })
}

/// `|---|---|` and `***`, which only draw lines.
fn is_rule(text: &str) -> bool {
    text.len() >= 3 && text.contains("--") && text.chars().all(|it| "|-: ".contains(it))
        || text.len() >= 3 && text.chars().all(|it| it == '*')
}

/// Without the marks of bold text, lists and quotes.
fn plain(text: &str) -> String {
    let text = text.strip_prefix("> ").unwrap_or(text);
    let text = match text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")) {
        Some(item) => format!("——{}", item.trim_start()),
        None => text.to_owned(),
    };
    text.replace("**", "")
}

fn decode(file: &[u8]) -> Result<Cow<'_, str>> {
    let unreadable =
        || refusal("这不是能读的文件，请上传 Word（.docx）、有文字的 PDF、Markdown 或纯文本");
    tables::as_text(file).ok_or_else(unreadable)
}
