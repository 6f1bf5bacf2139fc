//! What a version says otherwise, or for the first time, of what has to be done.

use std::collections::HashMap;

use shared::standards::{ClauseId, ClauseKey, Modality};

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
    /// Absent where nothing like it had to be done before.
    pub before: Option<String>,
    pub now: String,
    /// How many links wait for it to be looked at again: what is taught and asked the most comes first.
    pub links: u32,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// In the order of the new version.
    pub made: Vec<Change>,
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
        let says = |it: &&clause::Model| !text(it, true).is_empty();
        match (pair.after.filter(|it| it.must || was.is_some()).filter(says), was) {
            (Some(_), _) if says_the_same(&pair) && is_as_strict(&pair) => {}
            // It says the same, but only advises to do so now.
            (Some(after), Some(before)) if says_the_same(&pair) && !after.must => {
                changes.gone.extend(names.get(&before.id).cloned());
            }
            (Some(after), _) => {
                let links = pair.before.and_then(|it| links.get(&it.key));
                let name = names.get(&after.id).cloned().unwrap_or_default();
                changes.made.push(change(&pair, after, name, links.copied().unwrap_or_default()));
            }
            (None, Some(before)) => changes.gone.extend(names.get(&before.id).cloned()),
            (None, None) => {}
        }
    }
    changes
}

fn change(pair: &Pair<'_>, after: &clause::Model, name: String, links: u32) -> Change {
    // What only was advised in the same words is new as a demand.
    let before = pair.before.filter(|_| !says_the_same(pair));
    let retitled = before.is_some_and(|it| it.title != after.title);
    Change {
        clause: after.id,
        name,
        title: after.title.clone(),
        modality: after.modality,
        before: before.map(|it| text(it, retitled)).filter(|it| !it.is_empty()),
        now: text(after, retitled),
        links,
    }
}

/// What a clause says; its title is part of that where the title changed, or stands alone.
fn text(clause: &clause::Model, with_title: bool) -> String {
    match (clause.title.is_empty(), clause.text.is_empty()) {
        (_, true) => clause.title.clone(),
        (false, false) if with_title => format!("{}\n{}", clause.title, clause.text),
        _ => clause.text.clone(),
    }
}

fn says_the_same(pair: &Pair<'_>) -> bool {
    let said = |it: &clause::Model| essence(&format!("{}{}", it.title, it.text));
    let both = pair.before.zip(pair.after);
    both.is_some_and(|(before, after)| said(before) == said(after))
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
    fn a_clause_is_called_as_people_call_it() {
        assert_eq!(name("6.2"), "第 6.2 条");
        assert_eq!(name("4.2.1/a)"), "第 4.2.1 a) 条");
        assert_eq!(name("附录A/A.2/A.2.2"), "第 A.2.2 条");
        assert_eq!(name("附录A"), "附录A");
        assert_eq!(name(""), "没有编号的一条");
    }
}
