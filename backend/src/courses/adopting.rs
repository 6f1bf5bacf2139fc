//! Whose files may stand in a course: those that its writer uploaded, and those that they see in a
//! course. All others do not exist for them, whatever they know of their ids.

use shared::content::MediaId;
use uuid::Uuid;

use super::files::{shown_of_managed, shows_file};
use crate::{Result, accounts::Caller, db::Connection, media};

/// Puts a file that nobody has in the place of those that the caller may not use.
pub(super) async fn hide_foreign(
    db: &Connection,
    caller: &Caller,
    files: Vec<&mut MediaId>,
) -> Result<()> {
    let ids: Vec<MediaId> = files.iter().map(|it| **it).collect();
    let mut own = media::uploaded_by(db, caller.person, &ids).await?;
    let others: Vec<MediaId> = ids.into_iter().filter(|it| !own.contains(it)).collect();
    own.extend(shown_of_managed(db, caller, &others).await?);
    for file in files {
        // What is left are files of courses that they learn themselves, if any.
        if !own.contains(file) && !shows_file(db, caller, *file).await? {
            *file = MediaId(Uuid::nil());
        }
    }
    Ok(())
}
