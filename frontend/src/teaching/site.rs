//! What the session has on site: stations, groups, materials for those who are there, and how long it
//! still goes on.

use std::time::Duration;

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use shared::{
    time::moment,
    training::{Attendance, SessionSite, ShowSessionSite, TrainingSessionId},
};

use super::codes::repeat;
use crate::{
    clock,
    ui::{
        Keep, Load,
        html::{Html, h3, live, many, none, p, section, strong},
    },
};

/// How often to look what time it is.
const TICK: Duration = Duration::from_secs(15);

pub fn load(session: TrainingSessionId) -> Load<SessionSite> {
    Load::of(Keep::ForOffline, move || ShowSessionSite { session })
}

/// For the people on the list; nothing until it is known, for the names do not wait for it.
pub fn view(load: Load<SessionSite>, attendance: &Attendance) -> Html {
    let now = RwSignal::new(clock::now());
    repeat(TICK, move || now.set(clock::now()));
    let came = attendance.people.iter().filter(|it| it.checked_in_at.is_some()).count();
    let [enrolled, present] =
        [attendance.people.len(), came].map(|it| u32::try_from(it).unwrap_or(u32::MAX));
    let asked = attendance.now;
    live(move || match load.get() {
        Some(site) => show(&SessionSite { enrolled, present, now: asked, ..site }, now),
        None => none(),
    })
}

fn show(site: &SessionSite, now: RwSignal<DateTime<Utc>>) -> Html {
    let facts = site.site.facts(site.heads());
    let (starts_at, ends_at) = (site.starts_at, site.ends_at);
    let time = p("").live_text(move || remaining((starts_at, ends_at), now.get()));
    let fact = |(name, text): (&str, String)| {
        let mut lines = text.lines();
        let first = p("").with(strong("").text(name)).text("：").text(lines.next().unwrap_or(""));
        many([first]).all(lines.map(|it| p("").text(it)))
    };
    section("aims").with(h3("").text("现场")).with(time).all(facts.into_iter().map(fact))
}

/// `还有 45 分钟结束`
fn remaining((starts_at, ends_at): (DateTime<Utc>, DateTime<Utc>), now: DateTime<Utc>) -> String {
    let left = (ends_at - now).num_seconds();
    if now < starts_at {
        format!("{} 开始", moment(starts_at, now))
    } else if left > 0 {
        format!("还有 {} 分钟结束", (left + 59) / 60)
    } else {
        "这一场结束了".into()
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn the_time_that_is_left_is_never_told_too_short() {
        let starts_at = DateTime::UNIX_EPOCH;
        let ends_at = starts_at + TimeDelta::hours(1);
        let after =
            |seconds| remaining((starts_at, ends_at), starts_at + TimeDelta::seconds(seconds));
        assert_eq!(after(0), "还有 60 分钟结束");
        assert_eq!(after(1), "还有 60 分钟结束");
        assert_eq!(after(3_599), "还有 1 分钟结束");
        assert_eq!(after(3_600), "这一场结束了");
        assert_eq!(after(-60), "今天 08:00 开始");
    }
}
