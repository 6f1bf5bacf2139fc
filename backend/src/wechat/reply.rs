//! What WeChat answers: HTTP 200 in any case, the truth is in `errcode`, whatever the content type
//! says; fields nobody knows may appear.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::wire::Failure;

/// The longest request id that is believed.
const LONGEST_RID: usize = 64;

/// An error code, and the number under which WeChat explains it for a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub errcode: i64,
    pub rid: String,
}

impl Refusal {
    /// The system is busy: nothing was done, as far as WeChat knows.
    pub(super) const BUSY: i64 = -1;

    /// Whether the access token is the reason.
    pub(super) const fn is_about_the_token(&self) -> bool {
        matches!(self.errcode, 40001 | 40014 | 42001)
    }

    /// Reports what only a change of settings can mend.
    pub(super) fn alarm(&self, path: &str) {
        let Self { errcode, rid } = self;
        tracing::error!(path, errcode, rid, "WeChat refuses our settings: app id, secret, IP, …");
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "errcode {} rid {}", self.errcode, self.rid)
    }
}

/// The answer without its envelope. No error code means success.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    let answer: Value = serde_json::from_slice(body).map_err(|_| Failure::NoAnswer)?;
    let object = answer.as_object().ok_or(Failure::NoAnswer)?;
    let errcode = object.get("errcode").map_or(Some(0), number).ok_or(Failure::NoAnswer)?;
    if errcode != 0 {
        let message = object.get("errmsg").and_then(Value::as_str).unwrap_or_default();
        return Err(Failure::Refused(Refusal { errcode, rid: rid(message) }));
    }
    serde_json::from_value(answer).map_err(|_| Failure::NoAnswer)
}

/// A number that may come as text.
pub(super) fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// The request id at the end of a message; nothing else of it is worth keeping.
fn rid(message: &str) -> String {
    let after = message.rsplit_once("rid:").or_else(|| message.rsplit_once("req_id:"));
    let text = after.map_or("", |(_, rest)| rest.trim_start());
    let known = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    text.chars().take_while(known).take(LONGEST_RID).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Answer {
        openid: String,
    }

    fn refused(body: &str) -> Refusal {
        match read::<Answer>(body.as_bytes()) {
            Err(Failure::Refused(refusal)) => refusal,
            other => panic!("{body}: {other:?}"),
        }
    }

    #[rstest]
    #[case::without_errcode(r#"{"openid":"o"}"#)]
    #[case::zero(r#"{"errcode":0,"errmsg":"ok","openid":"o"}"#)]
    #[case::zero_as_text(r#"{"errcode":"0","openid":"o"}"#)]
    #[case::unknown_fields(r#"{"openid":"o","next_year":{"a":[1]}}"#)]
    fn a_success_is_read_in_all_its_forms(#[case] body: &str) {
        assert_eq!(read::<Answer>(body.as_bytes()).unwrap().openid, "o");
    }

    #[rstest]
    #[case::number(
        r#"{"errcode":40029,"errmsg":"invalid code, rid: 6a-b1-c2"}"#,
        40029,
        "6a-b1-c2"
    )]
    #[case::text(r#"{"errcode":"40163","errmsg":"code been used"}"#, 40163, "")]
    #[case::negative(r#"{"errcode":-1}"#, -1, "")]
    #[case::old_message(r#"{"errcode":40001,"errmsg":"x hints: [ req_id: a0_B ]"}"#, 40001, "a0_B")]
    #[case::forged_message(r#"{"errcode":1,"errmsg":"rid: a\n{\"level\":1}"}"#, 1, "a")]
    fn a_refusal_keeps_its_code_and_request_id(
        #[case] body: &str,
        #[case] errcode: i64,
        #[case] rid: &str,
    ) {
        assert_eq!(refused(body), Refusal { errcode, rid: rid.into() });
    }

    #[rstest]
    #[case::html("<html>502</html>")]
    #[case::empty("")]
    #[case::cut_off(r#"{"openid":"#)]
    #[case::not_an_object("[]")]
    #[case::field_missing("{}")]
    #[case::field_of_another_type(r#"{"openid":1}"#)]
    #[case::errcode_of_another_type(r#"{"errcode":[],"openid":"o"}"#)]
    fn anything_else_is_no_answer(#[case] body: &str) {
        assert_eq!(read::<Answer>(body.as_bytes()), Err(Failure::NoAnswer));
    }
}
