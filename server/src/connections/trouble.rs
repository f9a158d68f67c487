//! Trouble with accepting connections, in the log: at most a line a minute, however much there is.

use std::{
    io,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// So much time passes at least between two lines.
const PERIOD: Duration = Duration::from_secs(60);

/// What was heard and not said yet.
#[derive(Default)]
pub struct Trouble(Mutex<Unsaid>);

#[derive(Default)]
struct Unsaid {
    said: Option<Instant>,
    count: u64,
}

impl Trouble {
    /// Hears of an error. One that is a client's own fault, such as a handshake that went wrong, is
    /// nothing to warn of.
    pub fn heard(&self, is_clients: bool, error: &io::Error) {
        if is_clients {
            tracing::debug!(%error, "a connection was not accepted");
        } else if let Some(count) = self.due(Instant::now()) {
            tracing::error!(%error, count, "connections can't be accepted");
        }
    }

    /// Hears that there are as many connections as there may be.
    pub fn full(&self, most: usize) {
        if let Some(count) = self.due(Instant::now()) {
            tracing::warn!(most, count, "too many connections: new ones are closed");
        }
    }

    /// How often it was heard, where it is time to say so.
    fn due(&self, now: Instant) -> Option<u64> {
        let mut unsaid = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        unsaid.count += 1;
        if unsaid.said.is_some_and(|said| now < said + PERIOD) {
            return None;
        }
        unsaid.said = Some(now);
        Some(std::mem::take(&mut unsaid.count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_storm_is_a_line_a_minute_that_counts_it() {
        let (trouble, begun) = (Trouble::default(), Instant::now());
        let said = (0..1_200).filter_map(|tenth| {
            let now = begun + Duration::from_millis(100 * tenth);
            trouble.due(now)
        });
        assert_eq!(said.collect::<Vec<_>>(), [1, 600]);
    }
}
