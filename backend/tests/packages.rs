//! 课程包: taken out of one installation, brought into another, and whatever strangers make of it.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;
mod written;

#[path = "packages/hostile.rs"]
mod hostile;
#[path = "packages/limits.rs"]
mod limits;
#[path = "media/made.rs"]
#[expect(dead_code, reason = "a scene file uses a part")]
mod made;
#[path = "packages/rights.rs"]
mod rights;
#[path = "packages/round_trip.rs"]
mod round_trip;
#[path = "media/tus.rs"]
#[expect(dead_code, reason = "a scene file uses a part")]
mod tus;
#[path = "packages/zipped.rs"]
mod zipped;

use actix_web::body::to_bytes;
use scene::{Person, World};
use serde_json::Value;
use shared::{
    authoring::{ListManagedCourses, OptionDraft, QuestionDraft, QuizSettings, SaveQuizDraft},
    content::{Block, LessonContent, MediaId, Picture},
    courses::CourseId,
    packages::ImportedCourse,
    problem::Problem,
    quizzes::QuestionKind,
};

async fn fetched(world: &World, by: &Person<'_>, target: &str) -> (u16, Vec<u8>) {
    let answer = world.send(by.request("GET", target)).await;
    let status = answer.status().as_u16();
    (status, to_bytes(answer.into_body()).await.unwrap().to_vec())
}

/// The package as this person gets it, who has just proven who they are.
async fn exported(world: &World, by: &Person<'_>, course: CourseId, query: &str) -> (u16, Vec<u8>) {
    world.sql("UPDATE sign_ins SET stepped_up_at = created_at").await;
    fetched(world, by, &format!("/api/console/courses/{course}/package{query}")).await
}

async fn brought(by: &Person<'_>, query: &str, package: &[u8]) -> Result<ImportedCourse, Problem> {
    let target = format!("/api/console/course-packages{query}");
    let (status, answer): (u16, Value) = by.upload(&target, "课程包.zip", package).await;
    if status < 300 {
        Ok(serde_json::from_value(answer).unwrap())
    } else {
        Err(serde_json::from_value(answer).unwrap())
    }
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(width, height)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

fn picture(media: MediaId) -> Picture {
    Picture { media, alt: "抹布".into(), caption: "四种颜色".into(), width: 1, height: 1 }
}

fn illustrated(media: MediaId) -> LessonContent {
    let html = "先<strong>断电</strong>，再擦".into();
    LessonContent::Article {
        blocks: vec![
            Block::Paragraph { html },
            Block::Picture(picture(media)),
            Block::Table { rows: vec![vec!["布".into()], vec!["红".into()]] },
        ],
    }
}

/// A quiz of one question.
async fn quiz(by: &Person<'_>, course: CourseId) {
    let option = |text: &str, correct| OptionDraft { text: text.into(), correct };
    let question = QuestionDraft {
        id: None,
        kind: QuestionKind::Single,
        stem: "红布擦什么？".into(),
        options: vec![option("桌面", false), option("马桶", true)],
        explanation: "红布只擦马桶和便池。".into(),
    };
    let settings = QuizSettings { title: "分色测验".into(), ..QuizSettings::default() };
    let save = SaveQuizDraft { course, version: 0, settings, questions: vec![question] };
    by.call(save).await.unwrap();
}

async fn courses_of(by: &Person<'_>) -> u32 {
    by.call(ListManagedCourses::default()).await.unwrap().total
}

/// How many files and folders lie where files are kept.
fn kept(world: &World) -> usize {
    std::fs::read_dir(world.app.media.folder()).unwrap().count()
}
