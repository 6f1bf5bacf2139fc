//! A published course with a quiz of three questions, and the means to answer it.

use backend::courses;
use sea_orm::{
    ConnectionTrait, Statement,
    sea_query::{Expr, ExprTrait, Query},
};
use shared::{
    authoring::*,
    content::{Block, LessonContent, LessonKind},
    courses::{CourseCategory, CourseId, CourseLevel},
    quizzes::*,
};
use uuid::Uuid;

use crate::scene::{Person, World};

/// A moment no deadline of a scene is before.
pub const LONG_AGO: &str = "2026-01-01T00:00:00+00:00";

pub fn device(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// 单选 (乙), 多选 (甲, 丙), 判断 (正确); each explanation holds the word 金丝雀.
pub fn questions() -> Vec<QuestionDraft> {
    vec![
        question(
            QuestionKind::Single,
            &[("甲", false), ("乙", true), ("丙", false), ("丁", false)],
        ),
        question(
            QuestionKind::Multiple,
            &[("甲", true), ("乙", false), ("丙", true), ("丁", false)],
        ),
        question(QuestionKind::TrueFalse, &[("正确", true), ("错误", false)]),
    ]
}

pub fn question(kind: QuestionKind, options: &[(&str, bool)]) -> QuestionDraft {
    let option = |&(text, correct): &(&str, bool)| OptionDraft { text: text.into(), correct };
    QuestionDraft {
        id: None,
        kind,
        stem: format!("这是{}", kind.label()),
        options: options.iter().map(option).collect(),
        explanation: format!("金丝雀：{}为什么是这样", kind.label()),
    }
}

/// The handles of the right options of a question made here.
pub fn right(item: &AttemptItem) -> Vec<String> {
    match item.kind {
        QuestionKind::Single => pick(item, &["乙"]),
        QuestionKind::Multiple => pick(item, &["甲", "丙"]),
        QuestionKind::TrueFalse => pick(item, &["正确"]),
    }
}

/// The handles of the options with these texts.
pub fn pick(item: &AttemptItem, texts: &[&str]) -> Vec<String> {
    let chosen = item.options.iter().filter(|it| texts.contains(&it.text.as_str()));
    chosen.map(|it| it.handle.clone()).collect()
}

pub fn answer(item: &AttemptItem, chosen: Vec<String>, client_seq: i64) -> Answer {
    Answer { position: item.position, chosen, client_seq }
}

/// The right answer to every question.
pub fn all_right(attempt: &Attempt, client_seq: i64) -> Vec<Answer> {
    attempt.items.iter().map(|item| answer(item, right(item), client_seq)).collect()
}

pub fn item(attempt: &Attempt, kind: QuestionKind) -> &AttemptItem {
    attempt.items.iter().find(|it| it.kind == kind).unwrap()
}

/// A course that nobody but its officer sees yet, with its quiz.
pub async fn drafted(world: &World, settings: QuizSettings) -> CourseId {
    let officer = world.person("zhengming").await;
    let details = CourseDetails {
        title: "保洁安全".into(),
        summary: "学完能安全地拖地".into(),
        level: CourseLevel::ALL[0],
        category: CourseCategory::ALL[0],
        qualification: String::new(),
        posts: vec![world.cast.post("卫生保洁")],
        cover: None,
    };
    let course = officer.call(CreateCourse { details }).await.unwrap().id;
    let draft = SaveQuizDraft { course, version: 0, settings, questions: questions() };
    officer.call(draft).await.unwrap();
    course
}

/// A published course and its quiz.
pub async fn published(world: &World, settings: QuizSettings) -> (CourseId, QuizId) {
    let course = drafted(world, settings).await;
    let officer = world.person("zhengming").await;
    let draft = officer.call(AddChapter { course, title: "第一章".into() }).await.unwrap();
    let (chapter, kind) = (draft.chapters[0].id, LessonKind::Article);
    let add = AddLesson { chapter, title: "拖地".into(), kind };
    let lesson = officer.call(add).await.unwrap().id;
    let blocks = vec![Block::Paragraph { html: "先放牌子".into() }];
    let content = LessonContent::Article { blocks };
    let (title, minutes, position) = ("拖地".into(), 5, 1);
    let save = SaveLesson { lesson, version: 1, title, minutes, position: Some(position), content };
    officer.call(save).await.unwrap();
    publish(world, course).await;
    (course, quiz_of(world, course).await)
}

/// Brings what is written to learners, by two officers.
pub async fn publish(world: &World, course: CourseId) {
    let now = world.app.clock.now(world.app.db.read()).await.unwrap();
    let by = [world.cast.id("zhengming"), world.cast.id("fanghui")];
    let publish = world.app.db.write(move |tx| {
        Box::pin(async move { courses::publish_reviewed(tx, course, by, now).await })
    });
    publish.await.unwrap();
}

pub async fn quiz(world: &World) -> QuizId {
    published(world, QuizSettings::default()).await.1
}

pub async fn quiz_of(world: &World, course: CourseId) -> QuizId {
    let mut find = Query::select();
    find.column("id").from("quizzes").and_where(Expr::col("course_id").eq(course));
    let found = world.app.db.read().query_one(&find).await.unwrap().unwrap();
    found.try_get_by_index(0).unwrap()
}

pub async fn start(person: &Person<'_>, quiz: QuizId) -> Attempt {
    person.call(StartAttempt { quiz, device: Some(device(1)) }).await.unwrap()
}

pub fn save(attempt: &Attempt, answers: Vec<Answer>) -> SaveAnswers {
    SaveAnswers { attempt: attempt.id, writer_epoch: attempt.writer_epoch, answers }
}

pub fn submit(attempt: &Attempt, answers: Vec<Answer>) -> SubmitAttempt {
    SubmitAttempt { attempt: attempt.id, writer_epoch: attempt.writer_epoch, answers }
}

/// As if every running attempt had begun long ago.
pub async fn let_time_run_out(world: &World) {
    let past =
        format!("UPDATE attempts SET deadline_at = '{LONG_AGO}' WHERE state = 'in_progress'");
    world.sql(&past).await;
}

/// Moves the end of every running attempt to so many seconds from now.
pub async fn end_in(world: &World, seconds: i64) {
    let now = world.app.clock.now(world.app.db.read()).await.unwrap();
    let end = (now + chrono::TimeDelta::seconds(seconds)).to_rfc3339();
    world
        .sql(&format!("UPDATE attempts SET deadline_at = '{end}' WHERE state = 'in_progress'"))
        .await;
}

/// How many rows a table has.
pub async fn rows(world: &World, table: &str) -> i64 {
    let db = world.app.db.read();
    let count =
        Statement::from_string(world.app.db.backend(), format!("SELECT count(*) FROM {table}"));
    db.query_one_raw(count).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}
