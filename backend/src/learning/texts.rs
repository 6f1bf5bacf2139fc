//! What people type here.

use shared::problem::{Code, Problem};

use crate::{Result, courses};

/// Tidies a text, which must say something in at most so many characters.
///
/// # Errors
/// `invalid_request` naming `field`.
pub(super) fn said(field: &str, mut text: String, longest: usize) -> Result<String> {
    courses::tidy(&mut text);
    let problem = Problem::from(Code::InvalidRequest);
    if text.is_empty() {
        return Err(problem.field(field, "还没有写内容").into());
    }
    if text.chars().count() > longest {
        return Err(problem.field(field, format!("最多 {longest} 个字")).into());
    }
    Ok(text)
}
