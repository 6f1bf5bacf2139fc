//! An officer decides: what the dialogs of a course say, keep and do.

use anyhow::{Context, Result};
use shared::{
    authoring::{AddChapter, AddLesson, CreateCourse, ListManagedCourses},
    content::LessonKind,
    courses::{CourseCategory, CourseId},
};
use tests::{Installation, Journey, Kind, Person};

use crate::details;

/// The sample course whose title has these words.
pub async fn sample(officer: &Person, words: &str) -> Result<CourseId> {
    let list = ListManagedCourses { words: Some(words.into()), ..ListManagedCourses::default() };
    Ok(officer.call(list).await?.items.first().context("a sample course")?.id)
}

/// A course of 岗位技能 with a lesson that says nothing yet, all of whose lights are red.
pub async fn unfinished(officer: &Person) -> Result<CourseId> {
    let details = details("写了一半的课", CourseCategory::PostSkills);
    let course = officer.call(CreateCourse { details }).await?.id;
    let draft = officer.call(AddChapter { course, title: "第一章".into() }).await?;
    let chapter = draft.chapters.first().context("a chapter")?.id;
    let (title, kind) = ("摆台".to_owned(), LessonKind::Article);
    officer.call(AddLesson { chapter, title, kind }).await?;
    Ok(course)
}

#[tokio::test]
async fn an_officers_dialogs_say_what_will_happen_and_lose_nothing() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let officer = installation.sign_in("zhengming").await?;
    Journey::new("officer_dialogs", &installation)?
        .told("OFFICER_PASSWORD", &installation.password("zhengming")?)
        .told("CHECKER_PASSWORD", &installation.password("fanghui")?)
        .told("CANTEEN", &sample(&officer, "后厨安全操作").await?.to_string())
        .told("UNFINISHED", &unfinished(&officer).await?.to_string())
        .run()
        .await
}
