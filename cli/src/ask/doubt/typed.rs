//! What was typed, and whether something else may be meant by it.

use std::sync::atomic::{AtomicBool, Ordering};

use proto_types::Match;

/// What was typed, as far as that says how literally it is meant.
#[derive(Debug, Default)]
pub(crate) struct Typed {
    /// Words that were taken for names without anything that says so.
    pub(crate) names: Vec<String>,
    /// What came from terms and flags, and wasn't spelled out behind `--match`.
    pub(crate) terms: Vec<Match>,
    /// Whether an answer that may not be to what is meant is of no use: what is watched ends where it is
    /// empty.
    pub(crate) is_watched: bool,
    /// Whether the answer may not be to what is meant.
    doubted: AtomicBool,
}

impl Typed {
    /// What was typed, to a question that is asked once.
    pub(crate) fn new(names: Vec<String>, terms: Vec<Match>) -> Self {
        Self {
            names,
            terms,
            ..Self::default()
        }
    }

    /// Whether an empty answer proves nothing, since something else may be meant.
    pub(crate) fn is_doubted(&self) -> bool {
        self.doubted.load(Ordering::Relaxed)
    }

    /// Notes that something else may be meant.
    pub(super) fn doubt(&self) {
        self.doubted.store(true, Ordering::Relaxed);
    }
}
