//! Who is signed in.

use leptos::{prelude::*, task::spawn_local};
use shared::accounts::{Me, PersonId, Role, ShowMe};

use crate::{client::Client, storage};

const ME: &str = "me";

#[derive(Clone, Copy)]
pub struct Who {
    pub me: RwSignal<Option<Me>>,
}

impl Who {
    /// Starts with who was here last, if the sign-in is still theirs, and asks the server.
    pub fn provide(client: Client) -> Self {
        let owner = storage::owner();
        let last = storage::read_json::<Me>(ME);
        let last = last.filter(|me| owner.is_some_and(|it| it == me.id.to_string()));
        let who = Self { me: RwSignal::new(last) };
        provide_context(who);
        // The sign-in page is for those nobody knows yet, and the first page tells it anyway.
        let path = window().location().pathname().unwrap_or_default();
        if !["/", "/sign-in"].contains(&path.as_str()) {
            spawn_local(async move {
                if let Ok(me) = client.call(ShowMe {}).await {
                    who.learn(me);
                }
            });
        }
        who
    }

    pub fn expect() -> Self {
        expect_context()
    }

    /// What another person saw on this phone is not for this one.
    pub fn learn(self, me: Me) {
        if self.id().is_some_and(|id| id != me.id) {
            storage::forget_all(storage::SEEN);
        }
        storage::write_json(ME, &me);
        if self.me.with_untracked(|known| known.as_ref() != Some(&me)) {
            self.me.set(Some(me));
        }
    }

    /// Whoever signs out takes leave of what was downloaded, too.
    pub fn forget(self) {
        storage::write(storage::LEFT, "1");
        storage::forget(ME);
        storage::forget_all(storage::SEEN);
        self.me.set(None);
    }

    pub fn id(self) -> Option<PersonId> {
        self.me.with_untracked(|me| me.as_ref().map(|me| me.id))
    }

    /// Whether the person leads a team; tracked.
    pub fn leads(self) -> bool {
        self.me.with(|me| me.as_ref().is_some_and(|me| me.is(Role::TeamLeader)))
    }

    /// Whether the person teaches, or may stand in for those who do; tracked.
    pub fn teaches(self) -> bool {
        self.me.with(|me| {
            me.as_ref().is_some_and(|me| me.is(Role::Instructor) || me.is(Role::TrainingOfficer))
        })
    }

    /// Whether the person has work in the console; tracked.
    pub fn works_in_console(self) -> bool {
        let leads = |role: &Role| matches!(role, Role::Learner | Role::TeamLeader);
        self.me.with(|me| me.as_ref().is_some_and(|me| !me.roles.iter().all(leads)))
    }
}
