//! Which clause of a new version is which of the one before: by number, by what it says, and by how
//! much of that is alike.

use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, Instant};

use similar::TextDiff;

use super::{entity::clause, search, splitting::is_caption};

/// Fewer characters say nothing about where a clause came from.
const TELLING: usize = 6;
/// How alike two texts with the same number are at least.
const ALIKE_IN_PLACE: f32 = 0.45;
/// How alike two texts are at least that moved.
const ALIKE_ELSEWHERE: f32 = 0.6;
/// How many pairs of texts are compared at most: beyond that only numbers and equal texts count.
const MOST_COMPARED: usize = 250_000;
/// How long two texts are compared letter by letter; what is left then counts as different.
pub(super) const PATIENCE: Duration = Duration::from_millis(100);
/// How long all the texts of two versions are; then pairs of characters have to do.
const PATIENCE_IN_ALL: Duration = Duration::from_secs(10);

/// A clause as it is compared.
pub struct Said {
    /// Its number after those of what it hangs on: `4.2.1/a)`.
    path: String,
    folded: String,
    pairs: BTreeSet<i64>,
}

/// The clauses of a version in their order.
pub fn said(clauses: &[clause::Model]) -> Vec<Said> {
    let said = |(clause, path): (&clause::Model, String)| {
        let folded = search::folded(&format!("{}\n{}", clause.title, words(clause)));
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

/// The text of a clause without the captions of its pictures. Those stand among its lines where its file was
/// read without pictures, or theirs was not kept, and beside them otherwise.
pub fn words(clause: &clause::Model) -> String {
    let lines = clause.text.lines().filter(|it| !is_caption(it.trim()));
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether two clauses say and show the same, whatever their numbers are: blanks and widths make no
/// difference.
pub fn is_same(old: &clause::Model, new: &clause::Model) -> bool {
    let said = |it: &clause::Model| search::folded(&format!("{}\n{}", it.title, words(it)));
    old.force == new.force && said(old) == said(new) && shows_the_same(old, new)
}

/// Whether two clauses have the same pictures, in their order, and the same captions, wherever those
/// stand. Where one of them was read without pictures nobody knows, and that is no change; nor is it one
/// where a picture was not kept, of which only the caption is left.
pub fn shows_the_same(old: &clause::Model, new: &clause::Model) -> bool {
    if old.pictures.is_some() != new.pictures.is_some() {
        return true;
    }
    let (was, is) = (Figures::of(old), Figures::of(new));
    was.captions() == is.captions() && was.kept_of(&is).eq(is.kept_of(&was))
}

/// What a clause shows, as it is compared.
struct Figures {
    /// Hashes and captions of its pictures.
    kept: Vec<(String, String)>,
    /// Captions in its text, whose pictures it does not have.
    bare: BTreeSet<String>,
}

impl Figures {
    fn of(clause: &clause::Model) -> Self {
        let kept = clause.pictures.iter().flat_map(|it| &it.0);
        let kept = kept.map(|it| (it.hash.clone(), search::folded(&it.picture.caption)));
        let bare = clause.text.lines().map(str::trim).filter(|it| is_caption(it));
        Self { kept: kept.collect(), bare: bare.map(search::folded).collect() }
    }

    fn captions(&self) -> BTreeSet<&str> {
        let kept = self.kept.iter().map(|it| it.1.as_str()).filter(|it| !it.is_empty());
        kept.chain(self.bare.iter().map(String::as_str)).collect()
    }

    /// The pictures that the other one would have to have too.
    fn kept_of<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a (String, String)> {
        self.kept.iter().filter(|it| !other.bare.contains(&it.1))
    }
}

/// For each new clause the old one that it is.
pub fn pair(old: &[Said], new: &[Said]) -> Vec<Option<usize>> {
    let mut pairing = Pairing {
        old,
        new,
        of_new: vec![None; new.len()],
        taken: vec![false; old.len()],
        until: Instant::now() + PATIENCE_IN_ALL,
    };
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
    until: Instant,
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
            if !self.taken[old]
                && (short || alike(&self.old[old], &self.new[at], self.until) >= least)
            {
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
                let alike = alike(&self.old[*old], &self.new[*new], self.until);
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
/// comparison in their order, and have to do where there is no more time for one.
fn alike(old: &Said, new: &Said, until: Instant) -> f32 {
    let shared = old.pairs.intersection(&new.pairs).count() * 2;
    let all = old.pairs.len() + new.pairs.len();
    if all == 0 || shared * 3 < all {
        return 0.0;
    }
    let now = Instant::now();
    if now >= until {
        // A clause has 20,000 characters at most.
        let number = |it: usize| f32::from(u16::try_from(it).unwrap_or(u16::MAX));
        return number(shared) / number(all);
    }
    let deadline = until.min(now + PATIENCE);
    TextDiff::configure().deadline(deadline).diff_chars(&old.folded, &new.folded).ratio()
}

#[cfg(test)]
pub mod tests;
