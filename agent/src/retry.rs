//! Sending until it works: back-off with jitter, up to a bound, for as long as waiting can help.

use std::time::Duration;

use client::{Client, ClientError};
use proto_types::Endpoint;

use crate::clock::Moment;

/// The first pause.
const FIRST: Duration = Duration::from_millis(500);
/// The longest pause of our own choice.
const LONGEST: Duration = Duration::from_secs(30);

/// An answer, and when the request was sent that it answers.
#[derive(Debug)]
pub(crate) struct Answer<T> {
    /// The answer.
    pub(crate) response: T,
    /// Before the request was sent: leases are counted from here.
    pub(crate) sent: Moment,
}

/// Sends `request`, and again while the server is away, for at most `patience`.
///
/// # Errors
/// The last [`ClientError`], once it is one that waiting doesn't help, or patience ends.
pub(crate) async fn send<E: Endpoint>(
    client: &Client,
    request: &E,
    patience: Duration,
) -> Result<Answer<E::Response>, ClientError> {
    let until = Moment::now().after(patience);
    let mut pauses = Pauses::new(FIRST, LONGEST);
    loop {
        let sent = Moment::now();
        let error = match client.send(request).await {
            Ok(response) => return Ok(Answer { response, sent }),
            Err(error) => error,
        };
        let wait = error.retry_after().unwrap_or_default().max(pauses.next());
        if !error.is_transient() || wait > until.remaining() {
            return Err(error);
        }
        tracing::warn!(
            "{}; trying again in {:.1} s",
            reason(&error),
            wait.as_secs_f32()
        );
        tokio::time::sleep(wait).await;
    }
}

/// Pauses between tries, each twice as long as the one before it, up to a bound.
#[derive(Debug)]
pub(crate) struct Pauses {
    first: Duration,
    longest: Duration,
    pause: Duration,
}

impl Pauses {
    /// Pauses from `first` on, none longer than `longest`.
    pub(crate) const fn new(first: Duration, longest: Duration) -> Self {
        Self {
            first,
            longest,
            pause: first,
        }
    }

    /// The next pause.
    pub(crate) fn next(&mut self) -> Duration {
        let pause = self.pause;
        self.pause = self.longest.min(pause * 2);
        jittered(pause)
    }

    /// It worked: the next pause is the first again.
    pub(crate) const fn reset(&mut self) {
        self.pause = self.first;
    }
}

/// A client's error with everything behind it, on one line.
pub(crate) fn reason(error: &ClientError) -> String {
    let causes: Vec<String> = client::chain(error).collect();
    model::shown::on_one_line(&causes.join(": "), 1000)
}

/// Between half of `pause` and all of it, so that a fleet doesn't come back at one stroke.
pub(crate) fn jittered(pause: Duration) -> Duration {
    let random = getrandom::u32().unwrap_or(u32::MAX);
    pause.mul_f64(0.5 + f64::from(random) / f64::from(u32::MAX) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::{FIRST, LONGEST, Pauses, jittered};

    #[test]
    fn pauses_grow_up_to_a_bound_and_begin_again() {
        let mut pauses = Pauses::new(FIRST, LONGEST);
        let grown: Vec<_> = (0..10).map(|_| pauses.next()).collect();
        assert!(grown[1] >= FIRST && grown[9] >= LONGEST / 2 && grown[9] <= LONGEST);
        pauses.reset();
        assert!(pauses.next() <= FIRST);
    }

    #[test]
    fn a_pause_is_never_longer_than_meant_nor_less_than_half() {
        for _ in 0..100 {
            let pause = jittered(FIRST);
            assert!(pause >= FIRST / 2 && pause <= FIRST, "{pause:?}");
        }
    }
}
