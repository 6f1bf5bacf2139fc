//! Texts as sets of pairs of neighbouring characters.

use std::collections::BTreeSet;

/// A text without blanks, in small letters of half width: as it is compared.
pub fn fold(text: &str) -> String {
    let half = |it: char| match it {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(it as u32 - 0xfee0).unwrap_or(it),
        other => other,
    };
    let kept = text.chars().filter(|it| !it.is_whitespace() && !it.is_control());
    kept.flat_map(|it| half(it).to_lowercase()).collect()
}

/// The pairs of a folded text.
pub fn pairs(folded: &str) -> BTreeSet<i64> {
    let second = folded.chars().skip(1);
    folded
        .chars()
        .zip(second)
        .map(|(one, two)| (i64::from(one as u32) << 21) | i64::from(two as u32))
        .collect()
}

/// As an array of PostgreSQL.
pub fn array(pairs: impl Iterator<Item = i64>) -> String {
    let pairs: Vec<String> = pairs.map(|it| it.to_string()).collect();
    format!("{{{}}}", pairs.join(","))
}

/// As words of letters and digits that SQLite's index takes.
pub fn tokens(pairs: impl Iterator<Item = i64>) -> String {
    pairs.map(|it| format!("x{it:x}")).collect::<Vec<_>>().join(" ")
}

/// A word that is looked for.
#[derive(Debug, Clone)]
pub struct Word {
    folded: String,
    pairs: Vec<i64>,
}

impl Word {
    pub fn of(text: &str) -> Self {
        let folded = fold(text);
        let pairs = pairs(&folded).into_iter().collect();
        Self { folded, pairs }
    }

    pub fn folded(&self) -> &str {
        &self.folded
    }

    pub fn is_short(&self) -> bool {
        self.pairs.is_empty()
    }

    pub fn pairs(&self) -> &[i64] {
        &self.pairs
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn width_case_and_blanks_make_no_difference() {
        assert_eq!(fold("ＧＢ／Ｔ 1.1—２０２０"), "gb/t1.1—2020");
        assert_eq!(fold("会　议\n服务"), "会议服务");
        assert_eq!(pairs("会议").len(), 1);
        assert!(pairs("会").is_empty());
    }

    proptest! {
        /// So that looking for pairs misses nothing.
        #[test]
        fn a_part_of_a_text_has_no_other_pairs(text in "[会议服务ab1𠅤]{2,30}", from in 0_usize..10, length in 2_usize..10) {
            let part: String = text.chars().skip(from).take(length).collect();
            prop_assert!(pairs(&part).is_subset(&pairs(&text)));
        }

        #[test]
        fn no_pair_is_a_mark(text in "\\PC{2,10}") {
            prop_assert!(pairs(&text).iter().all(|it| *it > 100));
        }
    }
}
