//! The demo world: its people, and courses that a real trainee could learn from.

mod people;

use crate::{App, Result};
pub use people::{SeededCast, cast};

/// Fills an empty database; a filled one is left alone.
pub async fn seed(app: &App) -> Result<()> {
    cast(app).await?;
    Ok(())
}
