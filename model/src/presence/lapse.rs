//! Lapses: times over which it isn't known what ran on a host.

use std::ops::RangeInclusive;

use jiff::{SignedDuration, Timestamp};

/// Times are kept in milliseconds.
const TICK: SignedDuration = SignedDuration::from_millis(1);

/// The moments from one on, up to but not including another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first moment.
    pub from: Timestamp,
    /// The first moment after.
    pub until: Timestamp,
}

/// Why it isn't known what ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LapseKind {
    /// No full report came for too long.
    Silent,
    /// Two machines reported as the host, and each ended what the other runs.
    Cloned,
    /// The host could not list everything.
    Incomplete,
}

impl LapseKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Silent, Self::Cloned, Self::Incomplete];
}

/// A time over which it isn't known what ran on a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lapse {
    /// Why.
    pub kind: LapseKind,
    /// When.
    pub span: Span,
}

impl Span {
    /// The moments of `[from, until)`.
    #[must_use]
    pub const fn new(from: Timestamp, until: Timestamp) -> Self {
        Self { from, until }
    }

    /// One moment.
    #[must_use]
    pub fn at(moment: Timestamp) -> Self {
        Self::new(moment, after(moment))
    }

    /// Whether there is no moment in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.from >= self.until
    }

    /// Whether some moment is in both.
    #[must_use]
    pub fn touches(self, other: Self) -> bool {
        !self.and(other).is_empty()
    }

    /// The moments that are in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::new(self.from.max(other.from), self.until.min(other.until))
    }
}

/// The moment after a moment.
pub(super) fn after(moment: Timestamp) -> Timestamp {
    moment.checked_add(TICK).unwrap_or(Timestamp::MAX)
}

/// The times of full reports that keep a host from being silent now. One from further ahead is
/// from before the clock was set back, and says nothing of now.
#[must_use]
pub fn fresh(silent_after: SignedDuration, now: Timestamp) -> RangeInclusive<Timestamp> {
    let oldest = now.checked_sub(silent_after).unwrap_or(Timestamp::MIN);
    let newest = now.checked_add(silent_after).unwrap_or(Timestamp::MAX);
    oldest..=newest
}
