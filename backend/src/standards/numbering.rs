//! How a line of a standard begins: the numbers of chapters, clauses, items, tables and appendices,
//! as GB/T 1.1 and official papers write them. What only looks like one is left alone.

mod decimals;
mod measures;
mod numerals;

use shared::standards::console::{ClauseForce, ClauseKind};

use decimals::{decimal, lettered};
use numerals::{is_numeral, numeral};

/// What a line begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub mark: Mark,
    /// As it is written, without spaces.
    pub number: String,
    /// The rest of the line.
    pub rest: String,
}

/// What kind of number it is, by what it can be compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// 前言, 引言, 参考文献
    Named,
    /// 第三章
    Chapter(u32),
    /// 第三节
    Section(u32),
    /// 第十二条
    Article(u32),
    /// `4`, `4.2.3`
    Decimal(Vec<u32>),
    /// `A.1.2`
    Lettered(char, Vec<u32>),
    /// 附录A
    Appendix(char, Option<ClauseForce>),
    /// 表1, 表A.1
    Table,
    /// 一、
    Official(u32),
    /// （一）
    OfficialSub(u32),
    /// `1.` or `1、`, as official papers have it below （一）
    Counted(u32),
    /// `a)`
    Letter(char),
    /// `1)` or `（1）`
    Number(u32),
    /// `——` or `●`
    Dash,
}

impl Mark {
    /// What it is called where nobody says otherwise.
    pub const fn kind(&self) -> ClauseKind {
        match self {
            Self::Named | Self::Chapter(_) | Self::Official(_) => ClauseKind::Chapter,
            Self::Decimal(parts) if parts.len() == 1 => ClauseKind::Chapter,
            Self::Section(_)
            | Self::Article(_)
            | Self::Decimal(_)
            | Self::Lettered(..)
            | Self::OfficialSub(_) => ClauseKind::Article,
            Self::Appendix(..) => ClauseKind::Appendix,
            Self::Table => ClauseKind::Table,
            Self::Counted(_) => ClauseKind::Paragraph,
            Self::Letter(_) | Self::Number(_) | Self::Dash => ClauseKind::Item,
        }
    }
}

/// Chapters without a number.
const NAMED: [&str; 6] = ["前言", "引言", "参考文献", "索引", "序言", "编制说明"];

/// The number that a line begins with, if it is one by its looks. Whether it fits where it stands is
/// for the splitter to say.
pub fn head(line: &str) -> Option<Head> {
    let line = line.trim();
    named(line)
        .or_else(|| appendix(line))
        .or_else(|| ordinal(line))
        .or_else(|| table(line))
        .or_else(|| lettered(line))
        .or_else(|| decimal(line))
        .or_else(|| bracketed(line))
        .or_else(|| official(line))
        .or_else(|| dash(line))
}

fn found(mark: Mark, number: impl Into<String>, rest: &str) -> Head {
    Head { mark, number: number.into(), rest: rest.trim().to_owned() }
}

/// 前　言
fn named(line: &str) -> Option<Head> {
    let bare: String = line.chars().filter(|it| !it.is_whitespace()).collect();
    NAMED.contains(&bare.as_str()).then(|| found(Mark::Named, "", &bare))
}

/// 附录A （规范性） 标题
fn appendix(line: &str) -> Option<Head> {
    let rest = line.strip_prefix('附')?.trim_start().strip_prefix('录')?.trim_start();
    let letter = rest.chars().next().filter(char::is_ascii_uppercase)?;
    let rest = &rest[1..];
    // `附录A的规定` is a sentence, and `附录AB` nothing.
    if rest.starts_with(|it: char| !it.is_whitespace() && !matches!(it, '(' | '（' | '：' | ':'))
    {
        return None;
    }
    let (force, rest) = force(rest.trim_start_matches([':', '：']).trim_start());
    Some(found(Mark::Appendix(letter, force), format!("附录{letter}"), rest))
}

/// `（规范性附录）` and what follows it.
pub fn force(text: &str) -> (Option<ClauseForce>, &str) {
    for (word, force) in [("规范性", ClauseForce::Normative), ("资料性", ClauseForce::Informative)]
    {
        let inside = text.strip_prefix(['(', '（']).and_then(|it| it.strip_prefix(word));
        let Some(inside) = inside else { continue };
        let inside = inside.strip_prefix("附录").unwrap_or(inside);
        if let Some(rest) = inside.strip_prefix([')', '）']) {
            return (Some(force), rest);
        }
    }
    (None, text)
}

/// 第三章, 第 3 条
fn ordinal(line: &str) -> Option<Head> {
    let rest = line.strip_prefix('第')?.trim_start();
    let end = rest.find(|it: char| !is_numeral(it))?;
    let value = numeral(&rest[..end])?;
    let tail = rest[end..].trim_start();
    let unit = tail.chars().next()?;
    let rest = &tail[unit.len_utf8()..];
    // `第5章至第8章按…` and `第三条的规定` are sentences.
    let apart = rest.is_empty() || rest.starts_with(|it: char| it.is_whitespace() || it == '：');
    let mark = match unit {
        '章' => Mark::Chapter(value),
        '节' => Mark::Section(value),
        '条' => Mark::Article(value),
        _ => return None,
    };
    let number = format!("第{}{unit}", &line['第'.len_utf8()..].trim_start()[..end]);
    apart.then(|| found(mark, number, rest.trim_start_matches('：')))
}

/// 表 1 名称, 表A.1（续）
fn table(line: &str) -> Option<Head> {
    let rest = line.strip_prefix('表')?.trim_start();
    let end = rest.find(|it: char| !it.is_ascii_digit() && !matches!(it, '.' | 'A'..='Z'));
    let (number, rest) = rest.split_at(end.unwrap_or(rest.len()));
    let parts = number.trim_start_matches(|it: char| it.is_ascii_uppercase());
    let parts = parts.trim_start_matches('.');
    if parts.is_empty() || !parts.split('.').all(|it| it.parse::<u32>().is_ok_and(|it| it < 200)) {
        return None;
    }
    let continued = ["（续）", "(续)"].iter().find_map(|it| rest.trim_start().strip_prefix(it));
    let apart = rest.is_empty() || rest.starts_with(char::is_whitespace) || continued.is_some();
    let caption = rest.chars().count() <= 60 && !rest.trim_end().ends_with(['。', '；', '，']);
    (apart && caption).then(|| found(Mark::Table, format!("表{number}"), continued.unwrap_or(rest)))
}

/// `a)`, `1）`, `（1）`, `（一）`
fn bracketed(line: &str) -> Option<Head> {
    let open = line.strip_prefix(['(', '（']);
    let inside = open.unwrap_or(line);
    let end = inside.find([')', '）'])?;
    let (word, rest) = (inside[..end].trim(), &inside[end..]);
    let rest = rest.trim_start_matches([')', '）']);
    let mut letters = word.chars();
    let mark = match (letters.next()?, letters.next()) {
        (letter @ 'a'..='z', None) => Mark::Letter(letter),
        _ if word.bytes().all(|it| it.is_ascii_digit()) => {
            Mark::Number(word.parse().ok().filter(|it| (1..100).contains(it))?)
        }
        _ if open.is_some() && word.chars().all(|it| is_numeral(it) && !it.is_ascii_digit()) => {
            Mark::OfficialSub(numeral(word)?)
        }
        _ => return None,
    };
    let number = match (&mark, open.is_some()) {
        (Mark::OfficialSub(_), _) => format!("（{word}）"),
        (_, true) => format!("({word})"),
        (_, false) => format!("{word})"),
    };
    (!rest.trim().is_empty()).then(|| found(mark, number, rest))
}

/// 一、总则
fn official(line: &str) -> Option<Head> {
    let end = line.find('、')?;
    let (word, rest) = (&line[..end], &line[end + '、'.len_utf8()..]);
    let chinese = word.chars().all(|it| is_numeral(it) && !it.is_ascii_digit());
    let value = if chinese { numeral(word)? } else { return None };
    (!rest.trim().is_empty() && value < 100)
        .then(|| found(Mark::Official(value), format!("{word}、"), rest))
}

/// `——内容`, `● 内容`
fn dash(line: &str) -> Option<Head> {
    let marks = ["——", "──", "●", "•", "■", "◆"];
    let (mark, rest) = marks.iter().find_map(|it| Some((*it, line.strip_prefix(it)?)))?;
    let bare = rest.trim_start_matches(['—', '─']);
    (!bare.trim().is_empty()).then(|| found(Mark::Dash, mark, bare))
}

#[cfg(test)]
mod tests;
