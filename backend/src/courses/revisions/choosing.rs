//! A revision by what people call it, as far as somebody may see it.

use shared::{courses::CourseId, problem::Code, revisions::CourseDocument};

use super::{document, finding};
use crate::{Result, accounts::Reach, courses::managed, db::Connection};

/// What was asked for.
pub(in crate::courses) struct Chosen {
    pub document: CourseDocument,
    /// Absent for the draft.
    pub number: Option<u32>,
    /// Whether the one who asks may edit the course.
    pub own: bool,
}

/// The revision of this number; without one what learners read, else the draft. Others see what was
/// published.
///
/// # Errors
/// `not_found`, whether it is out of reach or does not exist.
pub(in crate::courses) async fn chosen(
    db: &Connection,
    reach: &Reach,
    id: CourseId,
    number: Option<u32>,
) -> Result<Chosen> {
    let course = managed::find_readable(db, reach, id).await?;
    let own = reach.has_course(course.id, course.organization_id);
    let revision = match number {
        Some(number) => Some(finding::by_number(db, id, number).await?),
        None => finding::live(db, &course).await?,
    };
    match revision {
        Some(it) if own || it.state.was_published() => {
            let document = document::of_revision(db, &it).await?;
            Ok(Chosen { document, number: Some(it.number.cast_unsigned()), own })
        }
        None if own => {
            Ok(Chosen { document: document::of_draft(db, id).await?, number: None, own })
        }
        _ => Err(Code::NotFound.into()),
    }
}
