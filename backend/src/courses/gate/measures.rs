//! Finding what can be measured in a text: a number with its unit.

use shared::content::{Block, LessonContent};

const UNITS: [&str; 54] = [
    "%",
    "％",
    "‰",
    "℃",
    "°",
    "摄氏度",
    "度",
    "毫米",
    "厘米",
    "分米",
    "米",
    "公里",
    "平方米",
    "立方米",
    "mm",
    "cm",
    "km",
    "m",
    "毫秒",
    "秒",
    "分钟",
    "小时",
    "天",
    "周",
    "个月",
    "次",
    "遍",
    "毫克",
    "克",
    "千克",
    "公斤",
    "kg",
    "mg",
    "g",
    "毫升",
    "升",
    "ml",
    "mL",
    "L",
    "倍",
    "分贝",
    "dB",
    "勒克斯",
    "lx",
    "帕",
    "Pa",
    "人",
    "个",
    "件",
    "张",
    "块",
    "份",
    "层",
    "步",
];

/// Whether a text says a value and its unit, or a ratio.
pub(super) fn has_measure(text: &str) -> bool {
    text.char_indices().any(|(at, c)| is_digit(c) && measured(&text[at..]))
}

/// Whether the number that a text begins with has a unit behind it, or its ratio.
fn measured(text: &str) -> bool {
    let rest =
        text.trim_start_matches(|c| is_digit(c) || matches!(c, '.' | ',' | '～' | '~' | '-'));
    let rest = rest.trim_start_matches([' ', '\u{a0}']);
    let ratio =
        rest.strip_prefix([':', '：', '∶']).is_some_and(|it| it.trim_start().starts_with(is_digit));
    ratio || UNITS.iter().any(|unit| rest.starts_with(unit))
}

const fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// What a lesson says in words.
pub(super) fn texts(content: &LessonContent) -> Vec<&str> {
    match content {
        LessonContent::Article { blocks } => blocks.iter().flat_map(texts_of_block).collect(),
        LessonContent::Video(video) | LessonContent::Recording(video) => {
            video.key_points.iter().map(String::as_str).collect()
        }
        LessonContent::Steps(_) | LessonContent::Slides(_) => Vec::new(),
    }
}

fn texts_of_block(block: &Block) -> Vec<&str> {
    match block {
        Block::Heading { text } | Block::Notice { text, .. } => vec![text],
        Block::Paragraph { html } => vec![html],
        Block::Picture(picture) => vec![&picture.caption],
        Block::Gallery { pictures } => pictures.iter().map(|it| it.caption.as_str()).collect(),
        Block::Video(video) => vec![&video.caption],
        // What a standard says is not what the lesson says, and a file is not read.
        Block::Clause { .. } | Block::Attachment(_) => Vec::new(),
        Block::List { items, .. } => items.iter().map(String::as_str).collect(),
        Block::Table { rows } => rows.iter().flatten().map(String::as_str).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_a_number_with_a_unit_or_a_ratio() {
        for text in [
            "杯柄朝右 45°",
            "按 1:500 稀释",
            "１：２００",
            "水温不低于 60 ℃",
            "每块抹布用 3 次就换",
            "间距 2～3 cm",
            "湿度 40%",
        ] {
            assert!(has_measure(text), "{text}");
        }
        for text in ["", "没有水渍", "见 6.2.3", "第 3 条", "A3 纸", "3 号楼"] {
            assert!(!has_measure(text), "{text}");
        }
    }
}
