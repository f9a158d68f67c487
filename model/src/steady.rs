//! Steadiness: whether the clock has gone its way for so long that what is old by it may be dropped.
//!
//! A clock that leaps ahead by years makes everything old at once, and what is dropped doesn't come
//! back when the clock is mended. So it is looked at each day, and believed once a week of days went
//! by, none of them longer than two.

use jiff::{SignedDuration, Timestamp};

/// Between two looks, a day apart, no more passes, unless the clock leapt, or nobody looked.
const PACE: SignedDuration = SignedDuration::from_hours(48);
/// For so long the clock goes its way before it is believed.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What is known of the clock as of the last look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steady {
    /// Since when it has gone its way.
    pub since: Timestamp,
    /// When it was looked at last.
    pub looked_at: Timestamp,
}

impl Steady {
    /// The next look, where `last` was the one before.
    #[must_use]
    pub fn look(last: Option<Self>, now: Timestamp) -> Self {
        let goes_on = last.filter(|last| {
            let passed = now.duration_since(last.looked_at);
            !passed.is_negative() && passed <= PACE
        });
        Self {
            since: goes_on.map_or(now, |last| last.since),
            looked_at: now,
        }
    }

    /// Whether what is old may be dropped.
    #[must_use]
    pub fn is_believed(self) -> bool {
        self.looked_at.duration_since(self.since) >= WEEK
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::Steady;

    const YEAR: i64 = 365 * 24;

    /// What looks so many hours apart end in.
    fn after(hours: impl IntoIterator<Item = i64>) -> Steady {
        let mut now = Timestamp::UNIX_EPOCH;
        let mut steady = Steady::look(None, now);
        for passed in hours {
            now += SignedDuration::from_hours(passed);
            steady = Steady::look(Some(steady), now);
        }
        steady
    }

    #[test]
    fn a_clock_is_believed_after_a_week_of_days() {
        assert!(!after([]).is_believed());
        assert!(!after([24; 6]).is_believed());
        assert!(after([24; 7]).is_believed());
        assert!(after([24; 400]).is_believed());
        // Somebody restarts the server over and over.
        assert!(!after([0; 1000]).is_believed());
    }

    #[test]
    fn a_leap_is_believed_a_week_later_at_the_earliest() {
        for leap in [10 * YEAR, 30 * 24, 49, -1, -10 * YEAR] {
            let leapt = || [24; 30].into_iter().chain([leap]);
            assert!(!after(leapt()).is_believed(), "{leap}");
            assert!(!after(leapt().chain([24; 6])).is_believed(), "{leap}");
            assert!(after(leapt().chain([24; 7])).is_believed(), "{leap}");
        }
    }

    #[test]
    fn a_leap_and_its_mending_are_two_leaps() {
        let mended = [24; 30].into_iter().chain([YEAR, -YEAR + 24]);
        assert!(!after(mended).is_believed());
    }
}
