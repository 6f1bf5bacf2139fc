//! What each light is computed from, and what is said where it is red.

use std::collections::{BTreeMap, HashSet};

use shared::{
    content::{LessonContent, StepCard},
    courses::CourseId,
    gates::{GateColour, GateLight, GateReason, LightShown},
    quizzes::QuestionId,
    revisions::{CourseDocument, LessonDocument},
    standards::ClauseId,
};

use super::measures::{self, has_measure};
use crate::standards::Basis;

/// Of the 应-clauses of a course, so many in a hundred are examined.
const EXAMINED: usize = 80;
/// How many clauses that are not examined a sentence names.
const NAMED: usize = 8;

/// What the lights are computed from.
pub(super) struct Facts<'a> {
    pub course: CourseId,
    pub document: &'a CourseDocument,
    pub basis: &'a [Basis],
    /// Sessions of the course, and those of them at a base.
    pub sessions: (u64, u64),
}

pub(super) fn all(facts: &Facts<'_>) -> Vec<LightShown> {
    vec![
        computed(GateLight::Requirements, facts.uncited(), Vec::new()),
        computed(GateLight::Indicators, facts.unmeasured(), Vec::new()),
        computed(
            GateLight::Steps,
            facts.unchecked_steps(),
            vec!["每一步单独的用时还没有地方填，先按课时的分钟数算。".into()],
        ),
        computed(
            GateLight::Assessment,
            facts.unexamined(),
            vec![
                "实操考核表（数值项、权重、否决项、计时、照片）还没有这个功能，先只看测验。".into(),
            ],
        ),
        facts.site(),
    ]
}

fn computed(light: GateLight, missing: Vec<GateReason>, not_built: Vec<String>) -> LightShown {
    let colour = if missing.is_empty() { GateColour::Met } else { GateColour::Unmet };
    LightShown { light, colour, missing, not_built }
}

impl Facts<'_> {
    fn lessons(&self) -> impl Iterator<Item = &LessonDocument> {
        self.document.chapters.iter().flat_map(|it| &it.lessons)
    }

    fn course_page(&self) -> String {
        format!("/admin/courses/{}", self.course)
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
            let text = format!("课时“{title}”还没有引用有效的条款，到标准仓找到条款，链接到它");
            to(text, "/admin/standards")
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
        let bare = steps.cards.iter().filter(|card| {
            let cited = self.valid_of(lesson).any(|it| {
                it.card.as_ref().is_none_or(|title| *title == card.title) && has_measure(&it.text)
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
        bare.map(reason).collect()
    }

    /// 步骤程序化: there are steps, and each says how it is checked.
    fn unchecked_steps(&self) -> Vec<GateReason> {
        let mut any = false;
        let mut missing = Vec::new();
        for lesson in self.lessons() {
            let LessonContent::Steps(steps) = &lesson.content else {
                continue;
            };
            any = true;
            for card in steps.cards.iter().filter(|it| it.quality.trim().is_empty()) {
                let text =
                    format!("“{}”的步骤“{}”没有写质量标准，做完没法检查", lesson.title, card.title);
                missing.push(to(text, self.lesson_page(lesson)));
            }
        }
        if !any {
            let text = "还没有动作解析的课时，请把做法分步骤写出来";
            missing.push(to(text, self.course_page()));
        }
        missing
    }

    /// 考核数据化: the quiz asks about most of what the cited clauses say must be done.
    fn unexamined(&self) -> Vec<GateReason> {
        let quiz = format!("{}/quiz", self.course_page());
        let Some(asked) = self.asked() else {
            return vec![to("还没有测验，请出题", quiz)];
        };
        let lessons: HashSet<_> = self.lessons().map(|it| it.id).collect();
        let examined = |it: &Basis| it.question.is_some_and(|it| asked.contains(&it));
        let here = |it: &&Basis| {
            it.valid && (examined(it) || it.lesson.is_some_and(|id| lessons.contains(&id)))
        };
        let here: Vec<&Basis> = self.basis.iter().filter(here).collect();
        if here.is_empty() {
            let text = "还没有引用有效的条款，算不出测验考到了多少";
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
            "测验只考到 {} 条“应”条款中的 {} 条，要考到 {EXAMINED}%。还没考到：{}{more}",
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

    /// 现场管理系统化: what a session is made of cannot be entered yet.
    fn site(&self) -> LightShown {
        let (all, at_bases) = self.sessions;
        let template = "场次模板（工位、分组、人均材料、安全交底、签到方式、责任人）还没有这个功能，\
                        先不看这盏灯。";
        let sessions = format!("这门课排过 {all} 场实训，其中 {at_bases} 场定了基地。");
        LightShown {
            light: GateLight::Site,
            colour: GateColour::NotBuilt,
            missing: Vec::new(),
            not_built: vec![template.into(), sessions],
        }
    }
}

fn to(text: impl Into<String>, mend_at: impl Into<String>) -> GateReason {
    GateReason { text: text.into(), mend_at: mend_at.into() }
}
