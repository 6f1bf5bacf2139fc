//! Courses: a draft, one that was submitted, and a published one with an attempt at its quiz.

use backend::{courses, quizzes};
use serde_json::{Value, json};
use shared::{
    accounts::PersonId,
    authoring::*,
    content::{Block, LessonContent},
    courses::*,
    gates::{GateLight, WaiveGate},
    practice::{ChecklistItem, ChecklistItemId, Practice, SavePractice},
    quizzes::StartAttempt,
    revisions::SubmitRevision,
};
use uuid::Uuid;

use super::place::Place;
use crate::scene::{Person, World};

#[derive(Debug, Clone)]
pub struct Study {
    pub draft: CourseId,
    pub chapter: ChapterId,
    pub lesson_draft: LessonId,
    pub revision: Uuid,
    pub waiver: Uuid,
    pub course: CourseId,
    pub lesson: LessonId,
    pub quiz: Uuid,
    pub attempt: Uuid,
    pub writer_epoch: i64,
    pub answer: Value,
}

impl Study {
    /// The attempt is the owner's.
    pub async fn made(world: &World, place: &Place, owner: PersonId) -> Self {
        let (draft, chapter, lesson_draft) = course(world, place, false).await;
        let (published, _, lesson) = course(world, place, true).await;
        let (course, note) = (course(world, place, false).await.0, String::new());
        let submit = SubmitRevision { course, note };
        let revision = world.person("zhengming").await.call(submit).await.unwrap().id;
        let quiz = quizzes::card(world.app.db.read(), published, owner).await.unwrap().unwrap().id;
        let person = Person::signed_in(world, owner).await;
        let start = StartAttempt { quiz, device: Some(Uuid::from_u128(1)) };
        let attempt = person.call(start).await.unwrap();
        Self {
            draft,
            chapter,
            lesson_draft,
            revision: revision.0,
            waiver: waiver(world, draft).await,
            course: published,
            lesson,
            quiz: quiz.0,
            attempt: attempt.id.0,
            answer: json!({
                "position": 1, "chosen": [attempt.items[0].options[0].handle], "client_seq": 1,
            }),
            writer_epoch: attempt.writer_epoch.into(),
        }
    }
}

async fn course(world: &World, place: &Place, publish: bool) -> (CourseId, ChapterId, LessonId) {
    let (officer, owner, post) = (place.officer, place.organization, place.post);
    let colleague = place.instructor;
    let now = world.app.clock.now(world.app.db.read()).await.unwrap();
    let work = world.app.db.write(move |tx| {
        Box::pin(async move {
            let details = CourseDetails {
                title: "会议室保洁".into(),
                summary: "学完会分颜色用抹布".into(),
                level: CourseLevel::Execution,
                category: CourseCategory::PostSkills,
                qualification: String::new(),
                posts: vec![post],
                cover: None,
            };
            let course = courses::create(tx, details, Some(officer), Some(owner), now).await?;
            let chapter = courses::add_chapter(tx, course, "第一章".into(), now).await?;
            let title = "分色抹布".to_owned();
            let content = LessonContent::Article {
                blocks: vec![Block::Paragraph { html: "红布擦马桶".into() }],
            };
            let add = AddLesson { chapter, title: title.clone(), kind: content.kind() };
            let lesson = courses::add_lesson(tx, add, now).await?;
            let save =
                SaveLesson { lesson, version: 1, title, minutes: 5, position: Some(1), content };
            courses::save_lesson(tx, save, now).await?;
            let settings = QuizSettings { attempts: 10, ..QuizSettings::default() };
            quizzes::create(tx, course, settings, vec![question()], now).await?;
            let mut practice = Practice::default();
            practice.checklist.items = vec![ChecklistItem {
                id: ChecklistItemId(Uuid::now_v7()),
                text: "先放警示牌".into(),
                measure: None,
                weight: 100,
                fatal: true,
                photo: false,
            }];
            let save = SavePractice { course, version: 0, practice };
            courses::save_practice(tx, save, now).await?;
            if publish {
                let by = [officer, colleague];
                courses::publish_reviewed(tx, course, by, now).await?;
            }
            Ok((course, chapter, lesson))
        })
    });
    work.await.unwrap()
}

async fn waiver(world: &World, course: CourseId) -> Uuid {
    let now = world.app.clock.now(world.app.db.read()).await.unwrap();
    let (lights, reason) = (vec![GateLight::Steps], "先用起来".to_owned());
    let until = shared::time::local_date(now);
    let waive = WaiveGate { course, lights, reason, until };
    world.person("zhengming").await.call(waive).await.unwrap().waivers[0].id.0
}

fn question() -> QuestionDraft {
    let option = |text: &str, correct| OptionDraft { text: text.into(), correct };
    QuestionDraft {
        id: None,
        kind: shared::quizzes::QuestionKind::TrueFalse,
        stem: "红布擦马桶".into(),
        options: vec![option("正确", true), option("错误", false)],
        explanation: "红布只擦便器".into(),
    }
}
