//! The one lesson: of each clause what was said and what is said now, as much as is read in three minutes.

use std::cmp::Reverse;

use ammonia::clean_text;
use shared::{
    content::{Block, LessonContent},
    standards::{
        ClauseId,
        console::{ChangeKind, LinkCoverage, Piece},
    },
};

use super::{
    excerpts,
    said::{Change, Changes},
};
use crate::standards::changes::pieces;

/// Characters that people who read slowly read in a minute, and in the lesson.
const A_MINUTE: usize = 300;
const LESSON: usize = 3 * A_MINUTE;
/// Characters that are shown of one text; an option of a question holds as many.
pub const SHOWN: usize = 150;
/// Characters of a heading.
const TITLE: usize = 60;
/// Clauses that are named of those which the lesson has no room for.
const NAMED: usize = 40;

/// A clause as the lesson shows it.
#[derive(Debug, Clone)]
pub struct Shown<'a> {
    pub change: &'a Change,
    /// Absent where the clause is new.
    pub before: Option<String>,
    pub now: String,
}

impl<'a> Shown<'a> {
    fn of(change: &'a Change) -> Self {
        let Some(before) = &change.before else {
            return Self { change, before: None, now: excerpts::beginning(&change.now, SHOWN) };
        };
        let (before, now) = excerpts::pair(before, &change.now, SHOWN);
        Self { change, before: Some(before), now }
    }

    pub fn coverage(&self) -> (ClauseId, LinkCoverage) {
        let whole = self.now == self.change.now;
        (self.change.clause, if whole { LinkCoverage::Whole } else { LinkCoverage::Part })
    }

    /// How much there is to read.
    fn size(&self) -> usize {
        let count = |it: &str| it.chars().count();
        let before = self.before.as_deref().map_or(0, count);
        // What changed is said once more, with its changes marked.
        let again = if self.before.is_some() { count(&self.now) } else { 0 };
        count(&heading(self.change)) + before + count(&self.now) + again
    }

    fn blocks(&self) -> Vec<Block> {
        let heading = Block::Heading { text: heading(self.change) };
        let row = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<String>>();
        let Some(before) = &self.before else {
            let table = Block::Table { rows: vec![row(&["新增"]), row(&[&self.now])] };
            return vec![heading, table];
        };
        let rows = vec![row(&["原来", "现在"]), row(&[before, &self.now])];
        vec![heading, Block::Table { rows }, Block::Paragraph { html: marked(before, &self.now) }]
    }
}

fn heading(change: &Change) -> String {
    let heading = format!("{} {}", change.name, change.title);
    excerpts::beginning(heading.trim(), TITLE)
}

/// What is said now, with what is new in it in bold, or else what was left out.
fn marked(before: &str, now: &str) -> String {
    let pieces = pieces(before, now);
    let is = |kind: ChangeKind| move |it: &&Piece| it.kind == kind;
    if !pieces.iter().any(|it| it.kind == ChangeKind::Added) {
        let out = pieces.iter().filter(is(ChangeKind::Deleted)).map(|it| it.text.trim());
        let out: Vec<String> = out.map(clean_text).collect();
        return format!("去掉了：<strong>{}</strong>", out.join("、"));
    }
    let piece = |it: &Piece| match it.kind {
        ChangeKind::Added => format!("<strong>{}</strong>", clean_text(&it.text)),
        _ => clean_text(&it.text),
    };
    let kept = pieces.iter().filter(|it| it.kind != ChangeKind::Deleted);
    format!("现在：{}", kept.map(piece).collect::<String>())
}

/// What there is room for, the most important first: what most is linked to, and what changed before what
/// is new. There is always one.
pub fn chosen(changes: &Changes) -> Vec<Shown<'_>> {
    let mut all: Vec<Shown<'_>> = changes.made.iter().map(Shown::of).collect();
    all.sort_by_key(|it| (Reverse(it.change.links), it.before.is_none()));
    let (mut chosen, mut room) = (Vec::new(), LESSON);
    for shown in all {
        if chosen.is_empty() || shown.size() <= room {
            room = room.saturating_sub(shown.size());
            chosen.push(shown);
        }
    }
    chosen
}

/// The lesson, and its minutes; `said` is said before everything else.
pub fn lesson(changes: &Changes, chosen: &[Shown<'_>], said: &str) -> (LessonContent, u32) {
    let mut in_order: Vec<&Shown<'_>> = chosen.iter().collect();
    let place = |it: &Change| changes.made.iter().position(|one| one.clause == it.clause);
    in_order.sort_by_key(|it| place(it.change));
    let mut blocks = vec![Block::Paragraph { html: clean_text(said) }];
    blocks.extend(in_order.iter().flat_map(|it| it.blocks()));
    let items = rest(changes, chosen);
    if !items.is_empty() {
        blocks.push(Block::Heading { text: "还有这些也变了".into() });
        blocks.push(Block::List { ordered: false, items });
    }
    let size: usize = chosen.iter().map(Shown::size).sum();
    let minutes = size.div_ceil(A_MINUTE).clamp(1, LESSON / A_MINUTE);
    (LessonContent::Article { blocks }, u32::try_from(minutes).unwrap_or(1))
}

/// What the lesson has no room for, by its numbers.
fn rest(changes: &Changes, chosen: &[Shown<'_>]) -> Vec<String> {
    let is_left = |it: &&Change| !chosen.iter().any(|one| one.change.clause == it.clause);
    let left: Vec<&Change> = changes.made.iter().filter(is_left).collect();
    let of = |new: bool| left.iter().filter(move |it| it.before.is_none() == new);
    let names = |new: bool| of(new).map(|it| it.name.as_str()).collect::<Vec<_>>();
    let gone = changes.gone.iter().map(String::as_str).collect();
    let lines = [("改了", names(false)), ("新增", names(true)), ("不再要求", gone)];
    lines.into_iter().filter_map(|(what, names)| line(what, &names)).collect()
}

fn line(what: &str, names: &[&str]) -> Option<String> {
    let some: Vec<&str> = names.iter().take(NAMED).copied().collect();
    let more = if names.len() > NAMED { format!("等 {} 条", names.len()) } else { String::new() };
    (!names.is_empty()).then(|| format!("{what}：{}{more}", some.join("、")))
}

#[cfg(test)]
pub mod tests {
    use shared::standards::Modality;
    use uuid::Uuid;

    use super::*;

    pub fn change(number: &str, before: Option<&str>, now: &str, links: u32) -> Change {
        Change {
            clause: ClauseId(Uuid::now_v7()),
            name: format!("第 {number} 条"),
            title: String::new(),
            modality: Modality::Shall,
            before: before.map(str::to_owned),
            now: now.into(),
            links,
        }
    }

    #[test]
    fn what_most_is_linked_to_comes_first_and_the_rest_is_named() {
        let long = "应".repeat(140);
        let old = "宜".repeat(140);
        let mut made: Vec<Change> =
            (1..=8).map(|it| change(&format!("6.{it}"), Some(&old), &long, 0)).collect();
        made[6].links = 3;
        made.push(change("7.1", None, "应佩戴工牌。", 0));
        let changes = Changes { made, gone: vec!["第 8.1 条".into()] };
        let chosen = chosen(&changes);
        let names: Vec<_> = chosen.iter().map(|it| it.change.name.as_str()).collect();
        assert_eq!(names, ["第 6.7 条", "第 6.1 条", "第 7.1 条"], "what there is room for");
        let (content, minutes) = lesson(&changes, &chosen, "改了几条");
        assert_eq!(minutes, 3);
        let LessonContent::Article { blocks } = content else { panic!("an article") };
        let headings: Vec<_> = blocks
            .iter()
            .filter_map(|it| match it {
                Block::Heading { text } => Some(text.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(headings, ["第 6.1 条", "第 6.7 条", "第 7.1 条", "还有这些也变了"]);
        let Some(Block::List { items, .. }) = blocks.last() else { panic!("a list") };
        let left = "改了：第 6.2 条、第 6.3 条、第 6.4 条、第 6.5 条、第 6.6 条、第 6.8 条";
        assert_eq!(items[..], [left.to_owned(), "不再要求：第 8.1 条".into()]);
    }

    #[test]
    fn what_changed_is_marked_and_stays_text() {
        let marks = "现在：应由<strong>&lt;三&gt;</strong>人进行";
        assert_eq!(marked("应由两人进行", "应由<三>人进行"), marks);
        assert_eq!(marked("应检查、记录", "应检查"), "去掉了：<strong>、记录</strong>");
    }
}
