//! The program `fingertip`.

fn main() -> anyhow::Result<()> {
    backend::command_line::run()
}
