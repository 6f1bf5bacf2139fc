//! The classroom on the phone.

fn main() {
    frontend::start(frontend::learner::app);
}
