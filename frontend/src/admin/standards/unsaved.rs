//! Rewritings of clauses, and words about their pictures, that are not saved, and what would drop them.

use leptos::prelude::*;
use shared::{content::MediaId, standards::ClauseId};

/// What waits until every rewriting is saved or put away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    Confirming,
    Splitting(ClauseId),
    Merging(ClauseId),
    Paging,
    /// Pictures of this clause change their places, are folded away or drawn anew.
    Shifting(ClauseId),
}

impl Stopped {
    const fn verb(self) -> &'static str {
        match self {
            Self::Confirming => "确认",
            Self::Splitting(_) => "拆开",
            Self::Merging(_) => "并入",
            Self::Paging => "翻页",
            Self::Shifting(_) => "做这一步",
        }
    }
}

/// What is rewritten: the text of a clause, or the words about a picture of it.
pub type Rewritten = (ClauseId, Option<MediaId>);

/// What is being rewritten and not saved, as its clauses are called.
#[derive(Clone, Copy)]
pub struct Unsaved {
    clauses: RwSignal<Vec<(Rewritten, String)>>,
    /// What was last asked for while there were any.
    stopped: RwSignal<Option<Stopped>>,
}

impl Unsaved {
    pub fn new() -> Self {
        Self { clauses: RwSignal::new(Vec::new()), stopped: RwSignal::new(None) }
    }

    /// Whether there are any, tracked.
    pub fn any(self) -> bool {
        self.clauses.with(|it| !it.is_empty())
    }

    pub fn has(self, clause: ClauseId) -> bool {
        self.clauses.with_untracked(|all| all.iter().any(|(it, _)| *it == (clause, None)))
    }

    /// Whether that has to wait; [`note`](Self::note) says so where it was asked for.
    pub fn stops(self, what: Stopped) -> bool {
        let of_text = !matches!(what, Stopped::Shifting(_));
        let stops = self
            .clauses
            .with_untracked(|all| all.iter().any(|((_, picture), _)| of_text || picture.is_some()));
        self.stopped.set(stops.then_some(what));
        stops
    }

    /// Why that has to wait, once it was asked for.
    pub fn note(self, what: Stopped) -> impl IntoView {
        move || {
            (self.stopped.get() == Some(what)).then(|| {
                let of_text = !matches!(what, Stopped::Shifting(_));
                let ((_, picture), name) = self.clauses.with(|all| {
                    all.iter().find(|((_, picture), _)| of_text || picture.is_some()).cloned()
                })?;
                let (name, verb) = (name.trim(), what.verb());
                let (what, how) = match picture {
                    Some(_) => ("图片说明", "“保存说明”；不要改了，点“不改了”"),
                    None => ("改写", "“保存这一条”；不要改了，点“改写或拆开”收起来"),
                };
                let words = format!("“{name}”的{what}还没有保存，先不能{verb}。先点那里的{how}。");
                Some(view! { <p class="c-note c-note--warn" role="alert">{words}</p> })
            })
        }
    }

    /// Notes while a form is open whether what it holds is saved.
    pub fn follow(
        self,
        (clause, name): (Rewritten, String),
        changed: impl Fn() -> bool + Send + Sync + 'static,
    ) {
        let changed = Memo::new(move |_| changed());
        Effect::new(move || self.mark(clause, changed.get().then(|| name.clone())));
        on_cleanup(move || self.mark(clause, None));
    }

    /// The page may be gone by then.
    fn mark(self, clause: Rewritten, name: Option<String>) {
        let left = self.clauses.try_update(|all| {
            all.retain(|(it, _)| *it != clause);
            all.extend(name.map(|name| (clause, name)));
            !all.is_empty()
        });
        // Nothing is in the way any more: what is typed later is told of when it is.
        if left == Some(false) {
            let _ = self.stopped.try_set(None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_stops_what_would_drop_it_until_it_is_saved() {
        let owner = Owner::new();
        owner.set();
        let (unsaved, id) = (Unsaved::new(), ClauseId(uuid::Uuid::now_v7()));
        let clause = (id, None);
        assert!(!unsaved.stops(Stopped::Paging));
        unsaved.mark(clause, Some("3.1".into()));
        assert!(!unsaved.stops(Stopped::Shifting(id)), "no words about a picture are lost by that");
        assert!(unsaved.has(id) && unsaved.stops(Stopped::Paging));
        unsaved.mark(clause, None);
        assert!(!unsaved.any());
        unsaved.mark(clause, Some("3.1".into()));
        assert_eq!(unsaved.stopped.get_untracked(), None, "that was about what is saved");
    }
}
