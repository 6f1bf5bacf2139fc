//! What a quiz must be like to be saved, said field by field.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use shared::{
    authoring::{OptionDraft, QuestionDraft, QuizSettings},
    problem::{Code, Problem},
    quizzes::{QuestionKind, ReleasePolicy},
};

use crate::{Result, courses};

/// Questions of one quiz.
pub const MAX_QUESTIONS: usize = 100;
const MAX_TITLE: usize = 60;
const MAX_TEXT: usize = 500;
const MAX_OPTION: usize = 200;
/// How far from today a quiz may open and close; far beyond it no database follows.
const HORIZON: TimeDelta = TimeDelta::days(10 * 366);

/// What is wrong with which field.
pub type Wrong = Vec<(String, &'static str)>;

/// Tidies every text, then checks everything.
///
/// # Errors
/// `invalid_request` naming every field that is wrong.
pub fn check(
    settings: &mut QuizSettings,
    questions: &mut [QuestionDraft],
    now: DateTime<Utc>,
) -> Result<()> {
    courses::tidy(&mut settings.title);
    tidy(questions);
    let mut wrong = Wrong::new();
    check_settings(settings, &mut wrong);
    check_times(settings, now, &mut wrong);
    if questions.len() > MAX_QUESTIONS {
        wrong.push(("questions".into(), "一个测验最多 100 题"));
    }
    let mut ids = HashSet::new();
    for (index, question) in questions.iter().enumerate() {
        if question.id.is_some_and(|id| !ids.insert(id)) {
            wrong.push((format!("questions[{index}].id"), "同一道题出现了两次，请刷新后再改"));
        }
        check_question(question, &format!("questions[{index}]."), &mut wrong);
    }
    refuse(wrong)
}

/// The same for questions that belong to no quiz.
///
/// # Errors
/// `invalid_request` naming every field that is wrong.
pub fn check_lesson(questions: &mut [QuestionDraft], most: usize) -> Result<()> {
    tidy(questions);
    let mut wrong = Wrong::new();
    if questions.len() > most {
        wrong.push(("questions".into(), "题太多了，请留下最要紧的几道"));
    }
    for (index, question) in questions.iter().enumerate() {
        check_question(question, &format!("questions[{index}]."), &mut wrong);
    }
    refuse(wrong)
}

/// Tidies the texts of a question that is brought in, and says what is wrong with it by the fields `stem`,
/// `options` and `explanation`.
pub fn wrong_with(question: &mut QuestionDraft) -> Wrong {
    tidy(std::slice::from_mut(question));
    let mut wrong = Wrong::new();
    check_question(question, "", &mut wrong);
    wrong
}

fn refuse(wrong: Wrong) -> Result<()> {
    if wrong.is_empty() {
        return Ok(());
    }
    let problem = Problem::from(Code::InvalidRequest);
    let add = |problem: Problem, (field, message)| problem.field(field, message);
    Err(wrong.into_iter().fold(problem, add).into())
}

fn tidy(questions: &mut [QuestionDraft]) {
    for question in questions {
        courses::tidy(&mut question.stem);
        courses::tidy(&mut question.explanation);
        question.options.iter_mut().for_each(|it| courses::tidy(&mut it.text));
    }
}

fn check_settings(settings: &QuizSettings, wrong: &mut Wrong) {
    let mut require = |holds: bool, field: &str, message| {
        if !holds {
            wrong.push((format!("settings.{field}"), message));
        }
    };
    require(filled(&settings.title, MAX_TITLE), "title", "请填写测验名称，不超过 60 个字");
    require((1..=100).contains(&settings.pass_mark), "pass_mark", "及格线要在 1 到 100 之间");
    require((1..=180).contains(&settings.minutes), "minutes", "答题时间要在 1 到 180 分钟之间");
    require((1..=20).contains(&settings.attempts), "attempts", "可考次数要在 1 到 20 次之间");
    let ends = settings.release != ReleasePolicy::AfterClose || settings.closes_at.is_some();
    require(ends, "closes_at", "选了“测验结束后公布”，请填写结束时间");
}

fn check_times(settings: &QuizSettings, now: DateTime<Utc>, wrong: &mut Wrong) {
    let QuizSettings { opens_at, closes_at, .. } = *settings;
    let known = wrong.len();
    for (field, at) in [("opens_at", opens_at), ("closes_at", closes_at)] {
        if at.is_some_and(|at| (at - now).abs() > HORIZON) {
            wrong.push((format!("settings.{field}"), "只能填前后十年以内的时间，请检查年份"));
        }
    }
    let in_order = opens_at.zip(closes_at).is_none_or(|(opens, closes)| closes > opens);
    if wrong.len() == known && !in_order {
        wrong.push(("settings.closes_at".into(), "结束时间要晚于开放时间"));
    }
}

fn check_question(question: &QuestionDraft, path: &str, wrong: &mut Wrong) {
    let mut require = |holds: bool, field: &str, message| {
        if !holds {
            wrong.push((format!("{path}{field}"), message));
        }
    };
    require(filled(&question.stem, MAX_TEXT), "stem", "请填写题目，不超过 500 个字");
    require(filled(&question.explanation, MAX_TEXT), "explanation", "请填写解析，不超过 500 个字");
    require(
        question.options.iter().all(|it| filled(&it.text, MAX_OPTION)),
        "options",
        "每个选项都要填写，不超过 200 个字",
    );
    if let Some(message) = options_problem(question.kind, &question.options) {
        require(false, "options", message);
    }
}

fn options_problem(kind: QuestionKind, options: &[OptionDraft]) -> Option<&'static str> {
    let texts: HashSet<&str> = options.iter().map(|it| it.text.as_str()).collect();
    let correct = options.iter().filter(|it| it.correct).count();
    if kind == QuestionKind::TrueFalse {
        let in_order = options.iter().map(|it| it.text.as_str()).eq(["正确", "错误"]);
        return match (in_order, correct) {
            (false, _) => Some("判断题只能有“正确”和“错误”两个选项，“正确”在前"),
            (true, 1) => None,
            (true, _) => Some("请选定这句话是正确还是错误"),
        };
    }
    if !(2..=8).contains(&options.len()) {
        return Some("要有 2 到 8 个选项");
    }
    if texts.len() < options.len() {
        return Some("有两个选项一样，请改一个");
    }
    match (kind, correct) {
        (QuestionKind::Single, 1) | (QuestionKind::Multiple, 2..) => None,
        (QuestionKind::Multiple, _) => Some("多选题至少要有两个正确选项"),
        _ => Some("单选题要有且只有一个正确选项"),
    }
}

fn filled(text: &str, most: usize) -> bool {
    !text.is_empty() && text.chars().count() <= most
}

#[cfg(test)]
mod tests;
