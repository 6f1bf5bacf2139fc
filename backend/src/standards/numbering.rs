//! How a line of a standard begins: the numbers of chapters, clauses, items, tables and appendices,
//! as GB/T 1.1 and official papers write them. What only looks like one is left alone.

use shared::standards::console::{ClauseForce, ClauseKind};

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

fn is_numeral(it: char) -> bool {
    it.is_ascii_digit() || "〇零一二三四五六七八九十百两".contains(it)
}

/// The value of 二十三 or `23`, up to 999.
fn numeral(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 7 {
        return None;
    }
    if text.bytes().all(|it| it.is_ascii_digit()) {
        return text.parse().ok().filter(|it| *it < 1000);
    }
    let (mut whole, mut digit) = (0, 0);
    for it in text.chars() {
        match it {
            '百' => whole += digit.max(1) * 100,
            '十' => whole += digit.max(1) * 10,
            '〇' | '零' => {}
            '两' => {
                digit = 2;
                continue;
            }
            other => {
                let place = "一二三四五六七八九".chars().position(|it| it == other)?;
                digit = u32::try_from(place).ok()? + 1;
                continue;
            }
        }
        digit = 0;
    }
    Some(whole + digit).filter(|it| *it > 0)
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

/// `A.1.2 内容`
fn lettered(line: &str) -> Option<Head> {
    let letter = line.chars().next().filter(char::is_ascii_uppercase)?;
    let (parts, rest) = parts(line[1..].strip_prefix(['.', '．'])?)?;
    let number = format!("{letter}.{}", joined(&parts));
    apart(rest).then(|| found(Mark::Lettered(letter, parts), number, rest))
}

/// `4.2.3 内容`, but neither `3.5 m` nor `2023-05-01`.
fn decimal(line: &str) -> Option<Head> {
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

fn joined(parts: &[u32]) -> String {
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

/// Whether what follows a number is what it measures, as in `3.5 m` and `20人以上`.
fn is_measure(rest: &str) -> bool {
    let latin: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
    let units = [
        "m", "cm", "mm", "km", "kg", "g", "mg", "h", "min", "s", "L", "ml", "mL", "dB", "lx", "Pa",
        "kPa", "MPa", "W", "kW", "V", "A", "Hz", "mol", "d", "t",
    ];
    if units.contains(&latin.as_str()) || rest.starts_with(['℃', '%', '％', '°', '‰', '~', '～'])
    {
        return true;
    }
    let chinese = [
        "毫米",
        "厘米",
        "分钟",
        "小时",
        "平方米",
        "立方米",
        "公斤",
        "千克",
        "米",
        "克",
        "秒",
        "天",
        "日",
        "月",
        "年",
        "元",
        "人",
        "次",
        "个",
        "件",
        "倍",
        "升",
        "度",
        "岁",
        "项",
        "条",
        "步",
    ];
    chinese.iter().filter_map(|unit| rest.strip_prefix(unit)).any(|after| {
        after.is_empty()
            || after.starts_with([
                '以', '内', '，', '。', '、', '；', '左', '至', '～', '/', '的', '或',
            ])
    })
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
