//! The fields of a quiz and of its questions.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::{
    authoring::{OptionDraft, QuestionDraft, QuizSettings},
    quizzes::{QuestionId, QuestionKind, ReleasePolicy},
};

use crate::admin::kit::{FieldErrors, Form, Items, instant_of, instant_text, number_of};

/// A quiz as its form holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuizValue {
    pub settings: QuizSettings,
    pub questions: Vec<QuestionDraft>,
}

#[derive(Clone, Copy)]
pub struct QuizFields {
    pub title: RwSignal<String>,
    pub pass_mark: RwSignal<String>,
    pub minutes: RwSignal<String>,
    pub attempts: RwSignal<String>,
    pub release: RwSignal<ReleasePolicy>,
    pub opens_at: RwSignal<String>,
    pub closes_at: RwSignal<String>,
    pub questions: Items<QuestionFields>,
    pub errors: FieldErrors,
}

#[derive(Clone, Copy)]
pub struct QuestionFields {
    /// Absent until the question was saved once.
    pub id: RwSignal<Option<QuestionId>>,
    pub kind: RwSignal<QuestionKind>,
    pub stem: RwSignal<String>,
    /// Of 单选题 and 多选题; kept while the question is a 判断题.
    pub options: Items<OptionFields>,
    /// Of a 判断题: whether the statement is right.
    pub truth: RwSignal<Option<bool>>,
    pub explanation: RwSignal<String>,
}

#[derive(Clone, Copy)]
pub struct OptionFields {
    pub text: RwSignal<String>,
    pub correct: RwSignal<bool>,
}

impl QuizFields {
    pub fn new() -> Self {
        Self {
            title: RwSignal::default(),
            pass_mark: RwSignal::default(),
            minutes: RwSignal::default(),
            attempts: RwSignal::default(),
            release: RwSignal::new(ReleasePolicy::AfterSubmission),
            opens_at: RwSignal::default(),
            closes_at: RwSignal::default(),
            questions: Items::new(),
            errors: FieldErrors::new(),
        }
    }
}

impl Form for QuizFields {
    type Value = QuizValue;

    fn read(self) -> QuizValue {
        let settings = QuizSettings {
            title: self.title.get(),
            pass_mark: number_of(&self.pass_mark.get()),
            minutes: number_of(&self.minutes.get()),
            attempts: number_of(&self.attempts.get()),
            release: self.release.get(),
            opens_at: instant_of(&self.opens_at.get()),
            closes_at: instant_of(&self.closes_at.get()),
        };
        let questions = self.questions.values().into_iter().map(QuestionFields::read).collect();
        QuizValue { settings, questions }
    }

    /// Where the questions stand is where the server's remarks about them go.
    fn mark_sent(self) {
        self.questions.mark_sent(|_| true);
        for question in untrack(|| self.questions.values()) {
            question.options.mark_sent(|_| true);
        }
    }

    fn errors(self) -> FieldErrors {
        self.errors
    }

    fn fill(self, value: QuizValue) {
        let settings = value.settings;
        self.title.set(settings.title);
        self.pass_mark.set(settings.pass_mark.to_string());
        self.minutes.set(settings.minutes.to_string());
        self.attempts.set(settings.attempts.to_string());
        self.release.set(settings.release);
        self.opens_at.set(instant_text(settings.opens_at));
        self.closes_at.set(instant_text(settings.closes_at));
        self.questions.replace(value.questions, QuestionFields::of);
    }
}

impl QuestionFields {
    pub fn empty(kind: QuestionKind) -> Self {
        let fields = Self {
            id: RwSignal::new(None),
            kind: RwSignal::new(kind),
            stem: RwSignal::default(),
            options: Items::new(),
            truth: RwSignal::new(None),
            explanation: RwSignal::default(),
        };
        fields.options.replace(0..4, |_| OptionFields::empty());
        fields
    }

    pub fn of(question: QuestionDraft) -> Self {
        let fields = Self::empty(question.kind);
        fields.id.set(question.id);
        fields.stem.set(question.stem);
        fields.explanation.set(question.explanation);
        if question.kind == QuestionKind::TrueFalse {
            let right = question.options.iter().position(|option| option.correct);
            fields.truth.set(right.map(|place| place == 0));
        } else {
            fields.options.replace(question.options, OptionFields::of);
        }
        fields
    }

    pub fn read(self) -> QuestionDraft {
        let options = if self.kind.get() == QuestionKind::TrueFalse {
            let truth = self.truth.get();
            vec![
                OptionDraft { text: "正确".into(), correct: truth == Some(true) },
                OptionDraft { text: "错误".into(), correct: truth == Some(false) },
            ]
        } else {
            self.options.values().into_iter().map(OptionFields::read).collect()
        };
        QuestionDraft {
            id: self.id.get(),
            kind: self.kind.get(),
            stem: self.stem.get(),
            options,
            explanation: self.explanation.get(),
        }
    }

    pub fn is_filled(self) -> bool {
        let written = |text: RwSignal<String>| text.with(|it| !it.trim().is_empty());
        written(self.stem)
            || written(self.explanation)
            || self.options.values().iter().any(|option| written(option.text))
    }

    /// Makes one option right, and with one right answer the others wrong.
    pub fn mark(self, key: u32, correct: bool) {
        let single = self.kind.get_untracked() == QuestionKind::Single;
        for option in untrack(|| self.options.get()) {
            if option.key == key {
                option.value.correct.set(correct);
            } else if single && correct {
                option.value.correct.set(false);
            }
        }
    }

    /// Changes the kind; of several right answers a 单选题 keeps the first.
    pub fn turn_into(self, kind: QuestionKind) {
        self.kind.set(kind);
        let options = untrack(|| self.options.get());
        let first = options.iter().find(|option| option.value.correct.get_untracked());
        if kind == QuestionKind::Single
            && let Some(first) = first
        {
            self.mark(first.key, true);
        }
    }
}

impl OptionFields {
    pub fn empty() -> Self {
        Self { text: RwSignal::default(), correct: RwSignal::new(false) }
    }

    fn of(option: OptionDraft) -> Self {
        Self { text: RwSignal::new(option.text), correct: RwSignal::new(option.correct) }
    }

    fn read(self) -> OptionDraft {
        OptionDraft { text: self.text.get(), correct: self.correct.get() }
    }
}
