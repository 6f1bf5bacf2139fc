//! What a session has on site, for those who run it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::TrainingSessionId;
use crate::practice::SiteTemplate;

/// 查看一场实训的现场要备
///
/// For those who may look at its attendance: what its course asks for on site, as it was reviewed and as
/// newcomers learn it.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowSessionSite {
    pub session: TrainingSessionId,
}

/// 现场要备
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SessionSite {
    pub session: TrainingSessionId,
    pub now: DateTime<Utc>,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// How many enrolled, and how many are there.
    pub enrolled: u32,
    pub present: u32,
    /// Says nothing where the session is of no course, or of one that asks for nothing or is not published.
    pub site: SiteTemplate,
}

impl SessionSite {
    /// For how many people things are to be at hand: until it starts for all who may still come, then for
    /// those who did.
    pub fn heads(&self) -> u32 {
        let came = self.now >= self.starts_at && self.present > 0;
        if came { self.present } else { self.enrolled.max(self.present) }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn things_are_counted_for_those_who_may_come_and_then_for_those_who_came() {
        let starts_at = DateTime::UNIX_EPOCH;
        let heads = |minutes, enrolled, present| {
            let site = SessionSite {
                session: TrainingSessionId(Uuid::nil()),
                now: starts_at + TimeDelta::minutes(minutes),
                starts_at,
                ends_at: starts_at + TimeDelta::hours(2),
                enrolled,
                present,
                site: SiteTemplate::default(),
            };
            site.heads()
        };
        assert_eq!(heads(-5, 24, 3), 24, "the others are on their way");
        assert_eq!(heads(-5, 2, 3), 3, "one came without being enrolled");
        assert_eq!(heads(0, 24, 20), 20);
        assert_eq!(heads(10, 24, 0), 24, "nobody was checked in yet");
    }
}
