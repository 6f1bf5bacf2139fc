//! What is chosen for a publication, which starts from what is planned already.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use shared::{
    courses::CourseId,
    problem::Code,
    revisions::{CourseRevision, ListRevisions, OngoingLearners, RevisionList, RevisionState},
    time,
};

use crate::{
    admin::kit::{Doing, Load, RadioGroup, TextField, instant_of, instant_text},
    clock,
};

/// When learners get it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Now,
    Later,
}

/// What is published, and what is chosen for it.
#[derive(Clone, Copy)]
pub struct Choice {
    /// The revision that is meant, as it was last told.
    pub meant: RwSignal<Option<CourseRevision>>,
    pub learners: RwSignal<OngoingLearners>,
    when: RwSignal<When>,
    at: RwSignal<String>,
}

impl Choice {
    pub fn new() -> Self {
        Self {
            meant: RwSignal::new(None),
            learners: RwSignal::new(OngoingLearners::MoveOn),
            when: RwSignal::new(When::Now),
            at: RwSignal::new(String::new()),
        }
    }

    /// Asks what there is to publish.
    pub fn follow(self, course: CourseId, doing: Doing) -> Load<RevisionList> {
        let load = Load::of(move || ListRevisions { course });
        Effect::new(move || {
            load.value.with(|list| list.iter().for_each(|it| self.take_up(&it.revisions)));
        });
        Effect::new(move || {
            // A colleague has put another in its place, which is to be seen before it is published.
            if doing.failed().is_some_and(|it| it.code() == Some(Code::RevisionMoved)) {
                load.reload();
            }
        });
        load
    }

    /// Starts from what is planned already: whoever opens the question to look at it, or to change one
    /// thing, leaves the rest as it is.
    fn take_up(self, all: &[CourseRevision]) {
        let next = to_publish(all).cloned();
        if self.meant.with_untracked(|it| *it == next) {
            return;
        }
        if let Some(planned) = next.as_ref().filter(|it| it.publish_at.is_some()) {
            self.when.set(When::Later);
            self.at.set(instant_text(planned.publish_at));
            self.learners.set(planned.learners);
        }
        self.meant.set(next);
    }

    /// The time that was chosen, none for at once.
    pub fn time(self) -> Result<Option<DateTime<Utc>>, &'static str> {
        match self.when.get_untracked() {
            When::Now => Ok(None),
            // A half-filled time is none, and no time would mean at once.
            When::Later => self
                .at
                .with_untracked(|it| instant_of(it))
                .map(Some)
                .ok_or("请把日期和时间都选好，或者改选“现在就发布”"),
        }
    }
}

/// What will happen by itself if nothing is changed.
#[component]
pub fn Planned(meant: RwSignal<Option<CourseRevision>>) -> impl IntoView {
    move || {
        let (number, at) = meant.with(|it| it.as_ref().map(|it| (it.number, it.publish_at)))?;
        let at = time::moment(at?, clock::now());
        Some(view! {
            <p class="c-note">
                {format!("第 {number} 版已经定在{at}自动发布。改了时间要点“发布”才算；选“现在就发布”，马上就发。")}
            </p>
        })
    }
}

#[component]
pub fn Time(choice: Choice, error: Signal<Option<String>>) -> impl IntoView {
    let choices = vec![(When::Now, "现在就发布"), (When::Later, "定一个时间")];
    view! {
        <RadioGroup label="什么时候发布" chosen=choice.when choices/>
        <Show when=move || choice.when.get() == When::Later>
            <TextField
                label="到几时发布"
                kind="datetime-local"
                value=choice.at
                error
                hint="北京时间，一年以内；到时自动发布"
            />
        </Show>
    }
}

/// The revision that is published: what is on its way to learners, else what they read before the course
/// was retired.
fn to_publish(all: &[CourseRevision]) -> Option<&CourseRevision> {
    let shown =
        |it: &&CourseRevision| matches!(it.state, RevisionState::Live | RevisionState::Retired);
    all.iter().find(|it| it.state.is_open()).or_else(|| all.iter().find(shown))
}

#[cfg(test)]
mod tests {
    use shared::revisions::{RevisionId, Signature};

    use super::*;

    fn revision(number: u32, state: RevisionState) -> CourseRevision {
        let at = DateTime::UNIX_EPOCH;
        CourseRevision {
            id: RevisionId(uuid::Uuid::now_v7()),
            course: CourseId(uuid::Uuid::now_v7()),
            number,
            state,
            title: "会前准备".into(),
            lessons: 1,
            minutes: 3,
            checksum: None,
            note: String::new(),
            restored_from: None,
            written: Signature { name: "郑明".into(), at },
            writers: vec!["郑明".into()],
            checked: None,
            approved: None,
            returned: None,
            reason: String::new(),
            publish_at: None,
            learners: OngoingLearners::MoveOn,
            published: None,
            staying: 0,
            may: Vec::new(),
        }
    }

    #[test]
    fn a_planned_publication_stays_as_it_was_planned_unless_something_else_is_chosen() {
        let owner = Owner::new();
        owner.set();
        let choice = Choice::new();
        let at = "2026-12-01T01:00:00Z".parse().ok();
        let planned = CourseRevision {
            publish_at: at,
            learners: OngoingLearners::Finish,
            ..revision(2, RevisionState::Scheduled)
        };
        let all = [planned, revision(1, RevisionState::Live)];
        choice.take_up(&all);
        assert_eq!((choice.time(), choice.at.get_untracked()), (Ok(at), "2026-12-01T09:00".into()));
        assert_eq!(choice.learners.get_untracked(), OngoingLearners::Finish);
        choice.at.set("2026-12-02T09:00".into());
        choice.take_up(&all);
        assert_eq!(choice.at.get_untracked(), "2026-12-02T09:00", "what is typed stays");
        choice.at.set("2026-12-02T".into());
        assert!(choice.time().is_err(), "half a time is not at once");
        choice.when.set(When::Now);
        assert_eq!(choice.time(), Ok(None));
    }

    #[test]
    fn what_is_on_its_way_is_published_else_what_was_read_last() {
        let number = |all: &[CourseRevision]| to_publish(all).map(|it| it.number);
        let [newer, retired] = [RevisionState::Superseded, RevisionState::Retired];
        let mut all = vec![revision(3, newer), revision(2, retired), revision(1, newer)];
        assert_eq!(number(&all), Some(2), "not the newest that learners ever read");
        all.insert(0, revision(4, RevisionState::Approved));
        assert_eq!(number(&all), Some(4));
        assert_eq!(number(&[revision(1, RevisionState::Returned)]), None);
    }
}
