//! The rules of leases and failures, which hold for any engine.
//!
//! The lease saves work; it is not a correctness lock. A duplicate scan is harmless, a stale
//! overwrite or a false deletion is not.

use jiff::SignedDuration;
use proto_types::Timestamp;

/// At most so many live leases a host.
pub const LEASES_PER_HOST: usize = 2;
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
    /// Whether a lease that ends at `expires` still holds. One that ends further ahead than any
    /// lease can is from before the clock was set back: it has ended too.
    #[must_use]
    pub fn is_live(&self, expires: Timestamp, now: Timestamp) -> bool {
        let left = expires.duration_since(now);
        left > SignedDuration::ZERO && left <= self.ttl
    }

    /// Before when an image isn't given again, after its `failures`-th counted failure.
    #[must_use]
    pub fn not_before(&self, failures: u64, now: Timestamp) -> Timestamp {
        later(now, self.backoff(failures))
    }

    /// The same after a lease ran out. The wait for the first one was the lease itself, so that
    /// the image of an agent that was killed goes to the next host at once.
    #[must_use]
    pub fn not_before_after_expiry(&self, failures: u64, now: Timestamp) -> Timestamp {
        match failures {
            0 | 1 => now,
            more => self.not_before(more - 1, now),
        }
    }

    /// The same after a host's own trouble.
    #[must_use]
    pub fn not_before_after_environment(&self, now: Timestamp) -> Timestamp {
        later(now, ENVIRONMENT_BACKOFF.min(self.retry_base))
    }

    /// Whether an image is held back. A moment further ahead than any back-off is from before
    /// the clock was set back, and holds nothing.
    #[must_use]
    pub fn is_held_back(&self, not_before: Timestamp, now: Timestamp) -> bool {
        let left = not_before.duration_since(now);
        left > SignedDuration::ZERO && left <= LONGEST_BACKOFF
    }

    fn backoff(&self, failures: u64) -> SignedDuration {
        let doublings = u32::try_from(failures.min(16)).unwrap_or(16);
        self.retry_base
            .checked_mul(1_i32 << doublings)
            .map_or(LONGEST_BACKOFF, |wait| wait.min(LONGEST_BACKOFF))
    }
}

/// Whether so many counted failures on so many hosts keep an image from being tried unasked.
#[must_use]
pub const fn quarantines(failures: u64, hosts: u64) -> bool {
    failures >= FAILURES_ON_ONE_HOST || (failures >= FAILURES_ON_TWO_HOSTS && hosts >= 2)
}

fn later(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);

    fn after(seconds: i64) -> Timestamp {
        later(NOW, SignedDuration::from_secs(seconds))
    }

    #[test]
    fn a_lease_holds_until_it_ends_and_not_longer_than_its_length() {
        let rules = LeaseRules::default();
        assert!(rules.is_live(after(1800), NOW));
        assert!(!rules.is_live(NOW, NOW));
        assert!(!rules.is_live(after(1801), NOW), "the clock was set back");
    }

    #[test]
    fn back_off_doubles_from_the_base_up_to_a_day() {
        let rules = LeaseRules::default();
        assert_eq!(rules.not_before(1, NOW), after(1200));
        assert_eq!(rules.not_before(2, NOW), after(2400));
        assert_eq!(rules.not_before(60, NOW), after(24 * 3600));
    }

    #[test]
    fn the_first_lease_that_runs_out_holds_nothing_back() {
        let rules = LeaseRules::default();
        assert_eq!(rules.not_before_after_expiry(1, NOW), NOW);
        assert_eq!(rules.not_before_after_expiry(2, NOW), after(1200));
    }

    #[test]
    fn three_failures_on_two_hosts_or_five_on_one_quarantine() {
        assert!(!quarantines(4, 1));
        assert!(quarantines(5, 1));
        assert!(!quarantines(2, 2));
        assert!(quarantines(3, 2));
    }
}
