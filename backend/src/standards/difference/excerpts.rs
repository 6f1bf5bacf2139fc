//! The parts of two long texts where they differ, so that a phone shows them beside each other.

/// Characters that two texts which differ are shown with before the first one that differs.
const LEAD: usize = 20;
const CUT: &str = "…";

/// Both texts, of at most so many characters and the marks where something was cut: whole sentences that
/// differ where they are short enough, else from shortly before the first difference on. Two texts that
/// differ still do.
pub fn pair(before: &str, now: &str, most: usize) -> (String, String) {
    if count(before) <= most && count(now) <= most {
        return (before.to_owned(), now.to_owned());
    }
    let sentences = [sentences(before), sentences(now)];
    let (from, [end_before, end_now]) = differing(&sentences);
    let part = |of: &[&str], end: usize| {
        let head = if from > 0 { CUT } else { "" };
        let tail = if end < of.len() { CUT } else { "" };
        (of[from..end].concat(), head, tail)
    };
    let both = [part(&sentences[0], end_before), part(&sentences[1], end_now)];
    if both.iter().all(|(text, ..)| !text.is_empty() && count(text) <= most) {
        return both.map(|(text, head, tail)| format!("{head}{}{tail}", text.trim())).into();
    }
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

/// Where the sentences that differ begin, and where they end in each: with one that is the same before
/// them, or after, where something was only put in or taken out.
fn differing([one, other]: &[Vec<&str>; 2]) -> (usize, [usize; 2]) {
    let shorter = one.len().min(other.len());
    let same = |it: &(&&str, &&str)| it.0 == it.1;
    let head = one.iter().zip(other).take_while(same).count();
    let tail = one.iter().rev().zip(other.iter().rev()).take(shorter - head).take_while(same);
    let tail = tail.count();
    let ends = [one.len() - tail, other.len() - tail];
    if ends.iter().all(|end| *end > head) {
        return (head, ends);
    }
    if head > 0 { (head - 1, ends) } else { (head, ends.map(|end| end + tail.min(1))) }
}

fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(['。', '；', '！', '？', '\n']).collect()
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
    fn a_sentence_that_is_too_long_itself_is_cut_at_the_first_difference() {
        let long = |word: &str| format!("{}{word}{}", "甲".repeat(100), "乙".repeat(100));
        let (before, now) = pair(&long("两"), &long("三"), 30);
        assert_eq!(before, format!("…{}两{}…", "甲".repeat(20), "乙".repeat(9)));
        assert_eq!(now, format!("…{}三{}…", "甲".repeat(20), "乙".repeat(9)));
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
    }
}
