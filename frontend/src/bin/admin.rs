//! The console for office PCs.

fn main() {
    frontend::start(frontend::admin::App);
}
