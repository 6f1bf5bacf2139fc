//! What a session has on site, for those who run it.

use chrono::{DateTime, Utc};
use shared::{practice::SiteTemplate, training::SessionSite};

use super::{entity::session, managed::present};
use crate::{Result, courses, db::Connection};

pub(super) async fn show(
    db: &Connection,
    session: session::Model,
    now: DateTime<Utc>,
) -> Result<SessionSite> {
    let site = match session.course_id {
        Some(course) => courses::live_site(db, course).await?,
        None => SiteTemplate::default(),
    };
    Ok(SessionSite {
        session: session.id,
        now,
        starts_at: session.starts_at,
        ends_at: session.ends_at,
        enrolled: u32::try_from(session.taken).unwrap_or_default(),
        present: present(db, &[session.id]).await?.into_values().sum(),
        site,
    })
}
