//! How a course is examined by doing, and what its sessions need.

use anyhow::Result;
use tests::{Installation, Journey, Kind};

use crate::deciding::unfinished;

#[tokio::test]
async fn an_officer_writes_what_is_practised_and_loses_nothing() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let officer = installation.sign_in("zhengming").await?;
    let course = unfinished(&officer).await?;
    Journey::new("practice", &installation)?
        .told("OFFICER_PASSWORD", &installation.password("zhengming")?)
        .told("COURSE", &format!("/admin/courses/{course}"))
        .run()
        .await
}
