//! What a verification found, in words.

use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Records from here to there are not there.
    Missing { from: i64, to: i64 },
    /// The record is not what was hashed, or stands elsewhere than it stood.
    Changed(i64),
    /// The record does not follow the one before.
    Unlinked(i64),
    /// What the record is searched by is not what it says.
    Relabelled(i64),
    /// The chain was computed anew: an anchor knows another hash.
    Restamped(i64),
    /// The anchor knows of records after the last.
    CutOff { last: i64, anchor: i64 },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { from, to } if from == to => write!(f, "record {from} is missing"),
            Self::Missing { from, to } => write!(f, "records {from} to {to} are missing"),
            Self::Changed(seq) => write!(f, "record {seq} was edited or moved: its hash is wrong"),
            Self::Unlinked(seq) => write!(f, "record {seq} does not follow the record before it"),
            Self::Relabelled(seq) => {
                write!(f, "record {seq} is filed under something that it does not say")
            }
            Self::Restamped(seq) => {
                write!(f, "the chain was stamped anew: anchor {seq} knows another hash")
            }
            Self::CutOff { last, anchor } => write!(
                f,
                "the chain was cut off: it ends at record {last}, but anchor {anchor} was signed"
            ),
        }
    }
}

/// What became of a verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub findings: Vec<Finding>,
    /// Findings beyond those.
    pub more: u64,
    /// The last record.
    pub last: i64,
    /// The last anchor up to which everything fits.
    pub anchored: Option<i64>,
}

impl Verdict {
    pub const fn is_whole(&self) -> bool {
        self.findings.is_empty()
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        if self.more > 0 {
            writeln!(f, "and {} more", self.more)?;
        }
        match (self.is_whole(), self.anchored) {
            (true, Some(anchor)) => write!(
                f,
                "verified up to anchor {anchor}; {} later records are chained but not anchored",
                self.last - anchor
            ),
            (true, None) => write!(
                f,
                "{} records are chained, but no anchor vouches for them: nothing is verified",
                self.last
            ),
            (false, Some(anchor)) => {
                write!(f, "NOT VERIFIED: everything fits up to anchor {anchor} only")
            }
            (false, None) => write!(f, "NOT VERIFIED"),
        }
    }
}
