//! When the app comes back: to the screen, or to the network.

use leptos::{ev, prelude::*};
use web_sys::VisibilityState;

/// Calls whenever the network or the person is back, until the owner is gone.
pub fn on_wake(act: impl Fn() + Clone + 'static) {
    let online = window_event_listener(ev::online, {
        let act = act.clone();
        move |_| act()
    });
    let shown = window_event_listener(ev::visibilitychange, move |_| {
        if document().visibility_state() == VisibilityState::Visible {
            act();
        }
    });
    on_cleanup(move || {
        online.remove();
        shown.remove();
    });
}
