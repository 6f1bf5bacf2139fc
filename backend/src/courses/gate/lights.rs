//! What each light is computed from, and what is said where it is red.

mod assessment;
mod site;
mod steps;

use shared::{
    content::{LessonContent, StepCard},
    courses::CourseId,
    gates::{GateColour, GateLight, GateReason, LightShown},
    revisions::{CourseDocument, LessonDocument},
};

use super::measures::{self, has_measure};
use crate::standards::{Basis, CardName};

/// What the lights are computed from.
pub(super) struct Facts<'a> {
    pub course: CourseId,
    pub document: &'a CourseDocument,
    pub basis: &'a [Basis],
}

pub(super) fn all(facts: &Facts<'_>) -> Vec<LightShown> {
    vec![
        computed(GateLight::Requirements, facts.uncited()),
        computed(GateLight::Indicators, facts.unmeasured()),
        computed(GateLight::Steps, facts.unchecked_steps()),
        computed(GateLight::Assessment, facts.unassessed()),
        computed(GateLight::Site, facts.unplanned()),
    ]
}

fn computed(light: GateLight, missing: Vec<GateReason>) -> LightShown {
    let colour = if missing.is_empty() { GateColour::Met } else { GateColour::Unmet };
    LightShown { light, colour, missing }
}

impl Facts<'_> {
    fn lessons(&self) -> impl Iterator<Item = &LessonDocument> {
        self.document.chapters.iter().flat_map(|it| &it.lessons)
    }

    fn course_page(&self) -> String {
        format!("/admin/courses/{}", self.course)
    }

    fn practice_page(&self) -> String {
        format!("{}/practice", self.course_page())
    }

    fn lesson_page(&self, lesson: &LessonDocument) -> String {
        format!("{}/lessons/{}", self.course_page(), lesson.id)
    }

    fn of_lesson<'a>(&'a self, lesson: &'a LessonDocument) -> impl Iterator<Item = &'a Basis> {
        self.basis.iter().filter(|it| it.lesson == Some(lesson.id))
    }

    fn valid_of<'a>(&'a self, lesson: &'a LessonDocument) -> impl Iterator<Item = &'a Basis> {
        self.of_lesson(lesson).filter(|it| it.valid)
    }

    /// 要求标准化: every lesson cites a valid clause.
    fn uncited(&self) -> Vec<GateReason> {
        let bare = self.lessons().filter(|it| self.valid_of(it).next().is_none());
        let reason = |lesson: &LessonDocument| {
            let title = &lesson.title;
            if self.of_lesson(lesson).next().is_some() {
                return to(
                    format!("课时“{title}”引用的条款待复审，请确认还对不对"),
                    "/admin/standards/links?state=stale",
                );
            }
            let text = format!("课时“{title}”还没有引用有效的条款，在课时页点“加依据”，找到条款");
            to(text, self.lesson_page(lesson))
        };
        bare.map(reason).collect()
    }

    /// 内容指标化: every step and every other lesson has a value with its unit, its own or that of a
    /// clause it cites.
    fn unmeasured(&self) -> Vec<GateReason> {
        self.lessons().flat_map(|lesson| self.unmeasured_in(lesson)).collect()
    }

    fn unmeasured_in(&self, lesson: &LessonDocument) -> Vec<GateReason> {
        let page = self.lesson_page(lesson);
        let LessonContent::Steps(steps) = &lesson.content else {
            let own = measures::texts(&lesson.content).iter().any(|it| has_measure(it));
            if own || self.valid_of(lesson).any(|it| has_measure(&it.text)) {
                return Vec::new();
            }
            let title = &lesson.title;
            let text = format!("课时“{title}”没有量化指标：写上数值和单位，或引用有数值的条款");
            return vec![to(text, page)];
        };
        let bare = steps.cards.iter().enumerate().filter(|(at, card)| {
            let cited = self.valid_of(lesson).any(|it| {
                let here = |name: &CardName| name.place(&lesson.content) == Some(*at);
                it.card.as_ref().is_none_or(here) && has_measure(&it.text)
            });
            !cited
                && !has_measure(&card.quality)
                && !card.key_points.iter().any(|it| has_measure(it))
        });
        let reason = |card: &StepCard| {
            let text = format!(
                "“{}”的步骤“{}”没有量化指标：质量标准里写上数值和单位",
                lesson.title, card.title
            );
            to(text, page.clone())
        };
        bare.map(|it| reason(it.1)).collect()
    }
}

fn to(text: impl Into<String>, mend_at: impl Into<String>) -> GateReason {
    GateReason { text: text.into(), mend_at: mend_at.into() }
}
