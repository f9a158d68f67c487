//! What can't be taken in: the store and the index have come apart, and it must be built anew.

use crate::change::Seq;

/// A change that doesn't fit what is known. The index may hold a part of its commit then, and is
/// good for nothing but to be built anew.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// A commit that doesn't come after the last one.
    #[error("commit {told} came after commit {known}")]
    Order {
        /// The last one.
        known: Seq,
        /// The one that came.
        told: Seq,
    },
    /// Something that nobody told of before.
    #[error("the {what} {number} is not known")]
    Unknown {
        /// What it is: `image`.
        what: &'static str,
        /// Its number.
        number: u64,
    },
    /// Something that is there already, or is still needed.
    #[error("the {what} {number} is there already, or still needed")]
    Kept {
        /// What it is: `image`.
        what: &'static str,
        /// Its number.
        number: u64,
    },
    /// More text than 32-bit numbers have places for.
    #[error("the texts of one kind have more than 4 GiB")]
    Full,
}
