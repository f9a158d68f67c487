//! The clock that leases are counted on: it runs while the machine sleeps, and nobody can set it.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// A moment since the machine was started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(Duration);

impl Moment {
    /// This moment.
    pub(crate) fn now() -> Self {
        let time = clock_gettime(ClockId::Boottime);
        // The kernel counts upwards from 0, with less than a second of nanoseconds.
        let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
        let nanos = u32::try_from(time.tv_nsec).unwrap_or_default();
        Self(Duration::new(seconds, nanos))
    }

    /// How long ago this was.
    pub(crate) fn elapsed(self) -> Duration {
        Self::now().0.saturating_sub(self.0)
    }

    /// How long it is until then; nothing once it has passed.
    pub(crate) fn remaining(self) -> Duration {
        self.0.saturating_sub(Self::now().0)
    }

    /// This much later.
    pub(crate) fn after(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(duration))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Moment;

    #[test]
    fn a_moment_that_has_passed_leaves_no_time() {
        let now = Moment::now();
        assert_eq!(now.remaining(), Duration::ZERO);
        assert!(now.after(Duration::from_secs(60)).remaining() > Duration::from_secs(50));
        assert!(now.after(Duration::MAX).remaining() > Duration::from_secs(50));
    }
}
