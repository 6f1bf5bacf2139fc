//! What answers are worth: a pure function of the drawn questions, their keys and what was chosen.

use super::key::AnswerKey;

/// The rules below; a changed rule becomes a new version, and old results stay.
pub const GRADING_VERSION: i32 = 1;

/// One drawn question with what was chosen in it.
#[derive(Debug)]
pub struct Marked<'a> {
    pub position: i32,
    pub key: &'a AnswerKey,
    pub chosen: &'a [u8],
}

#[derive(Debug, PartialEq, Eq)]
pub struct Grade {
    /// 0 to 100.
    pub score: i32,
    pub correct: i32,
    pub questions: i32,
    pub passed: bool,
    pub right_positions: Vec<i32>,
}

/// Every question counts the same, and counts only if exactly its right options were chosen. The
/// score is rounded down, so that nobody passes at 79.9 per cent of 80.
pub fn grade(items: &[Marked<'_>], pass_mark: i32) -> Grade {
    let mut right_positions: Vec<i32> =
        items.iter().filter(|it| it.key.is_met_by(it.chosen)).map(|it| it.position).collect();
    right_positions.sort_unstable();
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let (correct, questions) = (count(right_positions.len()), count(items.len()));
    let score = if questions == 0 { 0 } else { correct * 100 / questions };
    Grade { score, correct, questions, passed: score >= pass_mark, right_positions }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graded(right: usize, wrong: usize, pass_mark: i32) -> Grade {
        let key = AnswerKey::new(vec![1], String::new());
        let items: Vec<_> = (1..)
            .zip((0..right).map(|_| &[1][..]).chain((0..wrong).map(|_| &[0][..])))
            .map(|(position, chosen)| Marked { position, key: &key, chosen })
            .collect();
        grade(&items, pass_mark)
    }

    #[test]
    fn the_score_is_rounded_down_and_passing_is_decided_by_it() {
        for (right, wrong, pass_mark, score, passed) in [
            (0, 10, 1, 0, false),
            (10, 0, 100, 100, true),
            (8, 2, 80, 80, true),
            (2, 1, 66, 66, true),
            (2, 1, 67, 66, false),
            (199, 1, 100, 99, false),
        ] {
            let grade = graded(right, wrong, pass_mark);
            assert_eq!(
                (grade.score, grade.passed),
                (score, passed),
                "{right} of {}",
                right + wrong
            );
        }
    }

    #[test]
    fn an_empty_attempt_is_worth_nothing() {
        assert_eq!(grade(&[], 1).score, 0);
    }

    #[test]
    fn a_question_of_several_options_is_right_all_or_nothing() {
        let key = AnswerKey::new(vec![0, 2], String::new());
        for (chosen, right) in
            [(&[0, 2][..], true), (&[0], false), (&[0, 1, 2], false), (&[], false)]
        {
            let grade = grade(&[Marked { position: 1, key: &key, chosen }], 60);
            assert_eq!(grade.right_positions == [1], right, "{chosen:?}");
        }
    }
}
