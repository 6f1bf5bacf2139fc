//! Whose files may stand in a course: those that its writer uploaded, and those that they see in a
//! course. All others do not exist for them, whatever they know of their ids.

use sea_orm::ConnectionTrait;
use shared::content::MediaId;
use uuid::Uuid;

use super::shows_file;
use crate::{Result, accounts::Caller, media};

/// Puts a file that nobody has in the place of those that the caller may not use.
pub(super) async fn hide_foreign(
    db: &impl ConnectionTrait,
    caller: &Caller,
    files: Vec<&mut MediaId>,
) -> Result<()> {
    let ids: Vec<MediaId> = files.iter().map(|it| **it).collect();
    let own = media::uploaded_by(db, caller.person, &ids).await?;
    for file in files {
        if !own.contains(file) && !shows_file(db, caller, *file).await? {
            *file = MediaId(Uuid::nil());
        }
    }
    Ok(())
}
