//! What a new version of a standard changes, learnt by those whom that affects.

use anyhow::Result;
use tests::{Installation, Journey, Kind};

#[tokio::test]
async fn what_a_new_version_changes_reaches_those_whom_it_affects_and_nobody_else() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    Journey::new("difference", &installation)?
        .told("OFFICER_PASSWORD", &installation.password("zhengming")?)
        .told("CHECKER_PASSWORD", &installation.password("fanghui")?)
        .run()
        .await
}
