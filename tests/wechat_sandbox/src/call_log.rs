//! Which endpoints were called how often, and the latest calls. Never a query: it carries secrets.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

const KEPT: usize = 200;

/// One call of an API or of the authorize page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CallRecord {
    /// Unix seconds of the sandbox's clock.
    pub at: i64,
    pub method: String,
    pub path: String,
    pub status: u16,
    /// Of a JSON answer; 0 if it had none.
    pub errcode: Option<i64>,
    /// Kind of the injected fault, if one struck.
    pub fault: Option<String>,
}

#[derive(Default)]
pub struct CallLog {
    counts: BTreeMap<String, u64>,
    latest: VecDeque<CallRecord>,
}

impl CallLog {
    /// Counted on arrival, so that a call that hangs is counted too.
    pub fn count(&mut self, path: &str) {
        *self.counts.entry(path.to_owned()).or_default() += 1;
    }

    pub fn record(&mut self, record: CallRecord) {
        self.latest.push_front(record);
        self.latest.truncate(KEPT);
    }

    pub fn of(&self, path: &str) -> u64 {
        self.counts.get(path).copied().unwrap_or_default()
    }

    pub fn counts(&self) -> &BTreeMap<String, u64> {
        &self.counts
    }

    /// Newest first.
    pub fn latest(&self) -> impl Iterator<Item = &CallRecord> {
        self.latest.iter()
    }
}
