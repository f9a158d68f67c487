//! A verdict with all that belongs to it.

use proto_types::Verdict;

use super::because::Because;

/// What an advisory means for an artifact, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement<'a> {
    /// What it means.
    pub verdict: Verdict,
    /// The version that fixes it, where one is known: of the source package, where that is what the
    /// advisory names.
    pub fixed: Option<&'a str>,
    /// Why, to be shown as a sentence.
    pub because: Because<'a>,
}
