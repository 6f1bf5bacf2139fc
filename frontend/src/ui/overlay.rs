//! Whether something lies over the page.

use leptos::prelude::*;

use super::Navigation;

/// Opens and closes a dialog or a sheet; the back key closes it too.
#[derive(Clone, Copy)]
pub struct Overlay {
    open: RwSignal<bool>,
    navigation: Navigation,
}

impl PartialEq for Overlay {
    fn eq(&self, other: &Self) -> bool {
        self.open == other.open
    }
}

impl Overlay {
    pub fn new() -> Self {
        Self { open: RwSignal::new(false), navigation: Navigation::expect() }
    }

    /// Tracked.
    pub fn is_open(self) -> bool {
        self.open.try_get().unwrap_or(false)
    }

    pub fn show(self) {
        if !self.open.get_untracked() {
            self.open.set(true);
            self.navigation.cover(self);
        }
    }

    pub fn hide(self) {
        if self.open.try_get_untracked() == Some(true) {
            self.open.set(false);
            self.navigation.uncover(self);
        }
    }

    /// The entry in the history is gone already.
    pub(super) fn closed(self) {
        self.open.try_set(false);
    }
}

impl Default for Overlay {
    fn default() -> Self {
        Self::new()
    }
}
