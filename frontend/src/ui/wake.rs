//! When the app comes back: to the screen, or to the network.

use leptos::prelude::*;
use web_sys::VisibilityState;

use super::html::listen;

/// Calls whenever the network or the person is back, until the owner is gone.
pub fn on_wake(act: impl Fn() + Copy + 'static) {
    listen(window().into(), "online", move |_| act());
    listen(document().into(), "visibilitychange", move |_| {
        if document().visibility_state() == VisibilityState::Visible {
            act();
        }
    });
}
