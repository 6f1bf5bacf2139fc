//! How two texts differ, line by line, and what became of a list of things.

use std::collections::HashMap;

use shared::revisions::{ChangeKind, ChangePart, ChangedLine, LineChange, RevisionChange};
use similar::{ChangeTag, TextDiff};

/// Lines shown around a change.
const AROUND: usize = 1;

/// What became of things that keep their id.
pub(super) fn items<Id: Copy + Eq + std::hash::Hash, Item>(
    part: ChangePart,
    before: &[(Id, Item)],
    after: &[(Id, Item)],
    said: impl Fn(&Item) -> (String, Vec<String>),
    changes: &mut Vec<RevisionChange>,
) {
    let was: HashMap<Id, &Item> = before.iter().map(|(id, item)| (*id, item)).collect();
    let stays = |items: &[(Id, Item)], others: &[(Id, Item)]| -> Vec<Id> {
        let ids = items.iter().map(|it| it.0);
        ids.filter(|id| others.iter().any(|it| it.0 == *id)).collect()
    };
    let moved = stays(before, after) != stays(after, before);
    let order = moved_ids(&stays(before, after), &stays(after, before));
    for (id, item) in after {
        let (title, lines) = said(item);
        let Some(earlier) = was.get(id) else {
            changes.push(change(ChangeKind::Added, part, title, &[], &lines));
            continue;
        };
        let (old_title, old_lines) = said(earlier);
        let with = |title: &str, lines| [vec![title.to_owned()], lines].concat();
        let found = changed(part, &title, &with(&old_title, old_lines), &with(&title, lines));
        match found {
            Some(found) => changes.push(found),
            None if moved && order.contains(id) => {
                changes.push(change(ChangeKind::Moved, part, title, &[], &[]));
            }
            None => {}
        }
    }
    for (_, item) in before.iter().filter(|(id, _)| !after.iter().any(|it| it.0 == *id)) {
        let (title, lines) = said(item);
        changes.push(change(ChangeKind::Removed, part, title, &lines, &[]));
    }
}

/// What has to be moved to get from one order to the other.
fn moved_ids<Id: Copy + Eq + std::hash::Hash>(before: &[Id], after: &[Id]) -> Vec<Id> {
    let place: HashMap<Id, usize> = before.iter().copied().zip(0..).collect();
    let places: Vec<usize> = after.iter().filter_map(|id| place.get(id).copied()).collect();
    // The longest run that is in order stays; what is not in it was moved.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(places.len());
    for (at, is) in places.iter().enumerate() {
        let before = (0..at).filter(|it| places[*it] < *is).max_by_key(|it| best[*it].0);
        best.push((before.map_or(1, |it| best[it].0 + 1), before));
    }
    let mut kept = vec![false; places.len()];
    let mut at = (0..places.len()).max_by_key(|it| best[*it].0);
    while let Some(here) = at {
        kept[here] = true;
        at = best[here].1;
    }
    after.iter().zip(kept).filter(|(_, kept)| !kept).map(|(id, _)| *id).collect()
}

pub(super) fn changed(
    part: ChangePart,
    title: &str,
    before: &[String],
    after: &[String],
) -> Option<RevisionChange> {
    if before == after {
        return None;
    }
    let kind = match (before.is_empty(), after.is_empty()) {
        (true, _) => ChangeKind::Added,
        (_, true) => ChangeKind::Removed,
        _ => ChangeKind::Changed,
    };
    Some(change(kind, part, title.to_owned(), before, after))
}

fn change(
    kind: ChangeKind,
    part: ChangePart,
    title: String,
    before: &[String],
    after: &[String],
) -> RevisionChange {
    RevisionChange { kind, part, title, lines: lines(before, after) }
}

fn lines(before: &[String], after: &[String]) -> Vec<ChangedLine> {
    fn texts(lines: &[String]) -> Vec<&str> {
        lines.iter().map(String::as_str).collect()
    }
    let (before, after) = (texts(before), texts(after));
    let diff = TextDiff::from_slices(&before, &after);
    let groups = diff.grouped_ops(AROUND);
    let changes = groups.iter().flatten().flat_map(|op| diff.iter_changes(op));
    let line = |it: similar::Change<&str>| ChangedLine {
        change: match it.tag() {
            ChangeTag::Equal => LineChange::Same,
            ChangeTag::Insert => LineChange::Added,
            ChangeTag::Delete => LineChange::Removed,
        },
        text: it.value().to_owned(),
    };
    changes.map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_really_moved_is_called_moved() {
        for (before, after, moved) in
            [("abcd", "abcd", ""), ("abcd", "bcda", "a"), ("abcd", "dabc", "d"), ("ab", "ba", "b")]
        {
            let of = |text: &str| text.chars().collect::<Vec<_>>();
            let found: String = moved_ids(&of(before), &of(after)).into_iter().collect();
            assert_eq!(found.len(), moved.len(), "{before} {after}: {found}");
            if before.len() > 2 {
                assert_eq!(found, moved, "{before} {after}");
            }
        }
    }

    #[test]
    fn a_change_is_shown_with_a_line_around_it() {
        use LineChange::*;
        let of = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
        let shown = lines(&of("abcdefg"), &of("abcxefg"));
        let said: String = shown.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(said, "cdxe");
        let tags: Vec<_> = shown.iter().map(|it| it.change).collect();
        assert_eq!(tags, [Same, Removed, Added, Same]);
        assert!(lines(&of("abc"), &of("abc")).is_empty());
    }
}
