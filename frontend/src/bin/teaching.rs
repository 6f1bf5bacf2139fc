//! 授课 and 班组 on the phone.

fn main() {
    frontend::start(frontend::teaching::app);
}
