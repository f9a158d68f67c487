//! Verdicts: what an advisory means for an artifact.

use crate::words::words;

words! {
    /// What an advisory means for an artifact that runs.
    Verdict {
        /// The artifact is vulnerable.
        Affected = "affected",
        /// It was, and this version isn't any more.
        Fixed = "fixed",
        /// This version never was.
        NotAffected = "not_affected",
        /// It can't be known, and the reason says why.
        Unknown = "unknown",
    }
}
