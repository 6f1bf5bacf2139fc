//! Saying what is wrong with which file of a package.

use shared::problem::{Code, Problem};

use crate::Error;

/// Letters of a name that somebody else chose.
const LONGEST_NAME: usize = 80;

/// The package cannot be imported, and why.
pub fn refused(why: impl Into<String>) -> Error {
    Problem::from(Code::NotACoursePackage).detail(why).into()
}

/// The same, because of one of its files.
pub fn wrong(file: &str, why: &str) -> Error {
    refused(format!("“{}”{why}", shown(file)))
}

/// The same, because a file is in it twice or serves two ends.
pub fn twice(file: &str) -> Error {
    wrong(file, "写了两次，课程包被人改动过")
}

/// A refusal for reasons of its own, as one of a file of the package.
pub fn because_of(file: &str, error: Error) -> Error {
    match error {
        // Nothing is wrong with the file.
        Error::Refused(problem) if problem.code == Code::QuotaReached => Error::Refused(problem),
        Error::Refused(problem) => refused(format!("“{}”不能用：{}", shown(file), said(&problem))),
        broken @ Error::Broken(_) => broken,
    }
}

/// What a problem says, without the title where something more exact is said.
fn said(problem: &Problem) -> String {
    let exact: Vec<&str> = problem.fields.iter().map(|it| it.message.as_str()).collect();
    match (&problem.detail, exact.as_slice()) {
        (_, [_, ..]) => exact.join("；"),
        (Some(detail), []) => detail.clone(),
        (None, []) => problem.title.clone(),
    }
}

/// A name without whatever nobody sees or what turns it around.
fn shown(name: &str) -> String {
    let hidden = |it: char| {
        it.is_control() || matches!(it, '\u{200e}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    name.chars().filter(|it| !hidden(*it)).take(LONGEST_NAME).collect()
}
