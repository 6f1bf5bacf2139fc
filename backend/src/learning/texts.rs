//! What people type here.

use shared::{
    accounts::PersonId,
    courses::{CourseId, LessonId},
    problem::{Code, Problem},
};
use uuid::Uuid;

use crate::{Result, courses};

/// What somebody typed beside a lesson.
pub(super) struct Typed {
    pub person: PersonId,
    pub lesson: LessonId,
    pub course: CourseId,
    pub text: String,
    /// Names the form, so that what is sent twice is kept once.
    pub form: Option<Uuid>,
}

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
