//! Windows round the places where two texts differ: the same places of both, so that whoever reads them
//! beside each other finds what changed.

use std::ops::Range;

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};

use super::{CUT, count};

/// As many characters are not worth a mark in their place.
const TOO_FEW_TO_CUT: usize = 2;

/// Of two texts how many pairs of parts are compared at most; beyond that all between what they begin and
/// end with alike is one place.
const MOST_COMPARED: usize = 4_000_000;

/// How much is shown at each place, in sentences or letters.
#[derive(Debug, Clone, Copy)]
pub struct Width {
    /// Of what is the same before and after it.
    pub round: usize,
    /// Of what differs.
    pub longest: usize,
}

/// Two texts in parts, which are sentences or letters, and the places where they differ.
pub struct Differences<'a> {
    texts: [Vec<&'a str>; 2],
    places: Vec<[Range<usize>; 2]>,
}

impl<'a> Differences<'a> {
    pub fn of(one: Vec<&'a str>, other: Vec<&'a str>) -> Self {
        let places = match beyond_comparing(&one, &other) {
            Some(place) => vec![place],
            None => places(&one, &other),
        };
        Self { texts: [one, other], places }
    }

    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// Both texts as far as their first places show them.
    pub fn shown(&self, places: usize, width: Width) -> [String; 2] {
        [0, 1].map(|side| self.side(side, places, width))
    }

    fn side(&self, side: usize, places: usize, width: Width) -> String {
        let mut shown = Shown::new(&self.texts[side]);
        // What was shown at the last place reaches so far beyond it.
        let mut after = 0;
        for (place, next) in self.places.iter().zip(1..).take(places) {
            let before =
                place.iter().zip(&self.ends_before(next - 1)).all(|(it, end)| it.start > *end);
            // What was only put in or taken out is seen by what stands beside it.
            let is_lone = place.iter().any(Range::is_empty);
            let lead = width.round.max(usize::from(is_lone && before));
            let range = place[side].clone();
            shown.pass(range.start, after, lead);
            shown.take(range.end.min(range.start.saturating_add(width.longest)));
            if shown.at < range.end {
                shown.cut_to(range.end);
            }
            after = width.round.max(usize::from(is_lone && !before));
        }
        shown.finish(after)
    }

    /// Where the place before this one ends.
    fn ends_before(&self, place: usize) -> [usize; 2] {
        let before = place.checked_sub(1).and_then(|it| self.places.get(it));
        before.map_or([0, 0], |it| [it[0].end, it[1].end])
    }
}

/// The places where two texts differ.
fn places(one: &[&str], other: &[&str]) -> Vec<[Range<usize>; 2]> {
    let ops = capture_diff_slices(Algorithm::Myers, one, other);
    let same = ops.iter().map(DiffOp::as_tag_tuple).filter(|it| it.0 == DiffTag::Equal);
    let end = [one.len()..one.len(), other.len()..other.len()];
    let (mut places, mut at) = (Vec::new(), [0, 0]);
    for same in same.map(|(_, here, there)| [here, there]).chain([end]) {
        let between = [at[0]..same[0].start, at[1]..same[1].start];
        if between.iter().any(|it| !it.is_empty()) {
            places.push(between);
        }
        at = [same[0].end, same[1].end];
    }
    places
}

/// What is between the parts that two texts begin and end with alike, where comparing that would take too
/// long.
fn beyond_comparing(one: &[&str], other: &[&str]) -> Option<[Range<usize>; 2]> {
    let from = alike(one.iter().zip(other));
    let (here, there) = (&one[from..], &other[from..]);
    let tail = alike(here.iter().rev().zip(there.iter().rev()));
    let left = [here.len() - tail, there.len() - tail];
    let much = left[0].saturating_mul(left[1]) > MOST_COMPARED;
    much.then(|| left.map(|it| from..from + it))
}

/// How many pairs are alike before the first that is not.
fn alike<'a>(pairs: impl Iterator<Item = (&'a &'a str, &'a &'a str)>) -> usize {
    pairs.take_while(|(here, there)| here == there).count()
}

/// A text that is being written down in part.
struct Shown<'a> {
    parts: &'a [&'a str],
    /// The first part that was neither shown nor left out.
    at: usize,
    /// What is shown between marks.
    pieces: Vec<String>,
}

impl<'a> Shown<'a> {
    fn new(parts: &'a [&'a str]) -> Self {
        Self { parts, at: 0, pieces: vec![String::new()] }
    }

    fn take(&mut self, end: usize) {
        let text = self.parts[self.at..end].concat();
        self.at = end;
        if let Some(last) = self.pieces.last_mut() {
            last.push_str(&text);
        }
    }

    fn cut_to(&mut self, at: usize) {
        self.at = at;
        self.pieces.push(String::new());
    }

    /// Goes on to where a difference begins, over what is the same: some of that is shown after the last
    /// difference, and some before this one.
    fn pass(&mut self, to: usize, after: usize, before: usize) {
        let (from, until) = ((self.at + after).min(to), to.saturating_sub(before));
        if until > from && count(&self.parts[from..until].concat()) > TOO_FEW_TO_CUT {
            self.take(from);
            self.cut_to(until);
        }
        self.take(to);
    }

    fn finish(mut self, after: usize) -> String {
        let end = self.parts.len();
        let from = (self.at + after).min(end);
        if count(&self.parts[from..end].concat()) > TOO_FEW_TO_CUT {
            self.take(from);
            self.cut_to(end);
        } else {
            self.take(end);
        }
        let pieces: Vec<&str> = self.pieces.iter().map(|it| it.trim()).collect();
        pieces.join(CUT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_too_long_to_compare_is_one_place() {
        let (here, there) = (["甲", "丙"].repeat(10_000), ["乙", "丁"].repeat(10_000));
        let around = |text: &[&'static str]| [&["头"][..], text, &["尾", "尾"]].concat();
        let (one, other) = (around(&here), around(&there));
        let all = 1..20_001;
        assert_eq!(beyond_comparing(&one, &other), Some([all.clone(), all]));
        let found = Differences::of(one, other);
        assert_eq!(found.count(), 1);
        let width = Width { round: 1, longest: 2 };
        assert_eq!(found.shown(1, width), ["头甲丙…尾尾", "头乙丁…尾尾"]);
    }

    #[test]
    fn long_texts_that_are_nearly_alike_are_compared() {
        let long = vec!["检"; 20_000];
        let with = |word| [&long[..], &[word], &["查"; 9], &[word], &long[..]].concat();
        let (one, other) = (with("两"), with("三"));
        assert_eq!(beyond_comparing(&one, &other), None);
        assert_eq!(Differences::of(one, other).count(), 2);
    }
}
