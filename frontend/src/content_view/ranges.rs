//! Stretches of a video, in seconds.

/// The same stretches in order, those that touch joined.
pub fn merge(mut ranges: Vec<[u32; 2]>) -> Vec<[u32; 2]> {
    ranges.retain(|[from, to]| from < to);
    ranges.sort_unstable();
    let mut merged: Vec<[u32; 2]> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range[0] <= last[1] => last[1] = last[1].max(range[1]),
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::merge;

    #[test]
    fn stretches_that_touch_or_overlap_become_one() {
        let watched = vec![[30, 40], [0, 10], [10, 20], [35, 50], [60, 61]];
        assert_eq!(merge(watched), [[0, 20], [30, 50], [60, 61]]);
    }

    #[test]
    fn empty_stretches_vanish() {
        assert_eq!(merge(vec![[5, 5], [9, 3]]), Vec::<[u32; 2]>::new());
    }
}
