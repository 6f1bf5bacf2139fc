//! The cells 题型 and 答案 of a question.

use shared::quizzes::QuestionKind::{self, Multiple, Single, TrueFalse};

use crate::tables::{narrow, tidy};

/// What people call the kinds.
pub fn kind_of(text: &str) -> Option<QuestionKind> {
    let text = tidy(text).replace([' ', '题'], "");
    match text.as_str() {
        "单选" | "单项选择" | "单项" | "选择" => Some(Single),
        "多选" | "多项选择" | "多项" | "不定项" | "不定项选择" => Some(Multiple),
        "判断" | "是非" | "对错" => Some(TrueFalse),
        _ => None,
    }
}

/// Whether a statement is said to be right.
pub fn truth_of(text: &str) -> Option<bool> {
    match tidy(text).to_uppercase().as_str() {
        "对" | "正确" | "是" | "√" | "✓" | "✔" | "T" | "TRUE" | "Y" | "YES" => Some(true),
        "错" | "错误" | "否" | "不对" | "不正确" | "×" | "✗" | "✘" | "X" | "F" | "FALSE" | "N"
        | "NO" => Some(false),
        _ => None,
    }
}

/// The places of the options that letters name, from 0: `AC`, `A、C` and `Ａ，Ｃ` are one answer.
pub fn letters_of(text: &str) -> Option<Vec<usize>> {
    let mut places = Vec::new();
    for letter in tidy(text).chars().map(narrow) {
        match letter.to_ascii_uppercase() {
            letter @ 'A'..='H' => places.push("ABCDEFGH".find(letter)?),
            ' ' | ',' | '、' | ';' | '/' | '.' | '和' | '+' => {}
            _ => return None,
        }
    }
    (!places.is_empty()).then_some(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_known_by_every_name_that_people_give_them() {
        for (text, kind) in [
            ("单选", Some(Single)),
            ("单选题", Some(Single)),
            ("多项选择题", Some(Multiple)),
            (" 判断 题", Some(TrueFalse)),
            ("填空", None),
            ("", None),
        ] {
            assert_eq!(kind_of(text), kind, "{text}");
        }
    }

    #[test]
    fn an_answer_is_read_as_people_write_it() {
        for text in ["AC", "a,c", "Ａ、Ｃ", "A C", "A和C", "A，C"] {
            assert_eq!(letters_of(text), Some(vec![0, 2]), "{text}");
        }
        for text in ["", "、", "I", "A1", "甲"] {
            assert_eq!(letters_of(text), None, "{text}");
        }
        assert_eq!(["对", "√", "true", "是"].map(truth_of), [Some(true); 4]);
        assert_eq!(["错", "×", "F", "Ｘ"].map(truth_of), [Some(false); 4]);
        assert_eq!(["A", "也许", ""].map(truth_of), [None; 3]);
    }
}
