use QuestionKind::{Multiple, Single, TrueFalse};
use chrono::{DateTime, TimeDelta};

use super::*;
use crate::Error;

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

fn question(kind: QuestionKind, options: &[(&str, bool)]) -> QuestionDraft {
    let option = |&(text, correct): &(&str, bool)| OptionDraft { text: text.into(), correct };
    QuestionDraft {
        id: None,
        kind,
        stem: " 拖地后要放什么？ ".into(),
        options: options.iter().map(option).collect(),
        explanation: "提醒人慢走。".into(),
    }
}

/// The fields found wrong.
fn wrong(settings: &QuizSettings, questions: &[QuestionDraft]) -> Vec<String> {
    match check(&mut settings.clone(), &mut questions.to_vec(), NOW) {
        Ok(()) => Vec::new(),
        Err(Error::Refused(problem)) => problem.fields.into_iter().map(|it| it.field).collect(),
        Err(broken) => panic!("{broken}"),
    }
}

#[test]
fn options_suit_the_kind_of_question() {
    for (kind, options, right) in [
        (Single, &[("甲", true), ("乙", false)][..], true),
        (Single, &[("甲", true), ("乙", true)], false),
        (Single, &[("甲", false), ("乙", false)], false),
        (Single, &[("甲", true)], false),
        (Single, &[("甲", true), ("甲 ", false)], false),
        (Single, &[("甲", true), (" ", false)], false),
        (Single, &[("甲", true); 9], false),
        (Multiple, &[("甲", true), ("乙", true)], true),
        (Multiple, &[("甲", true), ("乙", true), ("丙", false)], true),
        (Multiple, &[("甲", true), ("乙", false)], false),
        (TrueFalse, &[("正确", true), ("错误", false)], true),
        (TrueFalse, &[("正确", true), ("错误", true)], false),
        (TrueFalse, &[("正确", false), ("错误", false)], false),
        (TrueFalse, &[("错误", true), ("正确", false)], false),
        (TrueFalse, &[("对", true), ("错", false)], false),
    ] {
        let found = wrong(&QuizSettings::default(), &[question(kind, options)]);
        assert_eq!(found.is_empty(), right, "{kind:?} {options:?}: {found:?}");
        assert!(found.iter().all(|it| it == "questions[0].options"), "{found:?}");
    }
}

#[test]
fn texts_are_present_and_short() {
    let good = question(Single, &[("甲", true), ("乙", false)]);
    let long = "长".repeat(501);
    let without = QuestionDraft { stem: " ".into(), explanation: long, ..good.clone() };
    assert_eq!(
        wrong(&QuizSettings::default(), &[good, without]),
        ["questions[1].stem", "questions[1].explanation"]
    );
}

#[test]
fn settings_are_within_their_ranges() {
    let base = QuizSettings::default();
    for (settings, field) in [
        (QuizSettings { title: String::new(), ..base.clone() }, "settings.title"),
        (QuizSettings { pass_mark: 0, ..base.clone() }, "settings.pass_mark"),
        (QuizSettings { pass_mark: 101, ..base.clone() }, "settings.pass_mark"),
        (QuizSettings { minutes: 181, ..base.clone() }, "settings.minutes"),
        (QuizSettings { attempts: 0, ..base.clone() }, "settings.attempts"),
        (
            QuizSettings { opens_at: Some(NOW), closes_at: Some(NOW), ..base.clone() },
            "settings.closes_at",
        ),
        (QuizSettings { release: ReleasePolicy::AfterClose, ..base.clone() }, "settings.closes_at"),
    ] {
        assert_eq!(wrong(&settings, &[]), [field]);
    }
    let closes_at = Some(NOW + TimeDelta::seconds(1));
    let good = QuizSettings { opens_at: Some(NOW), closes_at, ..base };
    assert!(wrong(&good, &[]).is_empty());
}

#[test]
fn a_quiz_opens_and_closes_within_ten_years_of_today() {
    let at = |days| Some(NOW + TimeDelta::days(days));
    let of = |opens_at, closes_at| QuizSettings { opens_at, closes_at, ..Default::default() };
    assert!(wrong(&of(at(-3660), at(3660)), &[]).is_empty());
    assert_eq!(wrong(&of(at(-3661), at(1)), &[]), ["settings.opens_at"]);
    let ends = of(Some(DateTime::<Utc>::MAX_UTC), Some(DateTime::<Utc>::MIN_UTC));
    assert_eq!(wrong(&ends, &[]), ["settings.opens_at", "settings.closes_at"]);
}

#[test]
fn nothing_that_cannot_be_seen_is_stored() {
    let mut settings = QuizSettings { title: "\u{7}测验\0".into(), ..Default::default() };
    let mut questions = [question(Single, &[(" 甲\0 ", true), ("乙", false)])];
    questions[0].explanation = "先看\n\0再走\r\n".into();
    check(&mut settings, &mut questions, NOW).expect("a good question");
    let texts = [&settings.title, &questions[0].stem, &questions[0].options[0].text];
    assert_eq!(texts, ["测验", "拖地后要放什么？", "甲"]);
    assert_eq!(questions[0].explanation, "先看\n再走");
}
