//! A list of checks that all run, and what became of them.

use anyhow::Result;

/// Counts of what passed and failed, and the names of the failures outside the test runners.
#[derive(Default)]
pub struct Tally {
    passed: usize,
    failed: usize,
    broken: Vec<String>,
}

impl Tally {
    /// Adds what a test runner counted.
    pub fn add(&mut self, passed: usize, failed: usize) {
        self.passed += passed;
        self.failed += failed;
    }

    /// Notes a check that is no test of a runner. A failed one counts as one failure; a passed one
    /// is not counted, so that the sum stays a number of tests.
    pub fn note(&mut self, name: &str, outcome: Result<()>) {
        if let Err(error) = outcome {
            println!("FAILED {name}: {error:#}");
            self.failed += 1;
            self.broken.push(name.to_owned());
        }
    }

    /// Prints the one plain line that ends a test run. Whether nothing failed.
    pub fn conclude(&self) -> bool {
        if !self.broken.is_empty() {
            println!("failed outside the test runners: {}", self.broken.join(", "));
        }
        println!("{} passed, {} failed", self.passed, self.failed);
        self.failed == 0
    }
}
