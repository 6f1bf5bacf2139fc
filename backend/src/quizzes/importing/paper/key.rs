//! The answers of a whole paper, as they stand at its end.

use shared::quizzes::QuestionKind;

use super::{asked::Asked, heading::heading};
use crate::tables::tidy;

/// What the end of a paper says of one question.
#[derive(Debug)]
struct Told {
    /// Of the heading above it.
    kind: Option<QuestionKind>,
    number: u32,
    answer: String,
    explanation: String,
}

/// All answers at the end.
#[derive(Debug, Default)]
pub struct Key {
    kind: Option<QuestionKind>,
    told: Vec<Told>,
}

expression!(
    RANGE,
    r"(\d{1,3})\s*[-—–‐−~～∼∽至到]+\s*(\d{1,3})\s*[题]?\s*[、.．:：)）]?\s*((?:[A-H√✓✔×✗✘对错]\s*)+)"
);
expression!(
    SINGLE,
    r"(\d{1,3})\s*[、.．:：)）]?\s*(?:[【\[]?(?:正确|参考|标准)?答案[】\]]?\s*[：:]?\s*)?([A-H](?:[\s、,，;；/和+]*[A-H]){0,7}|正确|错误|[√✓✔×✗✘对错])"
);
expression!(
    EXPLAINED,
    r"^[（(]?(\d{1,3})[^\dA-H√✓✔×✗✘对错正]{0,8}(?:[A-H](?:[\s、,，;；/和+]*[A-H]){0,7}|正确|错误|[√✓✔×✗✘对错])[。.；;，,、\s]*[（(【\[]?(?:答案)?解析[】\]]?[：:]?\s*(.+)$"
);

expression!(WHY, r"^[（(【\[]?(?:答案)?解析[】\]）)]?\s*[：:]?\s*(.+)$");

impl Key {
    pub fn take(&mut self, line: &str) {
        let line = tidy(&line.replace('\t', " "));
        let line = match heading_in(&line) {
            Some((kind, rest)) => {
                self.kind = kind;
                rest
            }
            None => &line,
        };
        if let (Some(why), Some(told)) = (WHY.captures(line), self.told.last_mut()) {
            return why[1].clone_into(&mut told.explanation);
        }
        if let Some(found) = EXPLAINED.captures(line)
            && let (Ok(number), Some(single)) = (found[1].parse(), SINGLE.captures(line))
        {
            return self.tell_of(number, &single[2], &found[2]);
        }
        for found in RANGE.captures_iter(line) {
            let (Ok(first), Ok(last)) = (found[1].parse::<u32>(), found[2].parse::<u32>()) else {
                continue;
            };
            let answers: Vec<char> = found[3].chars().filter(|it| !it.is_whitespace()).collect();
            // Where they do not match, nobody can say which answer is whose.
            if first <= last && (last - first) as usize + 1 == answers.len() {
                for (number, answer) in (first..).zip(answers) {
                    self.tell_of(number, &answer.to_string(), "");
                }
            }
        }
        let rest = RANGE.replace_all(line, " ");
        for found in SINGLE.captures_iter(&rest) {
            let Some(whole) = found.get(0) else { continue };
            let goes_on = rest[whole.end()..].starts_with(char::is_alphabetic);
            // As in `1、2：B A`: nobody can say whose answer is which.
            let before = rest[..whole.start()].trim_end_matches(['、', ',', '，', '/', '-', ' ']);
            let is_list =
                before.len() < whole.start() && before.ends_with(|it: char| it.is_ascii_digit());
            if let (Ok(number), false) = (found[1].parse(), goes_on || is_list) {
                self.tell_of(number, &found[2], "");
            }
        }
    }

    fn tell_of(&mut self, number: u32, answer: &str, explanation: &str) {
        let (kind, answer) = (self.kind, answer.to_owned());
        self.told.push(Told { kind, number, answer, explanation: explanation.trim().into() });
    }

    /// Gives the questions their answers, each where exactly one question can be meant and exactly one
    /// answer is said of it: by kind and number, or by the number where one of them has no kind.
    pub(super) fn tell(&self, asked: &mut [Asked]) {
        let fits = |told: &Told, asked: &Asked| {
            let one_kind = told.kind.zip(asked.kind).is_none_or(|(told, asked)| told == asked);
            told.number == asked.number && one_kind
        };
        let alone = |told: &&Told| asked.iter().filter(|it| fits(told, it)).count() == 1;
        let clear: Vec<bool> = self.told.iter().map(|it| alone(&it)).collect();
        for asked in asked {
            let mut meant = self.told.iter().zip(&clear).filter(|(told, _)| fits(told, asked));
            if let (Some((told, true)), None) = (meant.next(), meant.next()) {
                told.to(asked);
            }
        }
    }
}

impl Told {
    fn to(&self, asked: &mut Asked) {
        let told = self;
        if asked.answer.is_empty() {
            asked.answer.clone_from(&told.answer);
        }
        if asked.explanation.is_empty() {
            asked.explanation.clone_from(&told.explanation);
        }
    }
}

/// The kind that a line begins with, and what follows: `一、单选题：1-5 ABCDA`.
fn heading_in(line: &str) -> Option<(Option<QuestionKind>, &str)> {
    let end = line.find(|it: char| it.is_ascii_digit()).unwrap_or(line.len());
    let (before, rest) = line.split_at(end);
    heading(before.trim()).map(|it| (it.kind, rest))
}
