//! What stands in the braces of a question in the format GIFT.

use shared::{
    authoring::OptionDraft,
    quizzes::QuestionKind::{self, Multiple, Single, TrueFalse},
};

use super::{
    answer::truth_of,
    gift::{Trouble, Written, find},
    table::statement,
};

/// The answers of a question, and why they are right.
#[derive(Debug, PartialEq, Eq)]
pub struct Answers {
    pub kind: QuestionKind,
    pub options: Vec<OptionDraft>,
    pub explanation: String,
}

pub fn read(inside: &str, written: Written) -> Result<Answers, Trouble> {
    let (answers, explanation) = split(inside, "####");
    let answers = answers.trim();
    let explanation = written.plain(explanation);
    let (head, remarks) = split(answers, "#");
    if let Some(truth) = truth_of(head) {
        let (wrong, right) = split(remarks, "#");
        let remarks = [right, wrong].map(|it| written.plain(it));
        let explanation = joined([explanation].into_iter().chain(remarks));
        return Ok(Answers { kind: TrueFalse, options: statement(Some(truth)), explanation });
    }
    let choices = choices(answers, written)?;
    let kind = kind_of(&choices)?;
    let remarks = choices.iter().filter(|it| !it.remark.is_empty());
    let remarks = remarks.map(|it| format!("“{}”：{}", it.text, it.remark));
    let explanation = joined([explanation].into_iter().chain(remarks));
    let option = |it: Choice| OptionDraft { correct: it.is_right(), text: it.text };
    Ok(Answers { kind, options: choices.into_iter().map(option).collect(), explanation })
}

/// One option.
struct Choice {
    /// Whether it began with `=`.
    best: bool,
    /// Per cent of the points, where it says so.
    weight: Option<f64>,
    text: String,
    remark: String,
}

impl Choice {
    fn is_right(&self) -> bool {
        self.weight.map_or(self.best, |weight| weight > 0.0)
    }

    /// Beside one that is right by itself.
    fn counts_in_part(&self) -> bool {
        self.weight.is_some_and(|weight| if self.best { weight < 100.0 } else { weight > 0.0 })
    }
}

fn choices(answers: &str, written: Written) -> Result<Vec<Choice>, Trouble> {
    let mut rest = match answers.chars().next() {
        None => return Err("花括号里没有答案。问答题这里没有，请改成选择题或者判断题"),
        Some('#') => return Err("这是填数字的题，这里没有，请改成选择题或者判断题"),
        Some('=' | '~') => answers,
        Some(_) => {
            return Err(
                "花括号里看不懂：每个选项前面要写 =（对）或者 ~（错）；判断题写 TRUE 或者 FALSE",
            );
        }
    };
    let mut choices = Vec::new();
    while let Some(sign) = rest.chars().next() {
        let body = &rest[sign.len_utf8()..];
        let end = [find(body, "="), find(body, "~")].into_iter().flatten().min();
        let (choice, others) = body.split_at(end.unwrap_or(body.len()));
        let (weight, choice) = weight(choice.trim_start())?;
        let (text, remark) = split(choice, "#");
        let line = |text| written.plain(text).replace('\n', " ");
        choices.push(Choice { best: sign == '=', weight, text: line(text), remark: line(remark) });
        rest = others;
    }
    Ok(choices)
}

/// As in `%50%`.
fn weight(choice: &str) -> Result<(Option<f64>, &str), Trouble> {
    let Some((number, text)) = choice.strip_prefix('%').and_then(|it| it.split_once('%')) else {
        return Ok((None, choice));
    };
    let weight: f64 = number.trim().parse().map_err(|_| "两个 % 中间要写数字，比如 %50%")?;
    if weight.is_finite() {
        Ok((Some(weight), text))
    } else {
        Err("两个 % 中间的数字不对")
    }
}

const IN_PART: &str = "有的选项只算一部分分数，这里没有部分得分；只有一个对的，它前面写 =，其余写 ~；几个都要选的，像 ~%50% 这样写";

/// One `=` marks the right one of several. Several of them are answers each of which is right by
/// itself; where all of some have to be chosen, those share the points.
fn kind_of(choices: &[Choice]) -> Result<QuestionKind, Trouble> {
    let best = choices.iter().filter(|it| it.best).count();
    if best == choices.len() {
        return Err(if choices.iter().any(|it| it.text.contains("->")) {
            "这是连线题，这里没有，请改成选择题或者判断题"
        } else {
            "这是填空题（答案都以 = 开头），这里没有；要改成选择题，错的选项前面写 ~"
        });
    }
    match best {
        0 => kind_by_weights(choices),
        1 if choices.iter().any(Choice::counts_in_part) => Err(IN_PART),
        1 => Ok(Single),
        _ => Err(
            "有几个选项前面都写了 =，意思是选哪一个都算对，这里没有；几个都要选的，像 ~%50% 这样写；只有一个对的，其余写 ~",
        ),
    }
}

/// Of options none of which is right by itself.
fn kind_by_weights(choices: &[Choice]) -> Result<QuestionKind, Trouble> {
    // Thirds and sixths are written in many ways.
    const SHARED_OUT: std::ops::RangeInclusive<f64> = 95.0..=105.0;
    let points: Vec<f64> =
        choices.iter().filter_map(|it| it.weight).filter(|it| *it > 0.0).collect();
    if !points.is_empty() && !SHARED_OUT.contains(&points.iter().sum::<f64>()) {
        return Err("对的选项的百分数加起来要是 100，比如两个都要选的，各写 ~%50%");
    }
    Ok(if points.len() > 1 { Multiple } else { Single })
}

fn split<'a>(text: &'a str, sign: &str) -> (&'a str, &'a str) {
    find(text, sign).map_or((text, ""), |at| (&text[..at], &text[at + sign.len()..]))
}

/// Sentences one after another, without the empty ones.
fn joined(sentences: impl Iterator<Item = String>) -> String {
    sentences.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
}
