//! What somebody scanned or typed, as it comes from cameras, clipboards and thumbs.

use shared::problem::{Code, Problem};

use crate::{Error, Result};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Presented {
    /// From the URL that the QR code says, or by itself.
    Token(String),
    /// Six digits.
    Digits(String),
}

/// Reads a URL, a token or six digits; blanks and full-width characters do not matter.
///
/// # Errors
/// `invalid_request` for what can only be a slip: nothing at all, or too few or many digits.
pub(super) fn parse(code: &str) -> Result<Presented> {
    let code: String = code.chars().filter(|it| !it.is_whitespace()).map(half_width).collect();
    if code.is_empty() {
        return Err(slip("请扫大屏幕上的码，或者输入码下面的六位数字"));
    }
    if code.bytes().all(|it| it.is_ascii_digit()) {
        return match code.len() {
            6 => Ok(Presented::Digits(code)),
            _ => Err(slip("签到码是六位数字，请再看看大屏幕")),
        };
    }
    let path = code.split(['?', '#']).next().unwrap_or_default();
    let token = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    Ok(Presented::Token(token.to_owned()))
}

/// Chinese keyboards type `１` and `：` as easily as `1` and `:`.
fn half_width(typed: char) -> char {
    match u32::from(typed) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(typed),
        _ => typed,
    }
}

fn slip(message: &str) -> Error {
    Problem::from(Code::InvalidRequest).field("code", message).into()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("https://x.example/c/AQEB_-")]
    #[case("http://127.0.0.1:8080/c/AQEB_-?from=scan#top")]
    #[case(" https://x.example/c/AQEB_-/ ")]
    #[case("/c/AQEB_-")]
    #[case("AQEB_-\n")]
    fn a_token_is_found_in_what_the_camera_read(#[case] code: &str) {
        assert_eq!(parse(code).unwrap(), Presented::Token("AQEB_-".into()));
    }

    #[rstest]
    #[case("012345")]
    #[case(" 012 345 ")]
    #[case("０１２３４５")]
    #[case("0 1\u{3000}2３45\n")]
    fn digits_may_be_wide_and_spaced(#[case] code: &str) {
        assert_eq!(parse(code).unwrap(), Presented::Digits("012345".into()));
    }

    #[rstest]
    #[case("")]
    #[case("\u{3000} ")]
    #[case("01234")]
    #[case("0123456")]
    fn a_slip_is_told_in_words_and_is_no_wrong_try(#[case] code: &str) {
        let Err(Error::Refused(problem)) = parse(code) else { panic!("{code} is accepted") };
        assert_eq!(problem.fields[0].field, "code");
    }
}
