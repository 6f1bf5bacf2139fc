//! Revisions: nothing reaches learners but what a second person vouched for, and what reached them
//! stays as it was.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;
mod written;

#[path = "revisions/comparing.rs"]
mod comparing;
#[path = "revisions/learners.rs"]
mod learners;
#[path = "revisions/planning.rs"]
mod planning;
#[path = "revisions/redrafting.rs"]
mod redrafting;
#[path = "revisions/steps.rs"]
mod steps;
#[path = "revisions/telling.rs"]
mod telling;
#[path = "revisions/writers.rs"]
mod writers;

use scene::{Person, World};
use shared::{
    api::Endpoint,
    authoring::{LessonDraft, OptionDraft, QuestionDraft, SaveLesson, ShowLessonDraft},
    content::{Block, LessonContent},
    courses::{CourseId, LessonId},
    problem::Code,
    quizzes::QuestionKind,
    revisions::*,
};

fn question(stem: &str) -> QuestionDraft {
    let option = |text: &str, correct| OptionDraft { text: text.into(), correct };
    QuestionDraft {
        id: None,
        kind: QuestionKind::TrueFalse,
        stem: stem.into(),
        options: vec![option("正确", true), option("错误", false)],
        explanation: "红布只擦便器".into(),
    }
}

async fn code<E: Endpoint>(person: &Person<'_>, request: E) -> Code
where
    E::Response: std::fmt::Debug,
{
    person.call(request).await.unwrap_err().code
}

const fn submit(course: CourseId) -> SubmitRevision {
    SubmitRevision { course, note: String::new() }
}

/// Writes something else into an article.
async fn rewrite(officer: &Person<'_>, lesson: LessonId, text: &str) {
    let draft = officer.call(ShowLessonDraft { lesson }).await.unwrap();
    let LessonDraft { id: lesson, version, title, minutes, position, .. } = draft;
    let blocks = vec![Block::Paragraph { html: text.into() }];
    let content = LessonContent::Article { blocks };
    let save = SaveLesson { lesson, version, title, minutes, position: Some(position), content };
    officer.call(save).await.unwrap();
}

/// Submits, checks and reviews what is written.
async fn approved(world: &World, course: CourseId) -> RevisionId {
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let revision = officer.call(submit(course)).await.unwrap().id;
    colleague.call(CheckRevision { revision }).await.unwrap();
    colleague.call(ApproveRevision { revision }).await.unwrap();
    revision
}

/// Numbers and states, the newest first.
async fn states(officer: &Person<'_>, course: CourseId) -> Vec<(u32, RevisionState)> {
    let list = officer.call(ListRevisions { course }).await.unwrap();
    list.revisions.iter().map(|it| (it.number, it.state)).collect()
}
