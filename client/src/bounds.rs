//! How much of an answer is read, and for how long it is waited for.

use std::time::Duration;

/// How long connecting may take.
pub(crate) const CONNECT: Duration = Duration::from_secs(10);
/// How long a connection that nothing is asked on is kept: a server closes it after 15 seconds, and
/// what is sent on it at that moment is lost.
pub(crate) const UNUSED: Duration = Duration::from_secs(10);
/// How long a server may say nothing before its answer or in the middle of it.
pub(crate) const IDLE: Duration = Duration::from_secs(60);
/// A line that is slower than this, in bytes a second, is too slow for what is sent on it.
pub(crate) const SLOWEST: u64 = 64 << 10;
/// Bytes of a line of a stream, or of an event.
pub(crate) const LINE: usize = 8 << 20;
/// Events that may wait for the mark that makes them count.
pub(crate) const UNMARKED: usize = 100_000;
/// Bytes of a refusal.
pub(crate) const REFUSAL: usize = 64 << 10;
/// The longest pause that a server can ask for.
pub(crate) const PAUSE: Duration = Duration::from_secs(3600);

/// Bounds on the answers to [`crate::Client::send`]. Streams are bounded by the line instead, and
/// by how long they say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of an answer, unpacked.
    pub size: usize,
    /// How long a request may take in all, from connecting to the last byte of its answer.
    pub time: Option<Duration>,
    /// How long is waited in all where the server asks to come again later; it is told at once where
    /// that is longer.
    pub pauses: Duration,
}

impl Bounds {
    /// For a program that nobody watches, and that comes again by itself: 8 MiB and five minutes.
    pub const AGENT: Self = Self {
        size: 8 << 20,
        time: Some(Duration::from_secs(300)),
        pauses: Duration::ZERO,
    };
    /// For a person who asks for whole documents, and can stop waiting: 512 MiB, and ten seconds
    /// of pauses.
    pub const PERSON: Self = Self {
        size: 512 << 20,
        time: None,
        pauses: Duration::from_secs(10),
    };
}

/// How long the head of an answer is waited for, once `sent` bytes are to be sent before it.
pub(crate) fn head(sent: usize) -> Duration {
    let sent = u64::try_from(sent).unwrap_or(u64::MAX);
    IDLE.saturating_add(Duration::from_secs(sent / SLOWEST))
}

#[cfg(test)]
mod tests {
    use super::{Duration, IDLE, head};

    #[test]
    fn a_large_body_is_given_the_time_that_a_slow_line_needs() {
        assert_eq!(head(0), IDLE);
        assert_eq!(head(64 << 20), IDLE + Duration::from_secs(1024));
    }
}
