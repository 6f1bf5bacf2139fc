//! The console for office PCs.

use leptos::prelude::*;

fn main() {
    console_error_panic_hook::set_once();
    mount_to_body(frontend::admin::App);
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
}
