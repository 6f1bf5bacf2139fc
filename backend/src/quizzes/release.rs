//! When the right answers and the explanations may be seen.

use chrono::{DateTime, Utc};
use shared::{quizzes::ReleasePolicy, time::moment};

use super::attempt::GRACE;

/// What the decision depends on.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances {
    pub policy: ReleasePolicy,
    pub closes_at: Option<DateTime<Utc>>,
    /// Whether the learner has passed this quiz.
    pub passed: bool,
    pub attempts_left: u32,
    /// Whether the learner has an attempt running.
    pub running: bool,
    /// Whether anybody can still write to an attempt, such as one begun before the quiz was made
    /// to close earlier.
    pub anybody_running: bool,
    pub now: DateTime<Utc>,
}

/// Nothing once they are released; until then, when they will be, in words.
pub fn note(it: &Circumstances) -> Option<String> {
    match it.policy {
        ReleasePolicy::AfterSubmission => None,
        ReleasePolicy::AfterLastAttempt => {
            let over = it.passed || (it.attempts_left == 0 && !it.running);
            (!over).then(|| match it.attempts_left {
                0 => "正在答的这份交卷后就能看解析".into(),
                left => format!("通过后或次数用完后就能看解析，还可以再考 {left} 次"),
            })
        }
        ReleasePolicy::AfterClose => match it.closes_at {
            Some(closes_at) if it.now > closes_at + GRACE => {
                it.anybody_running.then(|| "还有人在答题，等都交卷了就能看解析".into())
            }
            Some(closes_at) => Some(format!("{} 测验结束后就能看解析", moment(closes_at, it.now))),
            None => Some("测验结束后就能看解析".into()),
        },
    }
}

#[cfg(test)]
mod tests {
    use ReleasePolicy::{AfterClose, AfterLastAttempt, AfterSubmission};
    use chrono::TimeDelta;

    use super::*;

    fn at(policy: ReleasePolicy) -> Circumstances {
        let now = "2026-11-23T06:00:00Z".parse().expect("an instant");
        Circumstances {
            policy,
            closes_at: None,
            passed: false,
            attempts_left: 1,
            running: false,
            anybody_running: false,
            now,
        }
    }

    #[test]
    fn after_submission_nothing_is_held_back() {
        assert_eq!(note(&at(AfterSubmission)), None);
    }

    #[test]
    fn after_the_last_attempt_means_passed_or_used_up_and_handed_in() {
        let open = at(AfterLastAttempt);
        assert!(note(&open).is_some());
        assert_eq!(note(&Circumstances { passed: true, ..open }), None);
        let used_up = Circumstances { attempts_left: 0, ..open };
        assert_eq!(note(&used_up), None);
        assert!(note(&Circumstances { running: true, ..used_up }).is_some());
    }

    #[test]
    fn after_the_close_means_after_the_last_moment_anybody_could_write() {
        let open = at(AfterClose);
        assert!(note(&open).is_some(), "a quiz without an end never closes");
        let closed =
            |ago| Circumstances { closes_at: Some(open.now - TimeDelta::seconds(ago)), ..open };
        assert!(note(&closed(-1)).is_some());
        assert!(note(&closed(5)).is_some(), "late answers are still taken");
        assert_eq!(note(&closed(6)), None);
        assert!(note(&Circumstances { anybody_running: true, ..closed(60) }).is_some());
        assert!(note(&Circumstances { passed: true, attempts_left: 0, ..open }).is_some());
    }
}
