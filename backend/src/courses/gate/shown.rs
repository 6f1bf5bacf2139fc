//! The gate of a course as officers see it.

use chrono::{DateTime, Utc};
use shared::{
    gates::{CourseGate, GateState},
    revisions::CourseDocument,
    time::local_date,
};

use super::{lights_of, red, waivers};
use crate::{
    Result,
    courses::{
        entity::{course, course_revision},
        publishing, revisions,
    },
    db::Connection,
};

/// What comes to learners next: the revision that is on its way to them, else what is written.
pub(super) async fn coming(
    db: &Connection,
    course: &course::Model,
) -> Result<(Option<course_revision::Model>, CourseDocument)> {
    let open = revisions::Standing::of(db, course).await?.open;
    let document = match &open {
        Some(open) => revisions::document::of_revision(db, open).await?,
        None => revisions::document::of_draft(db, course.id).await?,
    };
    Ok((open, document))
}

/// Of what comes to learners next.
pub(super) async fn gate(
    db: &Connection,
    course: &course::Model,
    now: DateTime<Utc>,
) -> Result<CourseGate> {
    let today = local_date(now);
    let (open, document) = coming(db, course).await?;
    let lights = lights_of(db, course.id, &document).await?;
    let waived = waivers::waived_on(db, course.id, today).await?;
    let red = red(&lights);
    let state = if red.is_empty() {
        GateState::Met
    } else if red.iter().all(|it| waived.contains(it)) {
        GateState::Waived
    } else {
        GateState::Unmet
    };
    let unnamed = publishing::unnamed(&document.details).into_iter().collect();
    Ok(CourseGate {
        course: course.id,
        unnamed: publishing::to_mend(course.id, &document.chapters, unnamed),
        state: (!lights.is_empty()).then_some(state),
        revision: open.map(|it| it.number.cast_unsigned()),
        lights,
        waivers: waivers::of_course(db, course.id, today).await?,
    })
}
