//! What is found in an input.

use model::advisory::Advisory;

use crate::Skipped;

/// Something that was found in an input.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A record.
    Advisory(Box<Advisory>),
    /// Something that is skipped: a record, or a part of one that is found as well.
    Skipped(Skipped),
}
