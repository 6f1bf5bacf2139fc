//! Numbers with dots between them: `4`, `4.2.3`, `A.1.2`.

use super::{Head, Mark, found, measures::is_measure};

/// `A.1.2 内容`
pub(super) fn lettered(line: &str) -> Option<Head> {
    let letter = line.chars().next().filter(char::is_ascii_uppercase)?;
    let (parts, rest) = parts(line[1..].strip_prefix(['.', '．'])?)?;
    let number = format!("{letter}.{}", joined(&parts));
    apart(rest).then(|| found(Mark::Lettered(letter, parts), number, rest))
}

/// `4.2.3 内容`, but neither `3.5 m` nor `2023-05-01`.
pub(super) fn decimal(line: &str) -> Option<Head> {
    let (parts, rest) = parts(line)?;
    if parts.len() == 1 {
        // `1. 内容` and `1、内容` are counted paragraphs; `1 范围` needs its space.
        if let Some(rest) = rest.strip_prefix(['.', '．', '、']) {
            let counted = !rest.is_empty() && parts[0] < 100;
            return counted.then(|| found(Mark::Counted(parts[0]), format!("{}.", parts[0]), rest));
        }
        let title = rest.trim();
        let titled = (1..=40).contains(&title.chars().count())
            && !title.ends_with(['。', '；', '，'])
            && !title.starts_with(|it: char| it.is_ascii_digit());
        if !rest.starts_with(char::is_whitespace) || !titled {
            return None;
        }
    }
    let number = joined(&parts);
    (apart(rest) && !is_measure(rest.trim_start()))
        .then(|| found(Mark::Decimal(parts), number, rest))
}

pub(super) fn joined(parts: &[u32]) -> String {
    parts.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
}

/// Numbers between dots, at most six of at most three digits, and what follows them.
fn parts(text: &str) -> Option<(Vec<u32>, &str)> {
    let (mut parts, mut rest) = (Vec::new(), text);
    loop {
        let digits = rest.len() - rest.trim_start_matches(|it: char| it.is_ascii_digit()).len();
        if !(1..=3).contains(&digits) || (digits > 1 && rest.starts_with('0')) {
            return None;
        }
        parts.push(rest[..digits].parse().ok()?);
        rest = &rest[digits..];
        let next = rest.strip_prefix(['.', '．']);
        match next.filter(|it| it.starts_with(|it: char| it.is_ascii_digit())) {
            Some(next) if parts.len() < 6 => rest = next,
            Some(_) => return None,
            None => return Some((parts, rest)),
        }
    }
}

/// Whether a number ends where it ends: nothing that makes it a date, a range or a fraction follows.
fn apart(rest: &str) -> bool {
    rest.chars().next().is_none_or(|it| {
        it.is_whitespace()
            || (it.is_alphabetic() && !it.is_ascii())
            || matches!(it, '《' | '“' | '「')
    })
}
