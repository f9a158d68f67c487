//! How long leases and back-offs last, and what quarantines an image.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use proto_types::{FailureCause, Timestamp};

/// No back-off is longer.
const LONGEST_BACKOFF: SignedDuration = SignedDuration::from_hours(24);
/// How long a host's own trouble keeps its image from being given again.
const ENVIRONMENT_BACKOFF: SignedDuration = SignedDuration::from_secs(60);
/// Counted failures that quarantine an image where at least two hosts had them.
const FAILURES_ON_TWO_HOSTS: u64 = 3;
/// Counted failures that quarantine an image where one host had them all.
const FAILURES_ON_ONE_HOST: u64 = 5;

/// The lengths that leases and back-offs have.
#[derive(Debug, Clone, Copy)]
pub struct LeaseRules {
    /// How long a lease holds.
    pub ttl: SignedDuration,
    /// The first back-off after a counted failure is twice this, and each further one twice
    /// the one before.
    pub retry_base: SignedDuration,
}

impl Default for LeaseRules {
    fn default() -> Self {
        Self {
            ttl: SignedDuration::from_mins(30),
            retry_base: SignedDuration::from_mins(10),
        }
    }
}

impl LeaseRules {
    /// When a lease that is granted now ends.
    pub(super) fn expiry(&self, now: Timestamp) -> Timestamp {
        later(now, self.ttl)
    }

    /// Whether a lease that ends at `expires` still holds. One that ends further ahead than any
    /// lease can is from before the clock was set back: it has ended too.
    #[must_use]
    pub fn is_live(&self, expires: Timestamp, now: Timestamp) -> bool {
        let left = expires.duration_since(now);
        left > SignedDuration::ZERO && left <= self.ttl
    }

    /// Before when an image isn't given again after a failure, with so many that count.
    pub(super) fn not_before(
        &self,
        cause: FailureCause,
        failures: u64,
        now: Timestamp,
    ) -> Timestamp {
        match (cause, failures) {
            (FailureCause::Image, failures) => later(now, self.backoff(failures)),
            // The wait for the first lease that ran out was the lease itself, so that the image
            // of an agent that was killed goes to the next host at once.
            (FailureCause::Expired, 0 | 1) => now,
            (FailureCause::Expired, more) => later(now, self.backoff(more - 1)),
            (FailureCause::Environment, _) => later(now, ENVIRONMENT_BACKOFF.min(self.retry_base)),
        }
    }

    /// The same after a second opinion that failed: it can wait.
    pub(super) fn opinion_not_before(&self, cause: FailureCause, now: Timestamp) -> Timestamp {
        match cause {
            FailureCause::Environment => self.not_before(cause, 0, now),
            FailureCause::Image | FailureCause::Expired => later(now, LONGEST_BACKOFF),
        }
    }

    fn backoff(&self, failures: u64) -> SignedDuration {
        let doublings = u32::try_from(failures.min(16)).unwrap_or(16);
        self.retry_base
            .checked_mul(1_i32 << doublings)
            .map_or(LONGEST_BACKOFF, |wait| wait.min(LONGEST_BACKOFF))
    }
}

/// Whether an image is held back. A moment further ahead than any back-off is from before the
/// clock was set back, and holds nothing.
pub(super) fn is_held_back(not_before: Timestamp, now: Timestamp) -> bool {
    let left = not_before.duration_since(now);
    left > SignedDuration::ZERO && left <= LONGEST_BACKOFF
}

/// Whether these counted failures, by the hosts that had them, keep an image from being tried
/// unasked.
pub(super) fn quarantines(failures: &BTreeMap<i64, u64>) -> bool {
    let all: u64 = failures.values().sum();
    all >= FAILURES_ON_ONE_HOST || (all >= FAILURES_ON_TWO_HOSTS && failures.len() >= 2)
}

fn later(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);
    const RULES: LeaseRules = LeaseRules {
        ttl: SignedDuration::from_mins(30),
        retry_base: SignedDuration::from_mins(10),
    };

    fn after(seconds: i64) -> Timestamp {
        later(NOW, SignedDuration::from_secs(seconds))
    }

    #[test]
    fn a_lease_holds_until_it_ends_and_not_longer_than_its_length() {
        assert_eq!(RULES.expiry(NOW), after(1800));
        assert!(RULES.is_live(after(1800), NOW));
        assert!(!RULES.is_live(NOW, NOW));
        assert!(!RULES.is_live(after(1801), NOW), "the clock was set back");
    }

    #[test]
    fn back_off_doubles_from_the_base_up_to_a_day() {
        for (failures, seconds) in [(1, 1200), (2, 2400), (3, 4800), (60, 24 * 3600)] {
            let not_before = RULES.not_before(FailureCause::Image, failures, NOW);
            assert_eq!(not_before, after(seconds), "{failures} failures");
        }
    }

    #[test]
    fn the_first_lease_that_runs_out_holds_nothing_back() {
        for (failures, seconds) in [(1, 0), (2, 1200), (3, 2400)] {
            let not_before = RULES.not_before(FailureCause::Expired, failures, NOW);
            assert_eq!(not_before, after(seconds), "{failures} failures");
        }
    }

    #[test]
    fn a_hosts_own_trouble_holds_back_for_a_minute_at_most() {
        let not_before = RULES.not_before(FailureCause::Environment, 4, NOW);
        assert_eq!(not_before, after(60));
        let hasty = LeaseRules {
            retry_base: SignedDuration::from_secs(1),
            ..RULES
        };
        let not_before = hasty.not_before(FailureCause::Environment, 4, NOW);
        assert_eq!(not_before, after(1));
    }

    #[test]
    fn a_back_off_from_before_the_clock_was_set_back_holds_nothing() {
        assert!(is_held_back(after(24 * 3600), NOW));
        assert!(!is_held_back(after(24 * 3600 + 1), NOW));
        assert!(!is_held_back(NOW, NOW));
    }

    #[test]
    fn three_failures_on_two_hosts_or_five_on_one_quarantine() {
        assert!(!quarantines(&[(1, 4)].into()));
        assert!(quarantines(&[(1, 5)].into()));
        assert!(!quarantines(&[(1, 1), (2, 1)].into()));
        assert!(quarantines(&[(1, 2), (2, 1)].into()));
    }
}
