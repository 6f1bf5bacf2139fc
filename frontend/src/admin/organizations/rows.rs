//! The tree as the rows of a table.

use std::collections::{BTreeSet, HashMap};

use shared::organizations::{OrganizationId, keeping::OrganizationNode};

/// One organisation, how far it stands in, and how many people are in it and below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub node: OrganizationNode,
    pub depth: usize,
    pub people: u32,
}

/// Each below what it belongs to, by name; the closed ones only where they are asked for.
pub fn arrange(nodes: &[OrganizationNode], with_closed: bool) -> Vec<Row> {
    let mut below = HashMap::<Option<OrganizationId>, Vec<&OrganizationNode>>::new();
    for node in nodes.iter().filter(|it| with_closed || !it.closed) {
        below.entry(node.parent).or_default().push(node);
    }
    let mut rows = Vec::new();
    add(&below, None, 0, &mut rows);
    rows
}

type Below<'a> = HashMap<Option<OrganizationId>, Vec<&'a OrganizationNode>>;

/// Adds what lies below, and answers how many people are there.
fn add(
    below: &Below<'_>,
    parent: Option<OrganizationId>,
    depth: usize,
    rows: &mut Vec<Row>,
) -> u32 {
    let mut people = 0;
    for node in below.get(&parent).into_iter().flatten() {
        let place = rows.len();
        rows.push(Row { node: (*node).clone(), depth, people: 0 });
        let all = node.people + add(below, Some(node.id), depth + 1, rows);
        rows[place].people = all;
        people += all;
    }
    people
}

/// An organisation and all below it: what it cannot be moved below.
pub fn with_all_below(nodes: &[OrganizationNode], id: OrganizationId) -> BTreeSet<OrganizationId> {
    let mut found = BTreeSet::from([id]);
    loop {
        let more = nodes.iter().filter(|it| it.parent.is_some_and(|above| found.contains(&above)));
        let more: Vec<_> = more.map(|it| it.id).filter(|id| !found.contains(id)).collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

#[cfg(test)]
mod tests {
    use shared::organizations::OrganizationKind;
    use uuid::Uuid;

    use super::*;

    fn node(id: u128, parent: Option<u128>, people: u32, closed: bool) -> OrganizationNode {
        OrganizationNode {
            id: OrganizationId(Uuid::from_u128(id)),
            name: id.to_string(),
            kind: OrganizationKind::Office,
            parent: parent.map(|id| OrganizationId(Uuid::from_u128(id))),
            version: 1,
            closed,
            people,
            teams: Vec::new(),
            movable: true,
        }
    }

    fn tree() -> Vec<OrganizationNode> {
        let inner = [node(1, None, 1, false), node(2, Some(1), 2, false)];
        let inner = inner.into_iter().chain([node(3, Some(2), 4, false)]);
        inner.chain([node(4, None, 8, false), node(5, Some(1), 0, true)]).collect()
    }

    #[test]
    fn each_stands_below_what_it_belongs_to_and_counts_what_is_below_it() {
        let rows = arrange(&tree(), false);
        let told: Vec<_> =
            rows.iter().map(|it| (it.node.name.as_str(), it.depth, it.people)).collect();
        assert_eq!(told, [("1", 0, 7), ("2", 1, 6), ("3", 2, 4), ("4", 0, 8)]);
        assert_eq!(arrange(&tree(), true).len(), 5);
    }

    #[test]
    fn nothing_is_offered_a_place_below_itself() {
        let below = with_all_below(&tree(), OrganizationId(Uuid::from_u128(2)));
        let names: Vec<_> = below.iter().map(|it| it.0.as_u128()).collect();
        assert_eq!(names, [2, 3]);
    }
}
