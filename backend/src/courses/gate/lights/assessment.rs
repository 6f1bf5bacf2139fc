//! 考核数据化: a checklist of what can be measured, and a quiz; together they examine most of what the
//! cited clauses say must be done.

use std::collections::{BTreeMap, HashSet};

use shared::{
    gates::GateReason,
    practice::{Checklist, ChecklistItem},
    quizzes::QuestionId,
    standards::{ClauseId, console::LinkKind},
};

use super::{Facts, to};
use crate::{courses::practice, standards::Basis};

/// Of the 应-clauses of a course, so many in a hundred are examined.
const EXAMINED: usize = 80;
/// How many clauses that are not examined a sentence names.
const NAMED: usize = 8;

impl Facts<'_> {
    pub(super) fn unassessed(&self) -> Vec<GateReason> {
        let mut missing = self.unexamined();
        missing.extend(self.unlisted().into_iter().map(|text| to(text, self.practice_page())));
        missing
    }

    /// What the checklist does not say.
    fn unlisted(&self) -> Vec<String> {
        let Checklist { minutes, items } = &self.document.practice.checklist;
        if items.is_empty() {
            return vec!["还没有实操考核表，请写上要看哪几项".into()];
        }
        let mut missing = practice::faults(&self.document.practice.checklist);
        let measured =
            |it: &ChecklistItem| it.measure.as_ref().is_some_and(|it| !it.unit.is_empty());
        let kinds = [
            (*minutes > 0, "考核表没有写总用时"),
            (items.iter().any(measured), "考核表里没有一项量得出，至少一项写上数值和单位"),
            (items.iter().any(|it| it.fatal), "考核表里没有否决项，事关安全的至少标一项"),
            (items.iter().any(|it| it.photo), "考核表里没有要拍照留证的，至少选一项"),
        ];
        missing.extend(kinds.into_iter().filter(|(there, _)| !there).map(|(_, it)| it.into()));
        missing
    }

    /// What the cited clauses say must be done is examined for the most part.
    fn unexamined(&self) -> Vec<GateReason> {
        let quiz = format!("{}/quiz", self.course_page());
        let Some(asked) = self.asked() else {
            return vec![to("还没有测验，请出题", quiz)];
        };
        let lessons: HashSet<_> = self.lessons().map(|it| it.id).collect();
        let items: HashSet<_> =
            self.document.practice.checklist.items.iter().map(|it| it.id).collect();
        let examined = |it: &Basis| {
            it.question.is_some_and(|it| asked.contains(&it))
                || it.kind == LinkKind::Examined && it.item.is_some_and(|it| items.contains(&it))
        };
        let here = |it: &&Basis| {
            it.valid && (examined(it) || it.lesson.is_some_and(|id| lessons.contains(&id)))
        };
        let here: Vec<&Basis> = self.basis.iter().filter(here).collect();
        if here.is_empty() {
            let text = "还没有引用有效的条款，算不出考到了多少";
            return vec![to(text, "/admin/standards")];
        }
        let musts: BTreeMap<ClauseId, &str> =
            here.iter().filter(|it| it.must).map(|it| (it.clause, it.name.as_str())).collect();
        let done: HashSet<ClauseId> =
            here.iter().filter(|it| it.must && examined(it)).map(|it| it.clause).collect();
        if done.len() * 100 >= musts.len() * EXAMINED {
            return Vec::new();
        }
        let left: Vec<&str> =
            musts.iter().filter(|(id, _)| !done.contains(*id)).map(|(_, name)| *name).collect();
        let more = if left.len() > NAMED { "等" } else { "" };
        let text = format!(
            "测验和考核表只考到 {} 条“应”条款中的 {} 条，要考到 {EXAMINED}%。还没考到：{}{more}",
            musts.len(),
            done.len(),
            left[..left.len().min(NAMED)].join("、"),
        );
        vec![to(text, quiz)]
    }

    /// The questions of the quiz, if there is one.
    fn asked(&self) -> Option<HashSet<QuestionId>> {
        let quiz = self.document.quiz.as_ref()?;
        let asked: HashSet<_> = quiz.questions.iter().map(|it| it.question).collect();
        (!asked.is_empty()).then_some(asked)
    }
}
