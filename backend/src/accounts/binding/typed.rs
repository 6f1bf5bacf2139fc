//! What somebody typed to say who they are.

use shared::problem::{Code, Problem};

pub(super) use crate::accounts::spoken_code::dense;
use crate::{
    Result,
    accounts::spoken_code::{self, plain},
};

/// Characters of a name or a staff number at most; more than either has.
pub(super) const LONGEST: usize = 64;

/// As it came from the form.
#[derive(Clone, Default)]
pub(super) struct Typed {
    pub name: String,
    pub staff_number: String,
    pub code: String,
}

impl Typed {
    /// What was meant: without blanks, and with the wide letters of Chinese keyboards as plain ones.
    ///
    /// # Errors
    /// `invalid_request` for a field that is empty, or longer than anybody's.
    pub(super) fn checked(&self) -> Result<Self> {
        let meant = Self {
            name: dense(&self.name),
            staff_number: plain(&self.staff_number),
            code: spoken_code::meant(&self.code),
        };
        let mut problem = Problem::from(Code::InvalidRequest);
        for (field, value, words) in [
            ("name", &meant.name, "请填写姓名"),
            ("staff_number", &meant.staff_number, "请填写工号"),
            ("code", &meant.code, "请填写队长给您的邀请码"),
        ] {
            match value.chars().count() {
                0 => problem = problem.field(field, words),
                1..=LONGEST => {}
                _ => problem = problem.field(field, "太长了，请检查一下"),
            }
        }
        if !problem.fields.is_empty() {
            return Err(problem.into());
        }
        // What the database cannot even be asked for is nobody's.
        let texts = [&meant.name, &meant.staff_number];
        if texts.into_iter().any(|it| it.chars().any(char::is_control)) {
            return Err(Code::BindingRefused.into());
        }
        Ok(meant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_wide_letters_and_small_letters_are_no_mistakes() {
        let typed = Typed {
            name: " 张 三 ".into(),
            staff_number: "Ｄ０１０１ ".into(),
            code: "abcd-２３４５".into(),
        };
        let meant = typed.checked().unwrap();
        assert_eq!(
            (meant.name.as_str(), meant.staff_number.as_str(), meant.code.as_str()),
            ("张三", "D0101", "ABCD2345")
        );
    }

    #[test]
    fn every_empty_field_is_named() {
        let typed = Typed { name: " ".into(), ..Typed::default() };
        let crate::Error::Refused(problem) = typed.checked().map(drop).unwrap_err() else {
            panic!()
        };
        let fields: Vec<_> = problem.fields.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, ["name", "staff_number", "code"]);
    }
}
