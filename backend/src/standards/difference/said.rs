//! What a version says otherwise, or for the first time, of what has to be done.

use std::collections::HashMap;

use shared::{
    content::Picture,
    standards::{ClauseId, ClauseKey, Modality},
};

use super::excerpts::beginning;
use crate::standards::{
    changes::{Comparison, Pair},
    entity::clause,
    matching, search,
};

/// Marks that may change without anything being demanded otherwise. Whatever compares or counts is none.
const MARKS: &str = "，。；：、！？,;:!?“”‘’\"'（）()【】《》—…";

/// Characters of what a clause is called: of one without a number that is its title.
const NAME: usize = 30;

/// A clause that says what has to be done, and did not say it so before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub clause: ClauseId,
    /// As people call it: `第 6.2 条`.
    pub name: String,
    pub title: String,
    pub modality: Modality,
    /// Absent where nothing like it was said before, or the same was only advised.
    pub before: Option<String>,
    pub now: String,
    /// Absent where it had to be done before as it has to be now, or was not there before.
    pub shift: Option<Shift>,
    /// Whether it shows other pictures than before.
    pub redrawn: bool,
    /// What it shows, where nobody has seen that before.
    pub pictures: Vec<Picture>,
    /// How many links wait for it to be looked at again: what is taught and asked the most comes first.
    pub links: u32,
}

impl Change {
    /// Whether the version before had nothing like it, not even as advice.
    pub const fn is_new(&self) -> bool {
        self.before.is_none() && self.shift.is_none() && !self.redrawn
    }
}

/// How much a clause demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// 应 and 不应 of what is 规范性
    Must,
    /// 宜 and 可
    Advice,
    /// Whatever only says how something is, or is 资料性.
    Nothing,
}

impl Demand {
    pub fn of(clause: &clause::Model) -> Self {
        match clause.modality {
            _ if clause.must => Self::Must,
            Modality::Should | Modality::May => Self::Advice,
            Modality::Shall | Modality::ShallNot | Modality::Statement => Self::Nothing,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Must => "是必须",
            Self::Advice => "是建议",
            Self::Nothing => "不是要求",
        }
    }
}

/// A clause that demands more than it did, or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    pub was: Demand,
    pub is: Demand,
}

impl Shift {
    fn of(pair: &Pair<'_>) -> Option<Self> {
        let (was, is) = (Demand::of(pair.before?), Demand::of(pair.after?));
        (was != is && (was == Demand::Must || is == Demand::Must)).then_some(Self { was, is })
    }

    /// `原来是建议，现在是必须`
    pub fn words(self) -> String {
        format!("原来{}，现在{}", self.was.words(), self.is.words())
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// In the order of the new version.
    pub made: Vec<Change>,
    /// What says the same as before and shows other pictures, in the order of the new version.
    pub redrawn: Vec<Change>,
    /// What has to be done no more, as the version before called it.
    pub gone: Vec<String>,
}

/// Compares; this is work for long standards.
pub fn changes(comparison: &Comparison, links: &HashMap<ClauseKey, u32>) -> Changes {
    let names = [&comparison.before, &comparison.after];
    let names: HashMap<ClauseId, String> = names.into_iter().flat_map(|it| called(it)).collect();
    let mut changes = Changes::default();
    for pair in comparison.pairs() {
        let was = pair.before.filter(|it| it.must);
        let same = says_the_same(&pair) && is_as_strict(&pair);
        let says = |it: &&clause::Model| !text(it, true).is_empty();
        match (pair.after.filter(|it| it.must || was.is_some()).filter(says), was) {
            (Some(_), _) if same && !is_redrawn(&pair) => {}
            // It says the same, but only advises to do so now.
            (Some(after), Some(before)) if says_the_same(&pair) && !after.must => {
                changes.gone.extend(names.get(&before.id).cloned());
            }
            (Some(after), _) => {
                let links = pair.before.and_then(|it| links.get(&it.key));
                let name = names.get(&after.id).cloned().unwrap_or_default();
                let change = change(&pair, after, name, links.copied().unwrap_or_default());
                let to = if same { &mut changes.redrawn } else { &mut changes.made };
                to.push(change);
            }
            (None, Some(before)) => changes.gone.extend(names.get(&before.id).cloned()),
            (None, None) => {}
        }
    }
    changes
}

fn change(pair: &Pair<'_>, after: &clause::Model, name: String, links: u32) -> Change {
    // Of what was advised in the same words only that is said, and the words once.
    let before = pair.before.filter(|_| !says_the_same(pair));
    let retitled = before.is_some_and(|it| it.title != after.title);
    Change {
        clause: after.id,
        name,
        title: after.title.clone(),
        modality: after.modality,
        before: before.map(|it| text(it, retitled)).filter(|it| !it.is_empty()),
        now: text(after, retitled),
        shift: Shift::of(pair),
        redrawn: is_redrawn(pair),
        pictures: if pair.before.is_none() || is_redrawn(pair) {
            after.shown()
        } else {
            Vec::new()
        },
        links,
    }
}

/// What a clause says; its title is part of that where the title changed, or stands alone.
fn text(clause: &clause::Model, with_title: bool) -> String {
    let words = matching::words(clause);
    match (clause.title.is_empty(), words.is_empty()) {
        (true, true) => clause.text.clone(),
        (_, true) => clause.title.clone(),
        (false, false) if with_title => format!("{}\n{words}", clause.title),
        _ => words,
    }
}

fn says_the_same(pair: &Pair<'_>) -> bool {
    let said = |it: &clause::Model| essence(&format!("{}{}", it.title, matching::words(it)));
    let both = pair.before.zip(pair.after);
    both.is_some_and(|(before, after)| said(before) == said(after))
}

fn is_redrawn(pair: &Pair<'_>) -> bool {
    let both = pair.before.zip(pair.after);
    both.is_some_and(|(before, after)| !matching::shows_the_same(before, after))
}

fn is_as_strict(pair: &Pair<'_>) -> bool {
    pair.before.zip(pair.after).is_some_and(|(before, after)| before.must == after.must)
}

/// What is left of a text where only what is demanded counts.
pub fn essence(text: &str) -> String {
    search::folded(text).chars().filter(|it| !MARKS.contains(*it)).collect()
}

fn called(clauses: &[clause::Model]) -> Vec<(ClauseId, String)> {
    let name = |(clause, path): (&clause::Model, String)| (clause.id, name(&path));
    clauses.iter().zip(matching::paths(clauses)).map(name).collect()
}

/// `第 4.2.1 a) 条`, `附录A`: an item after the clause that it belongs to.
fn name(path: &str) -> String {
    let mut own: Vec<&str> = Vec::new();
    for part in path.rsplit('/') {
        own.insert(0, part);
        if !part.ends_with(')') {
            break;
        }
    }
    let own = own.join(" ");
    if own.starts_with(|it: char| it.is_ascii_alphanumeric()) {
        return format!("第 {} 条", beginning(&own, NAME));
    }
    if own.trim().is_empty() { "没有编号的一条".into() } else { beginning(&own, NAME) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standards::matching::tests::{kept, showing};

    #[test]
    fn a_caption_that_stands_elsewhere_now_is_no_change_and_another_picture_is_one() {
        let before = showing("应按图摆放。\n图1 茶杯的位置", None);
        let picture = |hash| Some(vec![kept(hash, "图1 茶杯的位置")]);
        let [after, other] = ["a", "b"].map(|hash| showing("应按图摆放。", picture(hash)));
        let pair = Pair::of(Some(&before), Some(&after));
        assert!(says_the_same(&pair) && !is_redrawn(&pair));
        assert_eq!(text(&before, false), text(&after, false), "nor is it told as one");
        let pair = Pair::of(Some(&after), Some(&other));
        assert!(says_the_same(&pair) && is_redrawn(&pair));
        let change = change(&pair, &other, "第 6.1 条".into(), 0);
        assert!(change.redrawn && !change.is_new() && change.before.is_none(), "{change:?}");
        assert_eq!(change.pictures, other.shown(), "and is shown");
    }

    #[test]
    fn only_what_is_demanded_counts() {
        for (one, other, same) in [
            ("应检查设备。", "应检查设备；", true),
            ("应 检查设备", "应检查设备", true),
            ("温度应≥50 ℃", "温度应≤50 ℃", false),
            ("应保持 2.5 m", "应保持 25 m", false),
            ("由2人进行", "由３人进行", false),
        ] {
            assert_eq!(essence(one) == essence(other), same, "{one} {other}");
        }
    }

    #[test]
    fn what_became_a_demand_or_is_none_any_more_says_so() {
        for (was, is, words) in [
            (Demand::Advice, Demand::Must, "原来是建议，现在是必须"),
            (Demand::Nothing, Demand::Must, "原来不是要求，现在是必须"),
            (Demand::Must, Demand::Advice, "原来是必须，现在是建议"),
        ] {
            assert_eq!(Shift { was, is }.words(), words);
        }
    }

    #[test]
    fn a_clause_is_called_as_people_call_it() {
        assert_eq!(name("6.2"), "第 6.2 条");
        assert_eq!(name("4.2.1/a)"), "第 4.2.1 a) 条");
        assert_eq!(name("附录A/A.2/A.2.2"), "第 A.2.2 条");
        assert_eq!(name("附录A"), "附录A");
        assert_eq!(name(""), "没有编号的一条");
    }
}
