//! The age of what was imported: from when on an answer says that a feed is old.

use jiff::{SignedDuration, Timestamp};

/// Feeds are mirrored every day or every week; what wasn't imported for longer has been forgotten.
pub const OLD: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Whether a feed hasn't been imported for long.
#[must_use]
pub fn is_old(imported_at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(imported_at) > OLD
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_is_old_after_a_week_and_never_before_it_came() {
        let at = |hours: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours);
        assert!(!is_old(at(0), at(7 * 24)));
        assert!(is_old(at(0), at(7 * 24 + 1)));
        assert!(!is_old(at(1), at(0)), "a clock that was set back");
    }
}
