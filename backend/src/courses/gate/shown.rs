//! The gate of a course as officers see it.

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use shared::{
    gates::{CourseGate, GateState},
    time::local_date,
};

use super::{lights_of, red, waivers};
use crate::{
    Result,
    courses::{entity::course, publishing, revisions},
};

/// Of the revision that is on its way to learners, else of what is written.
pub(super) async fn gate(
    db: &impl ConnectionTrait,
    course: &course::Model,
    now: DateTime<Utc>,
) -> Result<CourseGate> {
    let today = local_date(now);
    let open = revisions::Standing::of(db, course).await?.open;
    let document = match &open {
        Some(open) => revisions::document::of_revision(db, open).await?,
        None => revisions::document::of_draft(db, course.id).await?,
    };
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
