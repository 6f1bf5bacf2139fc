//! Studying where the network fails, and watching.

use anyhow::{Context, Result};
use shared::{
    authoring::{LessonDraft, MediaFile, SaveLesson, ShowLessonDraft},
    content::{Clip, LessonContent, LessonKind},
    courses::{Course, LessonId, ListCourses, ShowCourse},
    revisions::{ApproveRevision, CheckRevision, PublishCourse, SubmitRevision},
};
use tests::{Installation, Journey, Kind, Person};

/// The sample course whose title has these words.
async fn course(learner: &Person, words: &str) -> Result<Course> {
    let list = ListCourses { search: Some(words.into()), ..ListCourses::default() };
    let found = learner.call(list).await?.items;
    let course = found.first().context("a sample course")?.id;
    Ok(learner.call(ShowCourse { course }).await?)
}

/// The first lesson of a kind.
fn lesson(course: &Course, kind: LessonKind) -> Result<LessonId> {
    let mut lessons = course.chapters.iter().flat_map(|chapter| &chapter.lessons);
    Ok(lessons.find(|it| it.kind == kind).context("a lesson of this kind")?.id)
}

/// The first lesson of a kind is another from the next revision on, which two people have vouched for
/// and nobody published.
async fn a_revision(
    installation: &Installation,
    course: &Course,
    kind: LessonKind,
    change: impl FnOnce(&mut LessonContent),
) -> Result<()> {
    let officer = installation.sign_in("zhengming").await?;
    let colleague = installation.console("fanghui").await?;
    let lesson = lesson(course, kind)?;
    let draft = officer.call(ShowLessonDraft { lesson }).await?;
    let LessonDraft { id: lesson, version, title, minutes, position, mut content, .. } = draft;
    change(&mut content);
    let save = SaveLesson { lesson, version, title, minutes, position: Some(position), content };
    officer.call(save).await?;
    let course = course.card.id;
    let revision = officer.call(SubmitRevision { course, note: String::new() }).await?.id;
    colleague.call(CheckRevision { revision }).await?;
    colleague.call(ApproveRevision { revision }).await?;
    Ok(())
}

/// Its video is to be watched in order.
async fn a_revision_in_order(installation: &Installation, course: &Course) -> Result<()> {
    let in_order = |content: &mut LessonContent| {
        if let LessonContent::Video(video) = content {
            video.in_order = true;
        }
    };
    a_revision(installation, course, LessonKind::Video, in_order).await
}

/// A sample video that says that it lasts nine seconds, as the officer uploads it.
async fn a_clip(officer: &Person) -> Result<MediaFile> {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../backend/seed/courses/canteen/demo.mp4");
    let mut video = std::fs::read(sample)?;
    let header = video.windows(4).position(|it| it == b"mvhd").context("a header")? + 4;
    let scale = u32::from_be_bytes(video[header + 12..header + 16].try_into()?);
    video[header + 16..header + 20].copy_from_slice(&(9 * scale).to_be_bytes());
    let head = b"--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n";
    let body = [&head[..], &video, b"\r\n--cut--\r\n"].concat();
    let request = officer.request("POST", "/api/console/media").body(body);
    let request = request.header("Content-Type", "multipart/form-data; boundary=cut");
    Ok(serde_json::from_str(&request.send().await?.text().await?)?)
}

#[tokio::test]
async fn a_lesson_goes_on_without_a_network_and_on_another_phone() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    installation.wechat.set_auto_person(Some("wangxiuying"));
    let learner = installation.sign_in("wangxiuying").await?;
    let course = course(&learner, "后厨安全操作").await?;
    a_revision_in_order(&installation, &course).await?;
    let officer = installation.sign_in("zhengming").await?;
    Journey::new("offline", &installation)?
        .told("COURSE", &course.card.id.to_string())
        .told("STEPS", &lesson(&course, LessonKind::Steps)?.to_string())
        .told("LEARNER_TOKEN", &learner.tokens().access_token)
        .told("OFFICER_TOKEN", &officer.tokens().access_token)
        .run()
        .await
}

#[tokio::test]
async fn a_video_says_what_counts_and_keeps_to_its_rules() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    installation.wechat.set_auto_person(Some("wangxiuying"));
    let learner = installation.sign_in("wangxiuying").await?;
    let in_order = course(&learner, "后厨安全操作").await?;
    a_revision_in_order(&installation, &in_order).await?;
    let officer = installation.sign_in("zhengming").await?;
    officer.call(PublishCourse::now(in_order.card.id)).await?;
    let free = course(&learner, "会议室和卫生间保洁").await?;
    Journey::new("player", &installation)?
        .told("IN_ORDER", &lesson(&in_order, LessonKind::Video)?.to_string())
        .told("FREE", &lesson(&free, LessonKind::Video)?.to_string())
        .told("LEARNER_TOKEN", &learner.tokens().access_token)
        .run()
        .await
}

#[tokio::test]
async fn step_cards_are_swiped_and_read_aloud() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    installation.wechat.set_auto_person(Some("wangxiuying"));
    let learner = installation.sign_in("wangxiuying").await?;
    let course = course(&learner, "后厨安全操作").await?;
    Journey::new("steps", &installation)?
        .told("COURSE", &course.card.id.to_string())
        .told("STEPS", &lesson(&course, LessonKind::Steps)?.to_string())
        .told("LEARNER_TOKEN", &learner.tokens().access_token)
        .run()
        .await
}

#[tokio::test]
async fn a_step_moves_by_itself_unless_that_costs_somebody() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    installation.wechat.set_auto_person(Some("wangxiuying"));
    let learner = installation.sign_in("wangxiuying").await?;
    let officer = installation.sign_in("zhengming").await?;
    let course = course(&learner, "后厨安全操作").await?;
    let (article, file) = (lesson(&course, LessonKind::Article)?, a_clip(&officer).await?);
    let moving = |content: &mut LessonContent| {
        if let LessonContent::Steps(steps) = content {
            let clip = Clip { media: file.id, seconds: 0, bytes: 0, pictured: false };
            steps.cards[0].clip = Some(clip);
            steps.twin = Some(article);
        }
    };
    a_revision(&installation, &course, LessonKind::Steps, moving).await?;
    officer.call(PublishCourse::now(course.card.id)).await?;
    Journey::new("clips", &installation)?
        .told("STEPS", &lesson(&course, LessonKind::Steps)?.to_string())
        .told("ARTICLE", &article.to_string())
        .run()
        .await
}
