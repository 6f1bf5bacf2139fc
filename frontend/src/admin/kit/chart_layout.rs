//! Where the bars of a chart are: numbers in, rectangles out.

/// What is counted of one thing, a bar for each number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    pub label: String,
    pub values: Vec<u32>,
}

/// All lengths are in the units of the chart's own picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    pub width: f64,
    pub height: f64,
    pub groups: Vec<Group>,
}

/// The bars of one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub label: String,
    /// Baseline of the label above the bars.
    pub label_y: f64,
    pub bars: Vec<Bar>,
}

/// One bar; its value is printed at its end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    pub value: u32,
    pub y: f64,
    pub length: f64,
    /// Where the printed value starts.
    pub value_x: f64,
    /// Baseline of the printed value.
    pub value_y: f64,
}

const BAR: f64 = 16.0;
const BAR_GAP: f64 = 3.0;
const LABEL: f64 = 24.0;
const GROUP_GAP: f64 = 18.0;
/// Room for the value printed behind the longest bar.
const VALUE: f64 = 48.0;
/// A bar of zero is still seen as a line.
const SLIVER: f64 = 2.0;

/// Lays the groups out below one another; the longest bar takes the width there is.
pub fn layout(groups: Vec<Counts>, width: f64) -> Layout {
    let longest = groups.iter().flat_map(|it| &it.values).max().copied().unwrap_or_default().max(1);
    let unit = (width - VALUE) / f64::from(longest);
    let mut top = 0.0;
    let mut placed = Vec::with_capacity(groups.len());
    for Counts { label, values } in groups {
        let mut y = top + LABEL;
        let bar = |value: &u32| {
            let length = (f64::from(*value) * unit).max(SLIVER);
            let bar =
                Bar { value: *value, y, length, value_x: length + 6.0, value_y: y + BAR - 3.5 };
            y += BAR + BAR_GAP;
            bar
        };
        let bars = values.iter().map(bar).collect();
        placed.push(Group { label, label_y: top + LABEL - 8.0, bars });
        top = y + GROUP_GAP;
    }
    Layout { width, height: (top - GROUP_GAP).max(0.0), groups: placed }
}

/// The height of every bar.
pub const fn bar_height() -> f64 {
    BAR
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(label: &str, values: [u32; 4]) -> Counts {
        Counts { label: label.into(), values: values.into() }
    }

    #[test]
    fn the_longest_bar_leaves_room_for_its_value() {
        let chart = layout(vec![counts("甲", [40, 20, 10, 0]), counts("乙", [8, 8, 8, 8])], 720.0);
        let bars = &chart.groups[0].bars;
        assert!((bars[0].length - 672.0).abs() < 0.01);
        assert!((bars[1].length - 336.0).abs() < 0.01, "half the people, half the length");
        assert!(bars[0].value_x + 30.0 < chart.width);
    }

    #[test]
    fn bars_never_overlap_and_stay_inside() {
        let chart = layout(vec![counts("甲", [3, 2, 1, 1]), counts("乙", [5, 0, 0, 0])], 720.0);
        let tops: Vec<f64> =
            chart.groups.iter().flat_map(|group| group.bars.iter().map(|bar| bar.y)).collect();
        assert!(tops.windows(2).all(|pair| pair[1] - pair[0] >= bar_height()));
        assert!(tops[7] + bar_height() <= chart.height);
    }

    #[test]
    fn nobody_at_all_divides_by_nothing() {
        let chart = layout(vec![counts("甲", [0, 0, 0, 0])], 720.0);
        assert!(chart.groups[0].bars.iter().all(|bar| (bar.length - SLIVER).abs() < 0.01));
        assert_eq!(layout(Vec::new(), 720.0).groups, []);
    }
}
