//! Collects what is wrong with what was typed, so that people are told everything at once.

use shared::problem::{Code, Problem};

use crate::Result;

pub(super) struct Fields(Problem);

/// Takes off a typed text what nobody sees: blanks at its ends, and control characters, of which
/// PostgreSQL takes no NUL.
pub fn tidy(text: &mut String) {
    let control = |c: char| c.is_control() && c != '\n';
    if text.contains(control) {
        text.retain(|c| !control(c));
    }
    if text.trim().len() != text.len() {
        *text = text.trim().to_owned();
    }
}

impl Default for Fields {
    fn default() -> Self {
        Self(Code::InvalidRequest.into())
    }
}

impl Fields {
    pub fn refuse(&mut self, field: impl Into<String>, message: impl Into<String>) {
        let problem = std::mem::replace(&mut self.0, Code::InvalidRequest.into());
        self.0 = problem.field(field, message);
    }

    /// Tidies a text of at most `longest` characters; it may be empty.
    pub fn text(&mut self, field: impl Into<String>, text: &mut String, longest: usize) {
        tidy(text);
        if text.chars().count() > longest {
            self.refuse(field, format!("最多 {longest} 个字"));
        }
    }

    /// Tidies a title, which must not be empty.
    pub fn title(&mut self, field: &str, title: &mut String) {
        self.text(field, title, 60);
        if title.is_empty() {
            self.refuse(field, "请填写名称");
        }
    }

    /// Tidies a list of texts, in which empty ones are left out.
    pub fn texts(&mut self, field: &str, texts: &mut Vec<String>, longest: usize) {
        for (index, text) in texts.iter_mut().enumerate() {
            self.text(format!("{field}[{index}]"), text, longest);
        }
        texts.retain(|text| !text.is_empty());
        self.at_most(field, texts.len(), 50);
    }

    pub fn at_most(&mut self, field: &str, count: usize, most: usize) {
        if count > most {
            self.refuse(field, format!("最多 {most} 条"));
        }
    }

    /// # Errors
    /// `invalid_request` with everything that was refused.
    pub fn done(self) -> Result<()> {
        if self.0.fields.is_empty() { Ok(()) } else { Err(self.0.into()) }
    }
}
