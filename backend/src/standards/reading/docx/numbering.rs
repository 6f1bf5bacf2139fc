//! The numbers that Word computes: they stand nowhere in the text.

use std::collections::{HashMap, HashSet};

use super::markup::{Element, Step, walk};

const LEVELS: usize = 9;

#[derive(Debug, Default, Clone)]
struct Level {
    start: Option<u32>,
    format: String,
    text: String,
    /// The style of paragraphs on this level.
    style: Option<String>,
    /// Whether the numbers above are shown as 1, 2, 3.
    legal: bool,
}

#[derive(Debug, Default)]
struct List {
    of: u32,
    starts: HashMap<usize, u32>,
}

/// Lists, and how far they have counted.
#[derive(Debug, Default)]
pub struct Numbering {
    kinds: HashMap<u32, [Level; LEVELS]>,
    lists: HashMap<u32, List>,
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    begun: HashSet<(u32, usize)>,
}

pub fn read(text: &str) -> Option<Numbering> {
    let mut reading = Reading::default();
    walk(text, |step| match step {
        Step::Begin(element) => reading.begin(&element),
        Step::End(name) => reading.end(&name),
        Step::Text(_) => {}
    })?;
    Some(reading.found)
}

#[derive(Default)]
struct Reading {
    found: Numbering,
    kind: Option<u32>,
    list: Option<u32>,
    level: usize,
}

impl Reading {
    fn begin(&mut self, element: &Element) {
        let id = |name: &str| element.attribute(name).and_then(|it| it.parse::<u32>().ok());
        match element.name.as_str() {
            "abstractNum" => {
                self.kind = id("abstractNumId");
                self.found.kinds.extend(self.kind.map(|it| (it, Default::default())));
            }
            "num" => self.list = id("numId"),
            "lvl" | "lvlOverride" => {
                self.level = id("ilvl").map_or(LEVELS, |it| it as usize).min(LEVELS);
            }
            "abstractNumId" => {
                if let (Some(list), Some(of)) = (self.list, element.number()) {
                    self.found.lists.insert(list, List { of, starts: HashMap::new() });
                }
            }
            "startOverride" => {
                let list = self.list.and_then(|it| self.found.lists.get_mut(&it));
                if let (Some(list), Some(start)) = (list, element.number()) {
                    list.starts.insert(self.level, start);
                }
            }
            other => self.say(other, element),
        }
    }

    fn say(&mut self, name: &str, element: &Element) {
        let kind = self.kind.and_then(|it| self.found.kinds.get_mut(&it));
        let Some(level) = kind.and_then(|it| it.get_mut(self.level)) else { return };
        let value = element.value().unwrap_or_default();
        match name {
            "start" => level.start = element.number(),
            "numFmt" => value.clone_into(&mut level.format),
            "lvlText" => value.clone_into(&mut level.text),
            "pStyle" => level.style = Some(value.to_owned()),
            "isLgl" => level.legal = true,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "abstractNum" => self.kind = None,
            "num" => self.list = None,
            _ => {}
        }
    }
}

impl Numbering {
    /// The level of a style's paragraphs in a list.
    pub fn level_of(&self, list: u32, style: &str) -> Option<u32> {
        let levels = self.kinds.get(&self.lists.get(&list)?.of)?;
        let at = levels.iter().position(|it| it.style.as_deref() == Some(style))?;
        u32::try_from(at).ok()
    }

    /// Counts on and says what stands before the next paragraph of a list.
    pub fn next(&mut self, list: u32, level: u32) -> Option<String> {
        let level = level as usize;
        let List { of, starts } = self.lists.get(&list)?;
        let levels = self.kinds.get(of)?;
        let here = levels.get(level)?;
        let counts = self.counts.entry(*of).or_default();
        let restarts = starts.get(&level).filter(|_| self.begun.insert((list, level)));
        let first = here.start.unwrap_or(1);
        counts[level] = Some(match (restarts, counts[level]) {
            (Some(start), _) => *start,
            (None, Some(before)) => before.saturating_add(1),
            (None, None) => first,
        });
        counts[level + 1..].fill(None);
        for (count, above) in counts[..level].iter_mut().zip(levels) {
            count.get_or_insert(above.start.unwrap_or(1));
        }
        Some(label(levels, level, counts))
    }
}

fn label(levels: &[Level; LEVELS], level: usize, counts: &[Option<u32>; LEVELS]) -> String {
    let here = &levels[level];
    match here.format.as_str() {
        "bullet" => return "——".into(),
        "none" => return String::new(),
        _ => {}
    }
    let mut label = here.text.clone();
    for (at, (of, count)) in levels.iter().zip(counts).enumerate().take(level + 1) {
        let format = if here.legal { "decimal" } else { &of.format };
        let number = written(count.unwrap_or(1), format);
        label = label.replace(&format!("%{}", at + 1), &number);
    }
    label
}

fn written(number: u32, format: &str) -> String {
    let letter = |first: u8| {
        let place = u8::try_from(number.saturating_sub(1) % 26).unwrap_or_default();
        char::from(first + place).to_string()
    };
    match format {
        "lowerLetter" => letter(b'a'),
        "upperLetter" => letter(b'A'),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => chinese(number),
        _ => number.to_string(),
    }
}

/// 二十三, for numbers below a thousand.
pub fn chinese(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |it: u32| DIGITS[it as usize % 10];
    let (hundreds, tens, ones) = (number / 100 % 10, number / 10 % 10, number % 10);
    let tens = match (hundreds, tens) {
        (0, 0) => String::new(),
        (_, 0) if ones > 0 => "零".into(),
        (_, 0) => String::new(),
        (0, 1) => "十".into(),
        (_, tens) => format!("{}十", digit(tens)),
    };
    let hundreds = if hundreds > 0 { format!("{}百", digit(hundreds)) } else { String::new() };
    format!("{hundreds}{tens}{}", digit(ones))
}
