//! Up to three questions: of each clause what is right now, beside what was right before.

use std::collections::HashSet;

use shared::{
    authoring::{OptionDraft, QuestionDraft},
    quizzes::QuestionKind,
    standards::{ClauseId, Modality},
};

use super::{
    excerpts,
    lesson::{SHOWN, Shown},
    said::{Change, Changes, Shift, essence},
};

/// Questions of the quiz.
const QUESTIONS: usize = 3;
/// Options of a question, the right one and the one that was right before among them.
const OPTIONS: usize = 4;

/// Asked is what the lesson shows, the most important first; fewer than three where no more can be made
/// that are fair.
pub fn questions(changes: &Changes, chosen: &[Shown<'_>]) -> Vec<(QuestionDraft, ClauseId)> {
    let mut news = 0;
    let question = |shown: &Shown<'_>| {
        let question = if let Some(before) = &shown.before {
            which(changes, shown, before)?
        } else {
            news += 1;
            judgement(shown, news)
        };
        Some((question, shown.change.clause))
    };
    chosen.iter().filter_map(question).take(QUESTIONS).collect()
}

/// 现在怎么要求？
///
/// Nothing where both texts cannot be told apart as they are shown.
fn which(changes: &Changes, shown: &Shown<'_>, before: &str) -> Option<QuestionDraft> {
    let Shown { change, now, .. } = shown;
    let right = essence(now);
    let mut known = HashSet::from([right.clone()]);
    if !known.insert(essence(before)) {
        return None;
    }
    let option = |text: String, correct| OptionDraft { text, correct };
    let mut options = vec![option(now.clone(), true), option(before.to_owned(), false)];
    for text in neighbours(changes, change) {
        let said = essence(&text);
        // What is a part of the right answer is not wrong.
        let wrong = !said.is_empty() && !right.contains(&said) && !said.contains(&right);
        if options.len() < OPTIONS && wrong && known.insert(said) {
            options.push(option(text, false));
        }
    }
    let title = if change.title.is_empty() {
        String::new()
    } else {
        format!("（{}）", excerpts::beginning(&change.title, SHOWN))
    };
    let shift = change.shift.map(|it| format!("\n{}。", it.words())).unwrap_or_default();
    Some(QuestionDraft {
        id: None,
        kind: QuestionKind::Single,
        stem: format!("{}{title}现在怎么要求？", change.name),
        options,
        explanation: format!("原来：{before}\n现在：{now}{shift}"),
    })
}

/// What the changed clauses nearest to one said before, the nearest first.
fn neighbours(changes: &Changes, of: &Change) -> Vec<String> {
    let here = changes.made.iter().position(|it| it.clause == of.clause).unwrap_or_default();
    let others = changes.made.iter().enumerate().filter(|(at, _)| *at != here);
    let mut others: Vec<(usize, &String)> =
        others.filter_map(|(at, it)| Some((at.abs_diff(here), it.before.as_ref()?))).collect();
    others.sort_by_key(|it| it.0);
    others.into_iter().map(|(_, text)| excerpts::beginning(text, SHOWN)).collect()
}

/// 正确还是错误: every other one is wrong, so that nobody learns to answer 正确.
fn judgement(shown: &Shown<'_>, number: usize) -> QuestionDraft {
    let Shown { change, now, .. } = shown;
    let holds = number % 2 == 1;
    let verb = if change.modality == Modality::ShallNot { "不应" } else { "应" };
    let stem = if holds && change.is_new() {
        format!("新版增加了{}，要求做到：“{now}”", change.name)
    } else if holds {
        format!("按新版，{}必须做到：“{now}”", change.name)
    } else {
        format!("新版{}写着：“{now}”这只是建议，可以不照做。", change.name)
    };
    let since = if change.redrawn { "这一条的图改了" } else { "这是新增的要求" };
    let what = change.shift.map_or(since.into(), Shift::words);
    let explanation = format!("{what}，写的是“{verb}”，必须照做：{now}");
    let option = |text: &str, correct| OptionDraft { text: text.into(), correct };
    let options = vec![option("正确", holds), option("错误", !holds)];
    QuestionDraft { id: None, kind: QuestionKind::TrueFalse, stem, options, explanation }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            lesson::{chosen, tests::change},
            said::Demand,
        },
        *,
    };

    fn made(made: Vec<Change>) -> Vec<QuestionDraft> {
        let changes = Changes { made, ..Changes::default() };
        questions(&changes, &chosen(&changes)).into_iter().map(|it| it.0).collect()
    }

    fn options(question: &QuestionDraft) -> Vec<(&str, bool)> {
        question.options.iter().map(|it| (it.text.as_str(), it.correct)).collect()
    }

    #[test]
    fn what_was_right_before_is_wrong_now_and_so_is_what_others_said() {
        let made = made(vec![
            change("6.1", Some("应由一人进行。"), "应由两人进行。", 0),
            change("6.2", Some("会前应检查话筒。"), "会前应检查话筒和投影。", 2),
            change("6.3", Some("应由 两人进行"), "应由三人进行。", 0),
        ]);
        assert_eq!(made.len(), 3);
        assert_eq!(made[0].stem, "第 6.2 条现在怎么要求？");
        let right = ("会前应检查话筒和投影。", true);
        let wrong = [("会前应检查话筒。", false), ("应由一人进行。", false)];
        assert_eq!(options(&made[0]), [right, wrong[0], wrong[1], ("应由 两人进行", false)]);
        assert_eq!(made[0].explanation, "原来：会前应检查话筒。\n现在：会前应检查话筒和投影。");
        let others = [("应由两人进行。", true), ("应由一人进行。", false), wrong[0]];
        assert_eq!(options(&made[1]), others, "what 6.3 said is right of 6.1 now");
    }

    #[test]
    fn what_is_new_is_judged_and_not_always_right() {
        let made = made(vec![
            change("6.1", None, "应佩戴工牌。", 0),
            change("6.2", None, "应开窗。", 0),
            change("6.3", None, "应关灯。", 0),
            change("6.4", None, "应锁门。", 0),
        ]);
        let keys: Vec<bool> = made.iter().map(|it| it.options[0].correct).collect();
        assert_eq!(keys, [true, false, true], "three at most");
        assert!(made[1].stem.contains("只是建议"), "{}", made[1].stem);
        assert!(made[1].explanation.contains("必须照做"), "{}", made[1].explanation);
    }

    #[test]
    fn what_was_advice_is_asked_as_what_it_is_now() {
        let hardened = |before| {
            let shift = Some(Shift { was: Demand::Advice, is: Demand::Must });
            made(vec![Change { shift, ..change("1.2", before, "应提前到岗。", 0) }]).remove(0)
        };
        let otherwise = hardened(Some("宜提前到岗。"));
        assert!(otherwise.explanation.ends_with("原来是建议，现在是必须。"), "{otherwise:?}");
        let in_the_same_words = hardened(None);
        assert_eq!(in_the_same_words.stem, "按新版，第 1.2 条必须做到：“应提前到岗。”");
        assert!(in_the_same_words.explanation.starts_with("原来是建议，现在是必须，写的是“应”"));
    }

    #[test]
    fn what_only_shows_other_pictures_is_asked_and_is_not_called_new() {
        let redrawn =
            vec![Change { redrawn: true, ..change("6.1", None, "应按图摆放。", 0) }];
        let changes = Changes { redrawn, ..Changes::default() };
        let asked = questions(&changes, &chosen(&changes)).remove(0).0;
        assert_eq!(asked.stem, "按新版，第 6.1 条必须做到：“应按图摆放。”");
        assert!(asked.explanation.starts_with("这一条的图改了，写的是“应”"), "{asked:?}");
    }

    #[test]
    fn where_nothing_fair_can_be_asked_nothing_is() {
        let same = made(vec![change("6.1", Some("应检查。"), "应检查；", 0)]);
        assert_eq!(same, Vec::new());
    }
}
