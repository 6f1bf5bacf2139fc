//! Test runners, and what they count.

use std::io::{BufRead, BufReader, Read};
use std::num::NonZero;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};

use crate::command::{output, succeed, wait};
use crate::paths;
use crate::programs::cargo;

/// What a runner counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: usize,
    pub failed: usize,
}

/// A runner with its tests.
pub struct Suite {
    pub name: &'static str,
    pub command: Command,
    summary: fn(&str) -> Option<Counts>,
}

/// All there is, the console's included.
const EVERYTHING: [&str; 3] = ["--workspace", "--features", "frontend/admin,frontend/qr"];

/// Compiles all tests of the workspace.
pub fn compile() -> Result<()> {
    succeed(cargo().args(["test", "--no-run"]).args(EVERYTHING))
}

/// All tests of the workspace. cargo-nextest runs them where it is installed; examples in the
/// documentation are beyond it.
pub fn suites() -> Vec<Suite> {
    let everything = EVERYTHING.into_iter().chain(["--no-fail-fast"]);
    if output(cargo().args(["nextest", "--version"])).is_err() {
        let mut command = cargo();
        command.arg("test").args(everything);
        return vec![Suite { name: "cargo test", command, summary: libtest_summary }];
    }
    // Browsers, faults and other processes are waited for: two tests more than there are cores.
    let threads = thread::available_parallelism().map_or(1, NonZero::get) + 2;
    let mut nextest = cargo();
    nextest
        .args(["nextest", "run", "--test-threads", &threads.to_string()])
        .args(everything.clone());
    let mut examples = cargo();
    examples.args(["test", "--doc"]).args(everything);
    vec![
        Suite { name: "cargo nextest", command: nextest, summary: nextest_summary },
        Suite { name: "cargo test --doc", command: examples, summary: libtest_summary },
    ]
}

/// The tests of the mini-program, which compile it first.
pub fn mini_program() -> Suite {
    let mut command = Command::new("npm");
    command.args(["test", "--silent"]).current_dir(paths::mini_program());
    Suite { name: "npm test of the mini-program", command, summary: node_summary }
}

impl Suite {
    /// Runs the tests and shows their output as it comes. An error if the runner failed without
    /// counting a failure, as when a test does not compile.
    pub fn run(mut self) -> Result<Counts> {
        let mut child = self
            .command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", self.name))?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let readers = [
            thread::spawn(move || show_and_count(stdout, self.summary)),
            thread::spawn(move || show_and_count(stderr, self.summary)),
        ];
        let status = wait(&mut child)?;
        let mut counts = Counts::default();
        for reader in readers {
            let seen = reader.join().expect("a reader of lines does not panic");
            counts.passed += seen.passed;
            counts.failed += seen.failed;
        }
        if !status.success() && counts.failed == 0 {
            bail!("{} failed: {status}", self.name);
        }
        Ok(counts)
    }
}

fn show_and_count(stream: Option<impl Read>, summary: fn(&str) -> Option<Counts>) -> Counts {
    let mut counts = Counts::default();
    for line in stream.into_iter().flat_map(|stream| BufReader::new(stream).split(b'\n')) {
        // A stream that breaks off ends like one that is closed.
        let Ok(line) = line else { break };
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        if let Some(seen) = summary(&line) {
            counts.passed += seen.passed;
            counts.failed += seen.failed;
        }
    }
    counts
}

/// `test result: ok. 3 passed; 0 failed; 0 ignored; …`
fn libtest_summary(line: &str) -> Option<Counts> {
    let (_, numbers) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
    Some(Counts {
        passed: number_before(numbers, "passed"),
        failed: number_before(numbers, "failed"),
    })
}

/// `Summary [ 0.1s] 5 tests run: 2 passed (1 slow), 2 failed, 1 timed out, 0 skipped`
fn nextest_summary(line: &str) -> Option<Counts> {
    let (_, numbers) = line.trim().strip_prefix("Summary [")?.split_once(" run: ")?;
    let failures = ["failed", "timed out", "exec failed"];
    Some(Counts {
        passed: number_before(numbers, "passed"),
        failed: failures.into_iter().map(|word| number_before(numbers, word)).sum(),
    })
}

/// `ℹ pass 84` and `ℹ fail 0`, each on a line of its own.
fn node_summary(line: &str) -> Option<Counts> {
    let (word, number) = line.trim().strip_prefix("ℹ ")?.split_once(' ')?;
    let number = number.parse().ok()?;
    match word {
        "pass" => Some(Counts { passed: number, failed: 0 }),
        "fail" | "cancelled" => Some(Counts { passed: 0, failed: number }),
        _ => None,
    }
}

/// The number in the part that reads `<number> <word>`, 0 if there is none.
fn number_before(parts: &str, word: &str) -> usize {
    parts
        .split([',', ';'])
        .filter_map(|part| part.trim().split_once(' '))
        .find(|(_, rest)| *rest == word || rest.starts_with(&format!("{word} (")))
        .and_then(|(number, _)| number.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Counts, libtest_summary, nextest_summary, node_summary};

    #[test]
    fn the_last_line_of_cargo_test_is_counted() {
        let line = "test result: FAILED. 3 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out";
        assert_eq!(libtest_summary(line), Some(Counts { passed: 3, failed: 2 }));
        assert_eq!(libtest_summary("test some::test ... ok"), None);
    }

    #[test]
    fn the_summary_of_nextest_is_counted() {
        let line = "     Summary [   0.12s] 6 tests run: 2 passed (1 slow), 2 failed, 1 timed out, 1 exec failed, 3 skipped";
        assert_eq!(nextest_summary(line), Some(Counts { passed: 2, failed: 4 }));
        let interrupted = "Summary [ 1.0s] 1/6 tests run: 1 passed, 0 skipped";
        assert_eq!(nextest_summary(interrupted), Some(Counts { passed: 1, failed: 0 }));
        assert_eq!(nextest_summary("        PASS [   0.004s] shared ids"), None);
    }
    #[test]
    fn the_lines_of_node_are_counted() {
        assert_eq!(node_summary("ℹ pass 84"), Some(Counts { passed: 84, failed: 0 }));
        assert_eq!(node_summary("ℹ fail 2"), Some(Counts { passed: 0, failed: 2 }));
        assert_eq!(node_summary("ℹ cancelled 1"), Some(Counts { passed: 0, failed: 1 }));
        for line in ["ℹ tests 84", "ℹ duration_ms 12.5", "✔ a code leads home (1.2ms)"] {
            assert_eq!(node_summary(line), None, "{line}");
        }
    }
}
