//! Clauses, and links to them that somebody has checked.

use backend::{
    quizzes,
    standards::entity::{clause, link, standard, version},
};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use shared::{
    authoring::{OptionDraft, QuestionDraft, QuizSettings, ShowQuizDraft},
    courses::{CourseId, LessonId},
    practice::ChecklistItemId,
    quizzes::{QuestionId, QuestionKind},
    standards::{console::*, *},
};
use uuid::Uuid;

use crate::{scene::World, written::now};

/// A quiz of one question.
pub async fn quiz(world: &World, course: CourseId) -> QuestionId {
    let option = |text: &str, correct| OptionDraft { text: text.into(), correct };
    let question = QuestionDraft {
        id: None,
        kind: QuestionKind::TrueFalse,
        stem: "水不低于 40 ℃".into(),
        options: vec![option("正确", true), option("错误", false)],
        explanation: "见条款".into(),
    };
    let now = now(world).await;
    let work = world.app.db.write(move |tx| {
        Box::pin(async move {
            let settings = QuizSettings::default();
            quizzes::create(tx, course, settings, vec![question], now).await
        })
    });
    work.await.unwrap();
    let officer = world.person("zhengming").await;
    officer.call(ShowQuizDraft { course }).await.unwrap().questions[0].id.unwrap()
}

/// A standard in force with one clause.
pub async fn stated(world: &World, text: &str, must: bool) -> clause::Model {
    let (standard_id, version_id) = (StandardId(Uuid::now_v7()), StandardVersionId(Uuid::now_v7()));
    let now = now(world).await;
    let standard = standard::Model {
        id: standard_id,
        number: format!("Q/{}", standard_id.0.simple()),
        title: "保洁".into(),
        level: StandardLevel::Internal,
        organization: "示例".into(),
        organization_id: None,
        created_by: None,
        created_at: now,
    };
    let version = in_force(version_id, standard_id, must, now);
    let clause = clause::Model {
        id: ClauseId(Uuid::now_v7()),
        version_id,
        key: ClauseKey(Uuid::now_v7()),
        parent_id: None,
        position: 1,
        depth: 0,
        kind: ClauseKind::Article,
        number: "5.2".into(),
        title: String::new(),
        text: text.into(),
        force: ClauseForce::Normative,
        modality: if must { Modality::Shall } else { Modality::Should },
        must,
        line: 0,
        lines: 1,
        pictures: None,
    };
    let work = world.app.db.write(move |tx| {
        Box::pin(async move {
            standard.into_active_model().insert(tx).await?;
            version.into_active_model().insert(tx).await?;
            Ok(clause.into_active_model().insert(tx).await?)
        })
    });
    work.await.unwrap()
}

fn in_force(
    id: StandardVersionId,
    standard_id: StandardId,
    must: bool,
    now: DateTime<Utc>,
) -> version::Model {
    version::Model {
        id,
        standard_id,
        label: "2025".into(),
        published_on: None,
        effective_on: None,
        withdrawn_on: None,
        supersedes: None,
        stage: VersionStage::Current,
        import: VersionImport::Confirmed,
        done: 0,
        total: 0,
        message: None,
        revision: 0,
        file_name: String::new(),
        file_hash: Vec::new(),
        clauses: 1,
        musts: must.into(),
        created_by: None,
        created_at: now,
        confirmed_by: None,
        confirmed_at: Some(now),
    }
}

/// A valid link from a lesson or a question.
pub async fn link(
    world: &World,
    course: CourseId,
    clause: &clause::Model,
    lesson: Option<LessonId>,
    question: Option<QuestionId>,
) {
    let row = link::Model {
        lesson_id: lesson,
        question_id: question,
        place: if question.is_some() { LinkPlace::Question } else { LinkPlace::Lesson },
        kind: if question.is_some() { LinkKind::Examined } else { LinkKind::Taught },
        ..of_course(world, course, clause).await
    };
    insert(world, row).await;
}

/// A valid link from an item of the checklist.
pub async fn link_item(
    world: &World,
    course: CourseId,
    clause: &clause::Model,
    (item, kind): (ChecklistItemId, LinkKind),
) {
    let (item_id, place) = (Some(item), LinkPlace::ChecklistItem);
    insert(world, link::Model { item_id, place, kind, ..of_course(world, course, clause).await })
        .await;
}

async fn of_course(world: &World, course: CourseId, clause: &clause::Model) -> link::Model {
    let now = now(world).await;
    let standard = {
        let find = <version::Entity as sea_orm::EntityTrait>::find_by_id(clause.version_id);
        find.one(world.app.db.read()).await.unwrap().unwrap().standard_id
    };
    link::Model {
        id: ClauseLinkId(Uuid::now_v7()),
        clause_id: clause.id,
        clause_key: clause.key,
        version_id: clause.version_id,
        standard_id: standard,
        course_id: course,
        lesson_id: None,
        question_id: None,
        item_id: None,
        place: LinkPlace::Lesson,
        card: None,
        card_title: None,
        former_titles: link::Titles::default(),
        from_second: None,
        to_second: None,
        kind: LinkKind::Taught,
        coverage: LinkCoverage::Whole,
        dated: false,
        state: LinkState::Valid,
        reason: None,
        live: false,
        must: clause.must,
        note: String::new(),
        returned: String::new(),
        author: world.cast.id("zhengming"),
        reviewer: None,
        created_at: now,
        updated_at: now,
        reviewed_at: Some(now),
    }
}

async fn insert(world: &World, row: link::Model) {
    let work = world.app.db.write(move |tx| {
        Box::pin(async move { Ok(row.into_active_model().insert(tx).await.map(drop)?) })
    });
    work.await.unwrap();
}
