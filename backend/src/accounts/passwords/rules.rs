//! Which passwords are taken: long enough and not the first that somebody would guess. What they are
//! made of is the person's affair.

use std::{collections::HashSet, sync::LazyLock};

use shared::problem::{Code, Problem};

/// The most common ones of at least eight characters, a line each, in small letters. The licence above
/// them in the file is nobody's password.
static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("common.txt").lines().collect());

/// More would only cost time.
const LONGEST: usize = 128;

/// What must be left of a password without what everybody knows of its person.
const OF_ITS_OWN: usize = 4;

/// For those who only learn, and for those who work in the console.
pub(super) const fn least(console: bool) -> usize {
    if console { 10 } else { 8 }
}

/// # Errors
/// `invalid_request` for the field `password`, in words that say what to do.
pub(super) fn check(password: &str, least: usize, known: &[&str]) -> Result<(), Problem> {
    let wrong =
        |message: String| Err(Problem::from(Code::InvalidRequest).field("password", message));
    match password.chars().count() {
        count if count < least => return wrong(format!("密码太短，至少 {least} 个字符")),
        count if count > LONGEST => return wrong(format!("密码太长，最多 {LONGEST} 个字符")),
        _ => {}
    }
    if is_guessed_first(password, known) {
        return wrong("这个密码太容易被猜到，请换一个；可以用几个不相干的词连起来".into());
    }
    Ok(())
}

fn is_guessed_first(password: &str, known: &[&str]) -> bool {
    let small = password.to_lowercase();
    let distinct: HashSet<char> = small.chars().collect();
    if COMMON.contains(small.as_str()) || distinct.len() < 3 {
        return true;
    }
    let rest = known
        .iter()
        .filter(|it| it.chars().count() > 1)
        .fold(small, |rest, known| rest.replace(&known.to_lowercase(), ""));
    rest.chars().count() < OF_ITS_OWN
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 2] = ["王秀英", "D0001"];

    #[test]
    fn long_and_unexpected_passwords_of_any_letters_are_taken() {
        for password in ["三号楼的蓝拖把", "kettle brick", "正确的马电池订书钉", "48203957"]
        {
            let long = format!("{password}一二三");
            assert_eq!(check(&long, 8, &KNOWN), Ok(()), "{long}");
        }
        assert_eq!(check("kettle-brick", least(true), &KNOWN), Ok(()));
    }

    #[test]
    fn short_common_and_personal_ones_are_refused_in_words() {
        for password in [
            "",
            "kettle1",
            "12345678",
            "PassWord",
            "qq123456789",
            "woaini1314",
            "aaaaaaaa",
            "abababababab",
            "d0001d0001",
            "D0001123",
            "王秀英王秀英王秀英",
            "王秀英D0001",
        ] {
            let refused = check(password, 8, &KNOWN).unwrap_err();
            assert_eq!(refused.fields[0].field, "password", "{password}");
        }
        assert!(check(&"长".repeat(129), 8, &KNOWN).is_err());
        assert!(check("kettle-br", least(true), &KNOWN).is_err(), "the console wants ten");
    }
}
