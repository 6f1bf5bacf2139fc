//! Which clause of a new version is which of the one before: by number, by what it says, and by how
//! much of that is alike.

use std::collections::{BTreeSet, HashMap};

use similar::TextDiff;

use super::{entity::clause, search};

/// Fewer characters say nothing about where a clause came from.
const TELLING: usize = 6;
/// How alike two texts with the same number are at least.
const ALIKE_IN_PLACE: f32 = 0.45;
/// How alike two texts are at least that moved.
const ALIKE_ELSEWHERE: f32 = 0.6;
/// How many pairs of texts are compared at most: beyond that only numbers and equal texts count.
const MOST_COMPARED: usize = 250_000;

/// A clause as it is compared.
pub struct Said {
    /// Its number after those of what it hangs on: `4.2.1/a)`.
    path: String,
    folded: String,
    pairs: BTreeSet<i64>,
}

/// The clauses of a version in their order.
pub fn said(clauses: &[clause::Model]) -> Vec<Said> {
    let said = |(clause, path)| {
        let folded = words(clause);
        Said { path, pairs: search::pairs_of(&folded), folded }
    };
    clauses.iter().zip(paths(clauses)).map(said).collect()
}

/// The number of each clause after those of what it hangs on: `4.2.1/a)`; of one without a number its
/// title.
pub fn paths(clauses: &[clause::Model]) -> Vec<String> {
    let mut open: Vec<(i32, String)> = Vec::new();
    let mut paths = Vec::with_capacity(clauses.len());
    for clause in clauses {
        open.retain(|it| it.0 < clause.depth);
        let own = if clause.number.is_empty() { &clause.title } else { &clause.number };
        let whole = own.starts_with(|it: char| it.is_ascii_digit()) && !own.ends_with([')', '.']);
        let path = match open.last() {
            Some((_, above)) if !whole => format!("{above}/{own}"),
            _ => own.clone(),
        };
        open.push((clause.depth, path.clone()));
        paths.push(path);
    }
    paths
}

/// What a clause says, as it is compared: blanks and widths make no difference.
fn words(clause: &clause::Model) -> String {
    search::folded(&format!("{}\n{}", clause.title, clause.text))
}

/// Whether two clauses say the same, whatever their numbers are.
pub fn is_same(old: &clause::Model, new: &clause::Model) -> bool {
    old.force == new.force && words(old) == words(new)
}

/// For each new clause the old one that it is.
pub fn pair(old: &[Said], new: &[Said]) -> Vec<Option<usize>> {
    let mut pairing =
        Pairing { old, new, of_new: vec![None; new.len()], taken: vec![false; old.len()] };
    pairing.by_key(|it| format!("{}\n{}", it.path, it.folded), 0);
    pairing.by_key(|it| it.folded.clone(), TELLING);
    pairing.in_place(ALIKE_IN_PLACE);
    pairing.elsewhere();
    pairing.of_new
}

struct Pairing<'a> {
    old: &'a [Said],
    new: &'a [Said],
    of_new: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairing<'_> {
    fn take(&mut self, old: usize, new: usize) {
        self.of_new[new] = Some(old);
        self.taken[old] = true;
    }

    fn left(&self) -> (Vec<usize>, Vec<usize>) {
        let old = (0..self.old.len()).filter(|it| !self.taken[*it]).collect();
        let new = (0..self.new.len()).filter(|it| self.of_new[*it].is_none()).collect();
        (old, new)
    }

    /// Pairs those that have a key in common which nobody else has.
    fn by_key(&mut self, key: impl Fn(&Said) -> String, least: usize) {
        let (old, new) = self.left();
        let unique = |of: &[Said], left: &[usize]| {
            let mut found = HashMap::<String, Option<usize>>::new();
            for at in left {
                if of[*at].folded.chars().count() >= least {
                    found.entry(key(&of[*at])).and_modify(|it| *it = None).or_insert(Some(*at));
                }
            }
            found
        };
        let olds = unique(self.old, &old);
        for (key, new) in unique(self.new, &new) {
            if let (Some(new), Some(Some(old))) = (new, olds.get(&key)) {
                self.take(*old, new);
            }
        }
    }

    /// Pairs those with the same number that are alike.
    fn in_place(&mut self, least: f32) {
        let (old, new) = self.left();
        let by_path: HashMap<&str, usize> =
            old.into_iter().map(|at| (self.old[at].path.as_str(), at)).collect();
        for at in new {
            let Some(old) = by_path.get(self.new[at].path.as_str()).copied() else { continue };
            // A number with hardly any text stays what it is.
            let short = self.old[old].pairs.len() < TELLING && self.new[at].pairs.len() < TELLING;
            if !self.taken[old] && (short || alike(&self.old[old], &self.new[at]) >= least) {
                self.take(old, at);
            }
        }
    }

    /// Pairs what is most alike of the rest.
    fn elsewhere(&mut self) {
        let (old, new) = self.left();
        if old.len().saturating_mul(new.len()) > MOST_COMPARED {
            return;
        }
        let mut found = Vec::new();
        for new in &new {
            for old in &old {
                let alike = alike(&self.old[*old], &self.new[*new]);
                if alike >= ALIKE_ELSEWHERE {
                    found.push((alike, *old, *new));
                }
            }
        }
        // The most alike first; of equals what stands nearest to where it stood.
        let order = |it: &(f32, usize, usize)| (it.1.abs_diff(it.2), it.2);
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| order(a).cmp(&order(b))));
        for (_, old, new) in found {
            if !self.taken[old] && self.of_new[new].is_none() {
                self.take(old, new);
            }
        }
    }
}

/// How alike two texts are, from 0 to 1. Shared pairs of characters tell cheaply what is not worth a
/// comparison in their order.
fn alike(old: &Said, new: &Said) -> f32 {
    let shared = old.pairs.intersection(&new.pairs).count() * 2;
    let all = old.pairs.len() + new.pairs.len();
    if all == 0 || shared * 3 < all {
        return 0.0;
    }
    TextDiff::from_chars(&old.folded, &new.folded).ratio()
}

#[cfg(test)]
mod tests;
