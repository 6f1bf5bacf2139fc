//! Questions that are brought in many at once.

use anyhow::Result;
use shared::{authoring::CreateCourse, courses::CourseCategory};
use tests::{Installation, Journey, Kind};

use crate::details;

#[tokio::test]
async fn an_officer_brings_questions_in_from_a_table_and_from_text() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let officer = installation.sign_in("zhengming").await?;
    let details = details("会前准备", CourseCategory::ManagementNorms);
    let course = officer.call(CreateCourse { details }).await?.id;
    Journey::new("question_import", &installation)?
        .told("OFFICER_PASSWORD", &installation.password("zhengming")?)
        .told("QUIZ", &format!("/admin/courses/{course}/quiz"))
        .run()
        .await
}
