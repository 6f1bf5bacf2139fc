//! What is typed of an artefact, while it may become something else on the server.

use leptos::prelude::*;
use shared::{
    builds::{Artefact, ArtefactSlot, ArtefactState, CourseBuild, SaveArtefact},
    content::MediaId,
};

use crate::admin::{
    address::{choice_of, name_of},
    kit::{Doing, Load},
};

fn artefact_of(build: &CourseBuild, slot: ArtefactSlot) -> Option<Artefact> {
    build.artefacts.iter().find(|it| it.slot == slot).cloned()
}

/// What is chosen and typed of it.
pub type Typed = (ArtefactState, String, Option<MediaId>);

#[derive(Clone, Copy)]
pub struct Fields {
    pub state: RwSignal<String>,
    pub link: RwSignal<String>,
    pub file: RwSignal<Option<MediaId>>,
    /// Why it is given back.
    pub reason: RwSignal<String>,
    /// What the fields began with, or what was saved of them.
    pub kept: RwSignal<Typed>,
    /// As it is on the server.
    pub now: RwSignal<Artefact>,
    /// Where a colleague has brought it, while something else was typed here.
    pub moved: RwSignal<Option<ArtefactState>>,
}

impl Fields {
    pub fn of(artefact: Artefact) -> Self {
        Self {
            state: RwSignal::new(name_of(&artefact.state)),
            link: RwSignal::new(artefact.link.clone()),
            file: RwSignal::new(artefact.file),
            reason: RwSignal::new(String::new()),
            kept: RwSignal::new(typed(&artefact)),
            now: RwSignal::new(artefact),
            moved: RwSignal::new(None),
        }
    }

    pub fn read(self) -> Typed {
        let state = self.state.with(|it| choice_of(it)).unwrap_or(ArtefactState::NotBegun);
        (state, self.link.get(), self.file.get())
    }

    /// Keeps up with what is typed and with what the server tells.
    pub fn follow(self, load: Load<CourseBuild>, changed: RwSignal<bool>, doing: Doing) {
        let slot = self.now.with_untracked(|it| it.slot);
        Effect::new(move || changed.set(self.read() != self.kept.get()));
        Effect::new(move || {
            if let Some(now) = load.value.with(|build| artefact_of(build.as_ref()?, slot)) {
                untrack(|| self.learn(now));
            }
        });
        Effect::new(move || {
            // Maybe a colleague has brought it somewhere else meanwhile.
            if doing.failed().is_some() {
                load.reload();
            }
        });
    }

    pub fn request(self, build: &CourseBuild) -> SaveArtefact {
        let (state, link, file) = untrack(|| self.read());
        let (course, slot) = (build.course, self.now.with_untracked(|it| it.slot));
        let reason = self.reason.get_untracked();
        SaveArtefact { course, slot, state, link, file, reason }
    }

    /// The server told it anew: what was typed here stays, of the rest it is shown what is so now.
    fn learn(self, now: Artefact) {
        let (typed_here, before) = (self.read(), self.kept.get());
        if typed_here.0 == before.0 {
            self.state.set(name_of(&now.state));
        }
        if typed_here.1 == before.1 {
            self.link.set(now.link.clone());
        }
        if typed_here.2 == before.2 {
            self.file.set(now.file);
        }
        let is = typed(&now);
        let dirty = self.read() != is;
        self.moved.update(|it| *it = (dirty && (it.is_some() || is != before)).then_some(is.0));
        self.kept.set(is);
        self.now.set(now);
    }

    /// Whether what was sent for approval is given back.
    pub fn gives_back(self) -> bool {
        self.now.with(|it| it.state) == ArtefactState::Submitted
            && matches!(self.read().0, ArtefactState::NotBegun | ArtefactState::Writing)
    }
}

fn typed(artefact: &Artefact) -> Typed {
    (artefact.state, artefact.link.clone(), artefact.file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artefact(state: ArtefactState, reason: &str) -> Artefact {
        Artefact {
            slot: ArtefactSlot::Syllabus,
            state,
            link: String::new(),
            file: None,
            reason: reason.into(),
            updated_at: None,
        }
    }

    #[test]
    fn what_is_typed_stays_where_a_colleague_has_sent_it_meanwhile_and_a_reason_is_asked_for() {
        let owner = Owner::new();
        owner.set();
        let fields = Fields::of(artefact(ArtefactState::NotBegun, ""));
        fields.state.set(name_of(&ArtefactState::Writing));
        assert!(!fields.gives_back() && fields.moved.get().is_none());
        let link = "https://example.org".to_owned();
        let sent = Artefact { link: link.clone(), ..artefact(ArtefactState::Submitted, "") };
        fields.learn(sent.clone());
        assert_eq!(fields.read(), (ArtefactState::Writing, link, None), "their link is not lost");
        assert_eq!(fields.moved.get(), Some(ArtefactState::Submitted));
        assert!(fields.gives_back(), "so that the box for the reason is there");
        fields.learn(sent);
        assert_eq!(fields.moved.get(), Some(ArtefactState::Submitted), "told once more");
    }

    #[test]
    fn where_nothing_is_typed_the_form_shows_what_is_so_now() {
        let owner = Owner::new();
        owner.set();
        let fields = Fields::of(artefact(ArtefactState::Writing, "缺图"));
        fields.learn(artefact(ArtefactState::Submitted, ""));
        assert_eq!(fields.read().0, ArtefactState::Submitted);
        assert!(fields.moved.get().is_none() && !fields.gives_back());
        assert_eq!(fields.now.get_untracked().reason, "", "no return stands beside what is sent");
    }
}
