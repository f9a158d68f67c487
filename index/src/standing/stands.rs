//! How a host stands, as the store tells it, and by which clock.

use jiff::{SignedDuration, Timestamp};
use model::{presence::HostTimes, unseen::Told};

/// What counts of a host for how it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stands {
    /// Its times.
    pub times: HostTimes,
    /// What it told last of what nobody looks at, in the order of `UnseenKind::ALL`.
    pub unseen: [Option<Told>; 2],
}

/// By which clock something is silent, or over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// What time it is.
    pub now: Timestamp,
    /// A host is silent whose last full report is older.
    pub silent_after: SignedDuration,
}
