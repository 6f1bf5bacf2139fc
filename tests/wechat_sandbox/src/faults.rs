//! Faults to order: which endpoint misbehaves, how, and how often.

use serde::{Deserialize, Serialize};

/// One way to misbehave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// HTTP 200 with this error code.
    Errcode {
        errcode: i64,
        #[serde(default)]
        errmsg: Option<String>,
    },
    /// A gateway's HTML page with this HTTP status.
    Status { status: u16 },
    /// The right answer, late.
    Delay { millis: u64 },
    /// No answer until the client gives up.
    Hang,
    /// The connection is closed before any answer.
    Reset,
    /// The right headers, the first bytes of the right body, then the connection is closed.
    Truncate { keep_bytes: usize },
    /// The right answer, one byte at a time.
    SlowBody { millis_per_byte: u64 },
    /// The right answer, padded to at least this many bytes.
    HugeBody { bytes: usize },
    /// The right answer with `errcode` as a string.
    StringErrcode,
    /// The right answer with a field no documentation knows.
    UnknownField,
}

/// A fault and where it strikes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultRule {
    /// Path of the endpoint, such as `/sns/jscode2session`; `*` means every API.
    pub path: String,
    /// How many more calls it spoils.
    #[serde(default = "once")]
    pub times: u32,
    /// The call takes effect before its answer is lost. Without it, [`Fault::Errcode`],
    /// [`Fault::Status`], [`Fault::Hang`] and [`Fault::Reset`] strike before anything happened, and
    /// [`Fault::Delay`] waits before it works. The other faults only spoil the answer.
    #[serde(default)]
    pub processed: bool,
    #[serde(flatten)]
    pub fault: Fault,
}

fn once() -> u32 {
    1
}

impl FaultRule {
    /// Whether the call does its work although its answer may get lost.
    pub(crate) fn lets_the_call_through(&self) -> bool {
        self.processed
            || !matches!(
                self.fault,
                Fault::Errcode { .. } | Fault::Status { .. } | Fault::Hang | Fault::Reset
            )
    }
}

/// The orders not yet used up, oldest first.
#[derive(Default)]
pub struct Faults {
    rules: Vec<FaultRule>,
}

impl Faults {
    pub fn add(&mut self, rule: FaultRule) {
        self.rules.push(rule);
    }

    /// The fault that strikes this call, used up by one.
    pub fn take(&mut self, path: &str) -> Option<FaultRule> {
        let position = self
            .rules
            .iter()
            .position(|rule| rule.times > 0 && (rule.path == path || rule.path == "*"))?;
        self.rules[position].times -= 1;
        let rule = self.rules[position].clone();
        self.rules.retain(|rule| rule.times > 0);
        Some(rule)
    }

    pub fn pending(&self) -> &[FaultRule] {
        &self.rules
    }

    pub fn clear(&mut self) {
        self.rules.clear();
    }
}
