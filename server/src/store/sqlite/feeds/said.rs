//! Lines of an import that are no records: what whoever sends it says of it.

use advisories::{Reason, Skipped};
use model::bounds;
use proto_types::{CompleteLine, SkippedLine};

/// How a line begins that says what whoever sends the advisories left out.
const SKIPPED: &[u8] = b"{\"skipped\"";
/// And one that says whether they are all.
const COMPLETE: &[u8] = b"{\"complete\"";
/// Such lines are no longer, in bytes.
const LONGEST_LINE: usize = 64 * bounds::ADVISORY_ID;

/// What a line says that is no record.
pub enum Said {
    /// What was left out before it was sent.
    Skipped(Skipped),
    /// Whether what is sent is all that its source has.
    Complete(bool),
}

impl Said {
    /// What a line says; `None` of one that may be a record.
    pub fn of(json: &[u8]) -> Option<Self> {
        if json.len() > LONGEST_LINE {
            return None;
        }
        if json.starts_with(COMPLETE) {
            let CompleteLine { complete } = serde_json::from_slice(json).ok()?;
            return Some(Self::Complete(complete));
        }
        if !json.starts_with(SKIPPED) {
            return None;
        }
        let SkippedLine { skipped } = serde_json::from_slice(json).ok()?;
        let reason = Reason::ALL
            .iter()
            .find(|one| one.as_str() == skipped.reason)?;
        let skipped = Skipped::new(*reason, &skipped.of, &skipped.detail);
        Some(Self::Skipped(skipped))
    }
}
