//! Hosts that reported throughout a time, which most do: a few comparisons tell it of each, where
//! nothing is kept of a host but when it was heard.

use jiff::{SignedDuration, Timestamp};

use super::lapse::{Span, fresh};

/// When a host was heard of which nothing else is kept, in milliseconds since 1970; the lowest
/// number stands for never.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    /// When it was added.
    pub added: i64,
    /// When it enrolled first.
    pub enrolled: i64,
    /// When its first full report came.
    pub first_full: i64,
    /// When its last full report came.
    pub last_full: i64,
}

/// What tells of hosts that they reported throughout a time, as [`super::then`] would say. What is
/// a matter of less than a millisecond it leaves open.
#[derive(Debug, Clone, Copy)]
pub struct Throughout {
    from: i64,
    oldest: i64,
    newest: i64,
    is_empty: bool,
}

impl Throughout {
    /// That of a time that has passed.
    #[must_use]
    pub fn of(time: Span, silent_after: SignedDuration, now: Timestamp) -> Self {
        let fresh = fresh(silent_after, now);
        Self {
            from: time.from.as_millisecond(),
            oldest: fresh.start().as_millisecond(),
            newest: fresh.end().as_millisecond(),
            is_empty: time.is_empty(),
        }
    }

    /// Whether a host of which nothing else is kept, lapses included, was heard before the time and
    /// is not silent since.
    #[must_use]
    pub const fn reported(&self, host: Heard) -> bool {
        let in_order = host.added <= host.enrolled && host.enrolled <= host.first_full;
        let is_fresh = self.oldest < host.last_full && host.last_full < self.newest;
        !self.is_empty && in_order && host.first_full < self.from && is_fresh
    }
}
