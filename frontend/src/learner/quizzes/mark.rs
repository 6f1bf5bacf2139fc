//! What is chosen for one question, and what of it is saved.

use chrono::{DateTime, Utc};
use shared::quizzes::{Answer, AttemptItem, QuestionKind};

use super::unsent::Unsent;

/// What she chose for one question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    pub chosen: Vec<String>,
    pub seq: i64,
    /// The newest choice the server has.
    pub saved_seq: i64,
    pub saved_at: Option<DateTime<Utc>>,
}

impl Mark {
    pub fn is_unsaved(&self) -> bool {
        self.seq > self.saved_seq
    }

    pub fn is_answered(&self) -> bool {
        !self.chosen.is_empty()
    }

    pub fn answer(&self, item: &AttemptItem) -> Answer {
        Answer { position: item.position, chosen: self.chosen.clone(), client_seq: self.seq }
    }
}

/// The answers of which it holds, and the others.
pub fn split(answers: Vec<(bool, Answer)>) -> (Vec<Answer>, Vec<Answer>) {
    let (holds, others): (Vec<_>, Vec<_>) = answers.into_iter().partition(|(holds, _)| *holds);
    let answers = |pairs: Vec<(bool, Answer)>| pairs.into_iter().map(|(_, it)| it).collect();
    (answers(holds), answers(others))
}

/// What the server holds of a question or, where that is newer, what this phone kept of it: without
/// a network the paper is shown as it was when it was opened.
pub fn mark(item: &AttemptItem, kept: &Unsent) -> Mark {
    let newer =
        |answer: &&Answer| answer.position == item.position && answer.client_seq > item.client_seq;
    let saved = kept.saved.iter().find(newer);
    let saved_seq = saved.map_or(item.client_seq, |answer| answer.client_seq);
    let newest = kept.answers.iter().find(newer).or(saved);
    let chosen = newest.map_or(&item.chosen, |answer| &answer.chosen).clone();
    let seq = newest.map_or(item.client_seq, |answer| answer.client_seq);
    Mark { chosen, seq, saved_seq, saved_at: None }
}

/// 单选 and 判断 hold the tapped option; 多选 adds it or takes it back.
pub fn chosen_after_tap(item: &AttemptItem, before: &[String], tapped: &str) -> Vec<String> {
    if item.kind != QuestionKind::Multiple {
        return vec![tapped.to_owned()];
    }
    let options = item.options.iter().map(|option| &option.handle);
    options.filter(|handle| before.contains(handle) != (*handle == tapped)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::quizzes::AttemptOption;

    fn item(kind: QuestionKind) -> AttemptItem {
        let options = ["a", "b", "c"]
            .map(|handle| AttemptOption { handle: handle.into(), text: handle.to_uppercase() });
        AttemptItem {
            position: 1,
            kind,
            stem: String::new(),
            options: options.into(),
            chosen: vec!["a".into()],
            client_seq: 5,
        }
    }

    fn owned(handles: &[&str]) -> Vec<String> {
        handles.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_tap_on_a_single_choice_replaces_the_choice() {
        let single = item(QuestionKind::Single);
        assert_eq!(chosen_after_tap(&single, &owned(&["a"]), "c"), ["c"]);
        assert_eq!(chosen_after_tap(&single, &owned(&["c"]), "c"), ["c"]);
    }

    #[test]
    fn a_tap_on_a_multiple_choice_adds_or_takes_back_in_the_order_of_the_options() {
        let multiple = item(QuestionKind::Multiple);
        assert_eq!(chosen_after_tap(&multiple, &owned(&["c"]), "a"), ["a", "c"]);
        assert_eq!(chosen_after_tap(&multiple, &owned(&["a", "c"]), "a"), ["c"]);
    }

    #[test]
    fn what_was_kept_counts_only_where_it_is_newer_than_what_is_saved() {
        let attempt = "0190a1b2-0000-7000-8000-000000000001".parse().unwrap();
        let kept = |client_seq| Unsent {
            attempt,
            writer_epoch: 1,
            answers: vec![Answer { position: 1, chosen: owned(&["b"]), client_seq }],
            saved: Vec::new(),
            submit: false,
        };
        let newer = mark(&item(QuestionKind::Single), &kept(6));
        assert_eq!((newer.chosen.clone(), newer.is_unsaved()), (owned(&["b"]), true));
        let older = mark(&item(QuestionKind::Single), &kept(4));
        assert_eq!((older.chosen.clone(), older.is_unsaved()), (owned(&["a"]), false));
    }

    #[test]
    fn what_was_saved_after_the_paper_was_loaded_is_shown_as_saved() {
        let answer = |chosen, client_seq| Answer { position: 1, chosen, client_seq };
        let mut kept = Unsent {
            attempt: "0190a1b2-0000-7000-8000-000000000001".parse().unwrap(),
            writer_epoch: 1,
            answers: Vec::new(),
            saved: vec![answer(owned(&["c"]), 7)],
            submit: false,
        };
        let saved = mark(&item(QuestionKind::Single), &kept);
        assert_eq!((saved.chosen.clone(), saved.is_unsaved()), (owned(&["c"]), false));
        kept.answers = vec![answer(owned(&["b"]), 8)];
        let changed = mark(&item(QuestionKind::Single), &kept);
        assert_eq!((changed.chosen.clone(), changed.is_unsaved()), (owned(&["b"]), true));
    }
}
