//! The apps in the browser: the classroom on the phone, the one of instructors and team leaders, and
//! the console on office PCs.
#[cfg(feature = "admin")]
pub mod admin;
pub mod client;
pub mod clock;
pub mod content_view;
mod json;
pub mod learner;
pub mod storage;
pub mod teaching;
pub mod ui;

use leptos::prelude::{IntoView, document};

/// Puts an app on the page in place of the static shell.
pub fn start<V: IntoView + 'static>(app: fn() -> V) {
    leptos::mount::mount_to_body(app);
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
}
