//! What is asked of the numbers, and which of them miss it.

use std::fmt::Display;

/// Goals that were met, and the names of those that were not.
#[derive(Default)]
pub struct Goals {
    met: usize,
    missed: Vec<String>,
}

impl Goals {
    /// A mark to print behind the number.
    pub fn judge(&mut self, name: impl Display, is_met: bool) -> &'static str {
        if is_met {
            self.met += 1;
            return "✓";
        }
        self.missed.push(name.to_string());
        "✗"
    }

    /// Prints the plain lines that end a run. Whether nothing was missed.
    pub fn conclude(&self) -> bool {
        println!("\n{} goals met, {} missed", self.met, self.missed.len());
        for name in &self.missed {
            println!("  ✗ {name}");
        }
        self.missed.is_empty()
    }
}
