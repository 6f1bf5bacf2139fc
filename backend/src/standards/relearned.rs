//! Who learned a clause again since a version changed it: in a course whose links were moved to that version,
//! in a revision that was published after it was confirmed.

use std::collections::{HashMap, HashSet};

use sea_orm::sea_query::SelectStatement;
use shared::{
    accounts::PersonId,
    courses::{CourseId, LessonId},
    standards::{ClauseKey, console::LinkState},
};

use super::entity::{link, version};
use crate::{
    Result,
    db::Connection,
    learning::{self, Completion},
};

/// Of each clause, those who learned what it says now.
#[derive(Default)]
pub struct Relearned(HashMap<ClauseKey, HashSet<PersonId>>);

impl Relearned {
    /// Of these people, given as a subquery, by the links that rest on what the version changed.
    pub async fn of(
        db: &Connection,
        people: &SelectStatement,
        version: &version::Model,
        links: Vec<&link::Model>,
    ) -> Result<Self> {
        let taught = taught(version, links);
        let (Some(since), false) = (version.confirmed_at, taught.is_empty()) else {
            return Ok(Self::default());
        };
        let lessons: Vec<LessonId> = taught.values().flatten().copied().collect();
        let finished = learning::finished_anew(db, people, &lessons, since).await?;
        let whoever: HashSet<PersonId> = finished.iter().map(|it| it.0).collect();
        let mut found = HashMap::<ClauseKey, HashSet<PersonId>>::new();
        let courses: HashSet<CourseId> = taught.keys().map(|it| it.0).collect();
        for course in courses {
            let completion = Completion::among(db, people, course).await?;
            for ((_, clause), lessons) in taught.iter().filter(|it| it.0.0 == course) {
                let knows = |person: &&PersonId| {
                    let all = lessons.iter().all(|lesson| finished.contains(&(**person, *lesson)));
                    all && completion.has(**person)
                };
                found.entry(*clause).or_default().extend(whoever.iter().filter(knows));
            }
        }
        Ok(Self(found))
    }

    pub fn has(&self, person: PersonId, clause: ClauseKey) -> bool {
        self.0.get(&clause).is_some_and(|it| it.contains(&person))
    }
}

/// The lessons by which a course teaches a clause as the version says it: none of its links to that clause
/// that learners get still waits to be moved.
fn taught(
    version: &version::Model,
    links: Vec<&link::Model>,
) -> HashMap<(CourseId, ClauseKey), HashSet<LessonId>> {
    let mut behind = HashSet::new();
    let mut taught = HashMap::<(CourseId, ClauseKey), HashSet<LessonId>>::new();
    for link in links.into_iter().filter(|it| it.live && !is_suggested(version, it)) {
        let place = (link.course_id, link.clause_key);
        if link.version_id != version.id || link.state != LinkState::Valid {
            behind.insert(place);
        }
        if let Some(lesson) = link.lesson_id {
            taught.entry(place).or_default().insert(lesson);
        }
    }
    taught.retain(|place, _| !behind.contains(place));
    taught
}

/// Whether it is a link that somebody added since the version was confirmed and nobody has agreed to yet: it
/// says nothing of what was there before it. One from before, which was moved and waits for its review, does.
fn is_suggested(version: &version::Model, link: &link::Model) -> bool {
    let since = version.confirmed_at.is_some_and(|it| link.created_at > it);
    since && matches!(link.state, LinkState::Draft | LinkState::InReview)
}
