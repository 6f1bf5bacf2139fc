//! Stretches of a video, in seconds.

/// The same stretches in order, those that touch joined.
pub fn merge(ranges: Vec<[u32; 2]>) -> Vec<[u32; 2]> {
    let mut merged: Vec<[u32; 2]> = Vec::new();
    for [mut from, mut to] in ranges {
        if from >= to {
            continue;
        }
        // Swallows what it touches, and takes its place in the order.
        merged.retain(|[begin, end]| {
            let touches = *begin <= to && from <= *end;
            if touches {
                (from, to) = (from.min(*begin), to.max(*end));
            }
            !touches
        });
        let place = merged.iter().take_while(|[begin, _]| *begin < from).count();
        merged.insert(place, [from, to]);
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
