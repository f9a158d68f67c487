//! What is known of a host and an advisory.

use jiff::Timestamp;
use proto_types::UnknownKind;

use crate::presence::Span;

/// A time over which something can't be known, and why.
pub type Unknown = (UnknownKind, Span);

/// Stands where something goes on.
pub const GOES_ON: Timestamp = Timestamp::MAX;

/// What is known of a host and an advisory. Times are whole milliseconds; what goes on ends at [`GOES_ON`].
#[derive(Debug, Clone, Copy)]
pub struct Known<'k> {
    /// When something affected ran.
    pub ran: &'k [Span],
    /// When it can't be known what ran, or what that means.
    pub unknown: &'k [Unknown],
    /// When the advisory was published, where that is known.
    pub published: Option<Timestamp>,
    /// The moment that the answer stands for, with which it ends.
    pub now: Timestamp,
}
