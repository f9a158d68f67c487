//! Figures: what many measured times come to.

use std::time::Duration;

use serde::Serialize;

/// What many times come to, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figures {
    /// How many there were.
    pub count: u64,
    /// The least of them.
    pub least_ms: f64,
    /// The one in the middle.
    pub median_ms: f64,
    /// What 99 of 100 stay within.
    pub p99_ms: f64,
    /// The longest.
    pub longest_ms: f64,
}

impl Figures {
    /// Of no times.
    pub const NONE: Self = Self {
        count: 0,
        least_ms: 0.0,
        median_ms: 0.0,
        p99_ms: 0.0,
        longest_ms: 0.0,
    };

    /// Of these times.
    #[must_use]
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let last = times.len().saturating_sub(1);
        let at = |share: usize| {
            times
                .get(last * share / 100)
                .map_or(0.0, |time| time.as_secs_f64() * 1e3)
        };
        Self {
            count: times.len() as u64,
            least_ms: at(0),
            median_ms: at(50),
            p99_ms: at(99),
            longest_ms: at(100),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, Figures};

    #[test]
    fn the_median_is_in_the_middle_and_the_p99_near_the_end() {
        let times = (0..=1_000).rev().map(Duration::from_millis).collect();
        let figures = Figures::of(times);
        assert_eq!((figures.least_ms, figures.median_ms), (0.0, 500.0));
        assert_eq!((figures.p99_ms, figures.longest_ms), (990.0, 1_000.0));
        assert_eq!(Figures::of(Vec::new()), Figures::NONE);
    }
}
