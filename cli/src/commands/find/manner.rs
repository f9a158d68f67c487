//! What is done with an answer besides showing it.

/// What is done with an answer besides showing it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    /// Only the counts are wanted.
    pub(super) counts: bool,
    /// The answer carries what it stands for.
    pub(super) evidence: bool,
}
