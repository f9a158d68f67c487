//! The limits of one token: how often it may ask, and how much of what it asks is worked on at once.
//!
//! No token keeps the others waiting, whoever holds it. What comes over the local socket has none of these limits.

mod held;
mod kept;
mod rates;
mod seats;

use std::time::{Duration, Instant};

use model::bounds;
use proto_types::ErrorCode;

pub use held::{Slot, until_answered};
pub use seats::Seat;

use crate::{
    error::{ApiError, ApiResult},
    store::secret::SecretHash,
};
use kept::Kept;
use rates::Rates;
use seats::Seats;

/// How many requests a token may send in a minute; 0 is as many as it likes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerMinute {
    /// A host's.
    pub host: u32,
    /// A reader's or an admin's.
    pub reader: u32,
}

impl Default for PerMinute {
    fn default() -> Self {
        Self {
            host: bounds::HOST_REQUESTS,
            reader: bounds::READER_REQUESTS,
        }
    }
}

/// What every token may ask, and what each has asked.
pub struct Limits {
    per_minute: PerMinute,
    rates: Rates,
    requests: Seats,
    streams: Seats,
    kept: Kept,
}

impl Limits {
    /// Limits of which so many requests a minute are one.
    #[must_use]
    pub fn new(per_minute: PerMinute) -> Self {
        Self {
            per_minute,
            rates: Rates::default(),
            requests: Seats::new(bounds::REQUESTS),
            streams: Seats::new(bounds::STREAMS),
            kept: Kept::default(),
        }
    }

    /// Lets a request of a token in, once it is its turn.
    ///
    /// # Errors
    /// `rate_limited`: it asks too often, or too much of what it asked is still worked on.
    pub async fn enter(&self, token: SecretHash, is_host: bool) -> ApiResult<Seat> {
        let per_minute = match is_host {
            true => self.per_minute.host,
            false => self.per_minute.reader,
        };
        let room = self.rates.ask(token, per_minute, Instant::now());
        room.map_err(|after| {
            limited(
                format!("the token has sent more than {per_minute} requests in a minute"),
                after,
            )
        })?;
        self.go_on(token).await
    }

    /// Lets the next piece of what a token asked be worked on, once it is its turn.
    ///
    /// # Errors
    /// `rate_limited`: too much of what it asked is still worked on.
    pub async fn go_on(&self, token: SecretHash) -> ApiResult<Seat> {
        let seat = self.requests.wait(token, bounds::WAITING, bounds::TURN);
        seat.await.ok_or_else(|| {
            limited(
                format!(
                    "{} requests with this token are in progress, and others are waiting",
                    bounds::REQUESTS
                ),
                Duration::from_secs(1),
            )
        })
    }

    /// Room for what a stream keeps in memory while it is open, of so many bytes.
    ///
    /// # Errors
    /// `unavailable`: what others keep leaves none.
    pub fn keep(&self, bytes: usize) -> ApiResult<Seat> {
        self.kept.take(bytes).ok_or_else(|| {
            let message = "the server is busy with streams that brought many advisories";
            ApiError::new(ErrorCode::Unavailable, message).retry_after(Duration::from_secs(10))
        })
    }

    /// Lets a stream of a token begin.
    ///
    /// # Errors
    /// `rate_limited`: it has too many of them.
    pub fn stream(&self, token: SecretHash) -> ApiResult<Seat> {
        let seat = self.streams.take(token);
        seat.ok_or_else(|| {
            let message = format!("{} streams of this token are open", bounds::STREAMS);
            limited(message, Duration::from_secs(10))
        })
    }
}

fn limited(message: String, after: Duration) -> ApiError {
    ApiError::new(ErrorCode::RateLimited, message).retry_after(after)
}
