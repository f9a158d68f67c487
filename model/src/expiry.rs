//! When it is said that something ends soon.

use jiff::{SignedDuration, Timestamp};

/// How long before the end it is said.
const SOON: SignedDuration = SignedDuration::from_hours(30 * 24);

/// That something ends soon, or has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It has ended.
    Over,
    /// It ends within 30 days; so many whole days are left.
    Soon(i64),
}

/// What is to be said at `now` of something that ends at `end`.
#[must_use]
pub fn ending(end: Timestamp, now: Timestamp) -> Option<Ending> {
    let left = end.duration_since(now);
    if left <= SignedDuration::ZERO {
        Some(Ending::Over)
    } else if left <= SOON {
        Some(Ending::Soon(left.as_hours() / 24))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Ending, SOON, SignedDuration, Timestamp, ending};

    #[test]
    fn the_end_is_told_thirty_days_before_and_from_the_very_moment_on() {
        let end = Timestamp::UNIX_EPOCH;
        let second = SignedDuration::from_secs(1);
        assert_eq!(ending(end, end - SOON - second), None);
        assert_eq!(ending(end, end - SOON), Some(Ending::Soon(30)));
        assert_eq!(ending(end, end - second), Some(Ending::Soon(0)));
        assert_eq!(ending(end, end), Some(Ending::Over));
    }
}
