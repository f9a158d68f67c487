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

/// The same before it is read.
#[derive(Debug, Clone, PartialEq)]
pub enum Raw<'a> {
    /// A record, perhaps.
    Json {
        /// Its bytes: an object from a bracket to the one that closes it.
        json: &'a [u8],
        /// Where it stands.
        place: &'a str,
    },
    /// Something that is no record and was skipped.
    Skipped(Skipped),
}
