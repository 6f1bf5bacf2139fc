//! 步骤程序化: there are steps, and each says how long it takes and how it is checked.

use shared::{
    content::{LessonContent, StepCard},
    gates::GateReason,
    revisions::LessonDocument,
};

use super::{Facts, to};
use crate::courses::content::QUALITY;

impl Facts<'_> {
    pub(super) fn unchecked_steps(&self) -> Vec<GateReason> {
        let mut any = false;
        let mut missing = Vec::new();
        for lesson in self.lessons() {
            let LessonContent::Steps(steps) = &lesson.content else {
                continue;
            };
            any = true;
            missing.extend(steps.cards.iter().flat_map(|card| self.unchecked(lesson, card)));
        }
        if !any {
            let text = "还没有动作解析的课时，请把做法分步骤写出来";
            missing.push(to(text, self.course_page()));
        }
        missing
    }

    fn unchecked(&self, lesson: &LessonDocument, card: &StepCard) -> Vec<GateReason> {
        let (lesson_title, title) = (&lesson.title, &card.title);
        let mut missing = Vec::new();
        if card.quality.trim().is_empty() {
            missing.push(format!("“{lesson_title}”的步骤“{title}”没有写{QUALITY}，做完没法检查"));
        }
        if card.seconds == 0 {
            missing.push(format!("“{lesson_title}”的步骤“{title}”没有写用时"));
        }
        missing.into_iter().map(|text| to(text, self.lesson_page(lesson))).collect()
    }
}
