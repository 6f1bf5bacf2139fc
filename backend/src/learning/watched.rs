//! Which parts of a video somebody has watched.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

/// Parts as `[from, to)` in seconds: in order, apart from each other, none empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Watched(Vec<[u32; 2]>);

impl Watched {
    /// Seconds that were watched at least once.
    pub fn seconds(&self) -> u32 {
        self.0.iter().map(|[from, to]| to - from).sum()
    }

    /// Where the last part ends.
    pub fn furthest(&self) -> u32 {
        self.0.last().map_or(0, |[_, to]| *to)
    }

    /// Adds what is claimed to have been watched, as far as a viewer had time for it: the earliest
    /// `allowance` seconds that are new. What lies beyond the end, at `length`, does not count.
    #[must_use]
    pub fn with(&self, claimed: &[[u32; 2]], length: u32, allowance: u32) -> Self {
        let claimed = joined(claimed.iter().map(|[from, to]| [*from, (*to).min(length)]));
        let mut left = allowance;
        let mut accepted = self.0.clone();
        for gap in claimed.into_iter().flat_map(|part| self.gaps_in(part)) {
            let taken = (gap[1] - gap[0]).min(left);
            left -= taken;
            accepted.push([gap[0], gap[0] + taken]);
        }
        Self(joined(accepted.into_iter()))
    }

    /// What of `[from, to)` was not watched yet.
    fn gaps_in(&self, [mut from, to]: [u32; 2]) -> Vec<[u32; 2]> {
        let mut gaps = Vec::new();
        for [seen_from, seen_to] in &self.0 {
            if *seen_to <= from || *seen_from >= to {
                continue;
            }
            if *seen_from > from {
                gaps.push([from, *seen_from]);
            }
            from = (*seen_to).min(to);
        }
        if from < to {
            gaps.push([from, to]);
        }
        gaps
    }
}

/// Parts in order, with those that touch made one.
fn joined(parts: impl Iterator<Item = [u32; 2]>) -> Vec<[u32; 2]> {
    let mut parts: Vec<_> = parts.filter(|[from, to]| from < to).collect();
    parts.sort_unstable();
    let mut whole = Vec::<[u32; 2]>::with_capacity(parts.len());
    for [from, to] in parts {
        match whole.last_mut() {
            Some(last) if from <= last[1] => last[1] = last[1].max(to),
            _ => whole.push([from, to]),
        }
    }
    whole
}

/// What of it somebody can have claimed who may not skip ahead: nothing that begins further on than
/// a `leap` after all that came before.
pub(super) fn in_order(seen: &Watched, claimed: &[[u32; 2]]) -> Vec<[u32; 2]> {
    let mut furthest = seen.furthest();
    let mut claimed = joined(claimed.iter().copied());
    claimed.retain(|[from, to]| {
        let reached = *from <= furthest.saturating_add(LEAP);
        if reached {
            furthest = furthest.max(*to);
        }
        reached
    });
    claimed
}

/// Seconds that players jump by themselves, or lose between two reports.
pub(super) const LEAP: u32 = 5;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    const LENGTH: u32 = 60;

    fn parts() -> impl Strategy<Value = Vec<[u32; 2]>> {
        prop::collection::vec([0..80u32, 0..80u32], 0..12)
    }

    /// The model: a set of seconds.
    fn seconds_of(parts: &[[u32; 2]]) -> BTreeSet<u32> {
        parts.iter().flat_map(|[from, to]| *from..(*to).min(LENGTH)).collect()
    }

    fn well_formed(watched: &Watched) -> bool {
        watched.0.iter().all(|[from, to]| from < to)
            && watched.0.windows(2).all(|pair| pair[0][1] < pair[1][0])
    }

    proptest! {
        #[test]
        fn without_a_limit_it_is_the_union(old in parts(), new in parts()) {
            let old = Watched::default().with(&old, LENGTH, u32::MAX);
            let both = old.with(&new, LENGTH, u32::MAX);
            let model: BTreeSet<u32> = &seconds_of(&old.0) | &seconds_of(&new);
            prop_assert!(well_formed(&both));
            prop_assert_eq!(seconds_of(&both.0), model);
        }

        #[test]
        fn what_is_added_is_claimed_new_early_and_within_the_limit(
            old in parts(), new in parts(), allowance in 0..70u32,
        ) {
            let old = Watched::default().with(&old, LENGTH, u32::MAX);
            let both = old.with(&new, LENGTH, allowance);
            let (before, after) = (seconds_of(&old.0), seconds_of(&both.0));
            let fresh: Vec<u32> = seconds_of(&new).difference(&before).copied().collect();
            let added: Vec<u32> = after.difference(&before).copied().collect();
            let room = usize::try_from(allowance).unwrap().min(fresh.len());
            prop_assert!(well_formed(&both) && after.is_superset(&before));
            prop_assert_eq!(added, &fresh[..room]);
        }

        #[test]
        fn the_same_report_again_adds_nothing(old in parts(), new in parts()) {
            let once = Watched::default().with(&old, LENGTH, u32::MAX).with(&new, LENGTH, u32::MAX);
            prop_assert_eq!(&once.with(&new, LENGTH, u32::MAX), &once);
        }
    }

    #[test]
    fn who_may_not_skip_ahead_is_believed_as_far_as_they_came_without() {
        let seen = Watched::default().with(&[[0, 20]], LENGTH, u32::MAX);
        for (claimed, believed) in [
            (&[[20, 40]][..], &[[20, 40]][..]),
            (&[[25, 40]], &[[25, 40]]),
            (&[[26, 40]], &[]),
            (&[[50, 60], [10, 30]], &[[10, 30]]),
            (&[[35, 50], [22, 31]], &[[22, 31], [35, 50]]),
        ] {
            assert_eq!(in_order(&seen, claimed), believed, "{claimed:?}");
        }
    }

    proptest! {
        #[test]
        fn in_order_nothing_is_invented_and_no_gap_is_wider_than_a_leap(
            old in parts(), new in parts(),
        ) {
            let old = Watched::default().with(&old, LENGTH, u32::MAX);
            let believed = in_order(&old, &new);
            prop_assert!(seconds_of(&believed).is_subset(&seconds_of(&new)));
            let mut furthest = old.furthest();
            for [from, to] in believed {
                prop_assert!(from <= furthest + LEAP);
                furthest = furthest.max(to);
            }
        }
    }
}
