//! Names as they are typed, and what is told about those that will not do.

use shared::problem::{Code, Problem};

use crate::{Error, Result, roster};

/// A name as the cells of a roster are read.
pub(super) fn tidy_name(name: &str, most: usize) -> Result<String> {
    let name = roster::tidy(name);
    if name.is_empty() || name.chars().count() > most {
        return Err(refused("name", format!("请填写名称，最多 {most} 个字")));
    }
    Ok(name)
}

pub(super) fn refused(field: &str, message: impl Into<String>) -> Error {
    Problem::from(Code::InvalidRequest).field(field, message).into()
}

/// Somebody else took the name in the same moment.
pub(super) fn taken() -> Problem {
    Problem::from(Code::InvalidRequest).field("name", "这个名称刚刚有人用了，请换一个")
}

/// Refuses where any of these is left: `还有 12 人在岗、1 个班组在用`.
pub(super) fn refuse_in_use(uses: &[(u64, &str)], what_to_do: &str) -> Result<()> {
    let left = uses.iter().filter(|(count, _)| *count > 0);
    let left: Vec<_> = left.map(|(count, what)| format!("{count} {what}")).collect();
    if left.is_empty() {
        return Ok(());
    }
    let detail = format!("还有 {}，{what_to_do}", left.join("、"));
    Err(Problem::from(Code::InUse).detail(detail).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_still_in_use_is_counted_in_words() {
        let uses = [(12, "人在岗"), (0, "门课程"), (1, "个班组")];
        let refusal = refuse_in_use(&uses, "请先处理").unwrap_err();
        let Error::Refused(problem) = refusal else { panic!("{refusal}") };
        assert_eq!(problem.detail.as_deref(), Some("还有 12 人在岗、1 个班组，请先处理"));
        refuse_in_use(&[(0, "人在岗")], "请先处理").unwrap();
    }

    #[test]
    fn a_name_is_tidied_and_not_endless() {
        assert_eq!(tidy_name(" 新公司\u{3000}", 3).unwrap(), "新公司");
        assert!(tidy_name("\u{3000}", 3).is_err() && tidy_name("新公司一", 3).is_err());
    }
}
