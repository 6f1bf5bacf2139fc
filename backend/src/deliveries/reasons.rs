//! Why a job was given up, from what it said last.

use shared::deliveries::DeadReason;

use crate::notifications::NOBODY_KNOWS;

/// The reason, for those who can do something about it.
pub(super) fn reason(error: &str) -> DeadReason {
    if let Some(errcode) = errcode(error) {
        return match errcode {
            40003 => DeadReason::UnknownPerson,
            40037 => DeadReason::UnknownTemplate,
            41030 => DeadReason::UnknownPage,
            45168 => DeadReason::BadWords,
            47001 | 47003 => DeadReason::BadContent,
            40013 | 43107 | 48001 | 48004 => DeadReason::NotAllowed,
            50002 => DeadReason::Restricted,
            _ => DeadReason::Other,
        };
    }
    match error {
        NOBODY_KNOWS | "WeChat may have taken the message" => DeadReason::NobodyKnows,
        "WeChat did not take the message" => DeadReason::NotTaken,
        "there is no mini-program" => DeadReason::NoMiniProgram,
        _ if error.starts_with("the value of ") => DeadReason::BadContent,
        _ if error.starts_with("payload: ") => DeadReason::Unreadable,
        _ => DeadReason::Other,
    }
}

/// What WeChat can be asked about. Anything else an error says stays in the log.
pub(super) fn detail(error: &str) -> Option<String> {
    errcode(error).map(|_| error.to_owned())
}

/// Of the form `errcode 47003 rid 6a-b1-c2`.
fn errcode(error: &str) -> Option<i64> {
    error.strip_prefix("errcode ")?.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("errcode 40003 rid 6a-b1", DeadReason::UnknownPerson)]
    #[case("errcode 40037 rid ", DeadReason::UnknownTemplate)]
    #[case("errcode 41030 rid 6a", DeadReason::UnknownPage)]
    #[case("errcode 43107 rid 6a", DeadReason::NotAllowed)]
    #[case("errcode 45168 rid 6a", DeadReason::BadWords)]
    #[case("errcode 47003 rid 6a", DeadReason::BadContent)]
    #[case("errcode 50002 rid 6a", DeadReason::Restricted)]
    #[case("the value of date2 does not fit", DeadReason::BadContent)]
    #[case(NOBODY_KNOWS, DeadReason::NobodyKnows)]
    #[case("WeChat did not take the message", DeadReason::NotTaken)]
    #[case("there is no mini-program", DeadReason::NoMiniProgram)]
    #[case("payload: missing field `person`", DeadReason::Unreadable)]
    #[case("the database writer is gone", DeadReason::Other)]
    fn what_a_job_said_last_becomes_a_reason(#[case] error: &str, #[case] expected: DeadReason) {
        assert_eq!(reason(error), expected);
    }

    #[test]
    fn only_wechats_own_number_is_shown() {
        assert_eq!(detail("errcode 47003 rid 6a").as_deref(), Some("errcode 47003 rid 6a"));
        assert_eq!(detail("payload: unknown variant `王秀英`"), None);
    }
}
