//! What one word means.

use proto_types::Match;

/// What one word means.
#[derive(Debug)]
pub(crate) struct Term {
    /// What must hold: of `openssl<3.0.15`, a name and a version.
    pub(crate) matches: Vec<Match>,
    /// What was taken for a name without anything that says so.
    pub(crate) name: Option<String>,
}

impl Term {
    /// A term that says what it is about.
    pub(super) const fn of(matches: Vec<Match>) -> Self {
        Self {
            matches,
            name: None,
        }
    }
}
