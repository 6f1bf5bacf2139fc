//! The parts of two long texts where they differ, so that a phone shows them beside each other.

mod windows;

use windows::{Differences, Width};

/// Characters of what is the same that are shown before and after a difference, where there is room, and
/// at least.
const LEAD: usize = 20;
const NEAR: usize = 6;
const CUT: &str = "…";

/// Both texts, of at most so many characters and two marks: every place where they differ, with what
/// stands round it and a mark for what is left out between them. Those are whole sentences where these are
/// short enough, else letters, the fewer of them the more places there are; where there are too many, the
/// first. Two texts that differ still do.
pub fn pair(before: &str, now: &str, most: usize) -> (String, String) {
    if count(before) <= most && count(now) <= most {
        return (before.to_owned(), now.to_owned());
    }
    let fits = |it: &[String; 2]| {
        // Two of the marks are not counted, be they at the ends or between.
        it[0] != it[1] && it.iter().all(|text| !text.is_empty() && count(text) <= most + 2)
    };
    let sentences = Differences::of(sentences(before), sentences(now));
    let whole = Width { round: 0, longest: usize::MAX };
    let found = Some(sentences.shown(sentences.count(), whole)).filter(fits);
    let found = found.or_else(|| {
        let letters = Differences::of(letters(before), letters(now));
        let all = letters.count();
        let narrower = widths(most).map(|width| (all, width));
        let least = Width { round: NEAR, longest: most / 4 };
        // Each of them takes a letter of one text at least.
        let fewer = (1..all.min(2 * most + 4)).rev().map(|some| (some, least));
        narrower.chain(fewer).map(|(some, width)| letters.shown(some, width)).find(fits)
    });
    match found {
        Some([before, now]) => (before, now),
        None => first_difference(before, now, most),
    }
}

/// From the widest that may fit down to the narrowest.
fn widths(most: usize) -> impl Iterator<Item = Width> {
    let longest = [most, most / 2, most / 4].into_iter();
    longest.flat_map(|longest| (NEAR..=LEAD).rev().map(move |round| Width { round, longest }))
}

/// Both texts from shortly before the first letter that differs.
fn first_difference(before: &str, now: &str, most: usize) -> (String, String) {
    let alike = before.chars().zip(now.chars()).take_while(|(one, other)| one == other).count();
    let from = alike.saturating_sub(LEAD);
    (window(before, from, most), window(now, from, most))
}

/// The beginning of a text.
pub fn beginning(text: &str, most: usize) -> String {
    window(text, 0, most)
}

fn window(text: &str, from: usize, most: usize) -> String {
    let part: String = text.chars().skip(from).take(most).collect();
    let head = if from > 0 { CUT } else { "" };
    let tail = if count(text) > from + most { CUT } else { "" };
    format!("{head}{}{tail}", part.trim())
}

fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(['。', '；', '！', '？', '\n']).collect()
}

fn letters(text: &str) -> Vec<&str> {
    text.char_indices().map(|(at, letter)| &text[at..at + letter.len_utf8()]).collect()
}

fn count(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn short_texts_stay_whole_and_long_ones_are_cut_to_the_sentences_that_differ() {
        let whole = pair("应由两人进行。", "应由三人进行。", 20);
        assert_eq!(whole, ("应由两人进行。".into(), "应由三人进行。".into()));
        let text = |people: &str| format!("登高前应检查梯子。作业应由{people}进行。完工应清场。");
        let cut = ("…作业应由两人进行。…".to_owned(), "…作业应由三人进行。…".to_owned());
        assert_eq!(pair(&text("两人"), &text("三人"), 15), cut);
    }

    #[test]
    fn a_sentence_that_came_or_went_is_shown_with_the_one_beside_it() {
        let before = "应检查设备。应记录。";
        let now = "应检查设备。应签字。应记录。";
        let cut = ("应检查设备。…".to_owned(), "应检查设备。应签字。…".to_owned());
        assert_eq!(pair(before, now, 13), cut);
        let first = ("应记录。…".to_owned(), "应签字。应记录。…".to_owned());
        let both = pair("应记录。应清场。", "应签字。应记录。应清场。", 9);
        assert_eq!(both, first, "at the very beginning");
    }

    #[test]
    fn a_sentence_that_is_too_long_itself_is_cut_round_the_difference() {
        let long = |word: &str| format!("{}{word}{}", "甲".repeat(100), "乙".repeat(100));
        let (before, now) = pair(&long("两"), &long("三"), 29);
        assert_eq!(before, format!("…{}两{}…", "甲".repeat(14), "乙".repeat(14)));
        assert_eq!(now, format!("…{}三{}…", "甲".repeat(14), "乙".repeat(14)));
    }

    #[test]
    fn every_sentence_that_differs_is_shown_and_what_stands_between_is_not() {
        let text = |people: &str, minutes: &str| {
            let between = "梯子应牢固。工具应齐全。".repeat(10);
            format!("作业应由{people}进行。{between}应提前{minutes}分钟到岗。完工应清场。")
        };
        let (before, now) = pair(&text("两人", "30"), &text("三人", "60"), 40);
        assert_eq!(before, "作业应由两人进行。…应提前30分钟到岗。…");
        assert_eq!(now, "作业应由三人进行。…应提前60分钟到岗。…");
    }

    #[test]
    fn differences_that_are_near_share_a_window() {
        let text = |one: &str, other: &str| {
            let far = "甲".repeat(200);
            format!("{far}由{one}人看守，由{other}人操作{far}由{other}人记录{far}")
        };
        let (before, now) = pair(&text("一", "两"), &text("二", "三"), 60);
        assert_eq!(now.matches('…').count(), 3, "{now}");
        assert!(before.contains("由一人看守，由两人操作"), "{before}");
        assert!(now.contains("由二人看守，由三人操作") && now.contains("由三人记录"), "{now}");
    }

    #[test]
    fn what_is_said_otherwise_altogether_is_cut_short() {
        let (before, now) = pair(&"甲".repeat(300), &"乙".repeat(200), 40);
        assert!(before.starts_with("甲甲") && before.ends_with('…'), "{before}");
        assert!(now.starts_with("乙乙") && now.ends_with('…'), "{now}");
    }

    #[test]
    fn a_long_insertion_does_not_hide_what_changed_after_it() {
        let between = "丙".repeat(100);
        let before = format!("甲{between}由两人进行");
        let now = format!("甲{}{between}由三人进行", "乙".repeat(200));
        let (before, now) = pair(&before, &now, 100);
        assert!(before.contains('两') && now.contains('三'), "{before} {now}");
        assert!(now.contains("乙乙乙乙"), "{now}");
    }

    proptest! {
        #[test]
        fn what_differs_still_differs_and_is_short(
            before in "[应检查。；]{1,60}", now in "[应检查。；]{1,60}", most in 25_usize..40,
        ) {
            let (one, other) = pair(&before, &now, most);
            prop_assert!(count(&one) <= most + 2 && count(&other) <= most + 2);
            prop_assert_eq!(before == now, one == other);
            prop_assert!(!one.is_empty() && !other.is_empty());
        }

        /// At the start, at the end and anywhere between.
        #[test]
        fn each_of_some_changes_is_shown_in_its_order(
            places in proptest::collection::btree_set(0_usize..400, 1..8), most in 120_usize..200,
        ) {
            let text = |word: char| -> String {
                (0..400).map(|at| if places.contains(&at) { word } else { '检' }).collect()
            };
            let (before, now) = pair(&text('两'), &text('三'), most);
            let all = places.len();
            prop_assert_eq!(before.matches('两').count(), all);
            prop_assert_eq!(now.matches('三').count(), all);
            prop_assert_eq!(before.replace('两', "三"), now.clone());
            prop_assert!(count(&now) <= most + 2);
            let (first, last) = (places.first().unwrap(), places.last().unwrap());
            prop_assert!(*first > NEAR || !now.starts_with('…'), "nothing was left out: {}", now);
            prop_assert!(*first <= LEAD + 2 || now.starts_with('…'), "{}", now);
            prop_assert!(*last < 399 - NEAR || !now.ends_with('…'), "{}", now);
            prop_assert!(*last >= 397 - LEAD || now.ends_with('…'), "{}", now);
        }

        /// What is put in anywhere of a text is seen, with something of the text.
        #[test]
        fn what_was_put_in_is_shown_wherever_it_is(at in 0_usize..=300, most in 40_usize..80) {
            let (head, tail) = ("甲".repeat(at), "乙".repeat(300 - at));
            let (before, now) = pair(&format!("{head}{tail}"), &format!("{head}应签字{tail}"), most);
            prop_assert!(now.contains("应签字") && !before.contains("应签字"), "{} {}", before, now);
            prop_assert!(count(&before) <= most + 2 && count(&now) <= most + 2);
        }
    }
}
