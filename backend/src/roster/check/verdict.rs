//! What the check made of a row.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use shared::roster::{CellProblem, RosterField, RowOutcome};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The row's number; absent for somebody whom the file does not name.
    pub row: Option<u32>,
    pub outcome: RowOutcome,
    /// Who it is where the file does not say.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cells: BTreeMap<RosterField, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<CellProblem>,
}
