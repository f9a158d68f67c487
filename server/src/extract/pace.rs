//! The pace of a body: a slow link may take its time, one that drips may not keep the server waiting.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    body::{Body, BodyDataStream, Bytes, HttpBody},
    extract::Request,
};
use futures_util::{StreamExt, stream};
use proto_types::ErrorCode;
use tokio::time::{Instant, timeout_at};

use crate::error::ApiError;

/// How long a body may take, however little comes.
const GRACE: Duration = Duration::from_secs(15);
/// The bytes that must have come for each second beyond that.
const RATE: u64 = 1 << 10;
/// How long a body may take, however much comes.
const LONGEST: Duration = Duration::from_secs(600);

/// Whether a request's body came too slowly.
#[derive(Debug, Clone, Default)]
pub struct Pace(Arc<AtomicBool>);

impl Pace {
    /// That of a request.
    pub fn of(request: &Request) -> Self {
        request
            .extensions()
            .get()
            .map_or_else(Self::default, Self::clone)
    }

    /// What is answered, where it came too slowly. The agent tries that again.
    pub fn refusal(&self) -> Option<ApiError> {
        self.0.load(Ordering::Relaxed).then(|| {
            ApiError::new(ErrorCode::Unavailable, "the body came too slowly")
                .hint("send at least 1 KiB per second, and all of it within 10 minutes")
        })
    }
}

/// A body that is read, and what has come of it.
struct Reading {
    body: BodyDataStream,
    begun: Instant,
    bytes: u64,
    grace: Duration,
    pace: Pace,
}

impl Reading {
    /// The next piece.
    async fn next(&mut self) -> Option<Result<Bytes, axum::Error>> {
        let until = self.begun + time_for(self.bytes, self.grace);
        let Ok(piece) = timeout_at(until, self.body.next()).await else {
            self.pace.0.store(true, Ordering::Relaxed);
            return Some(Err(axum::Error::new("the body came too slowly")));
        };
        let length = piece.as_ref()?.as_ref().map_or(0, Bytes::len);
        self.bytes += u64::try_from(length).unwrap_or(u64::MAX);
        piece
    }
}

/// How long a body may take of which so many bytes have come.
fn time_for(bytes: u64, grace: Duration) -> Duration {
    (grace + Duration::from_secs(bytes / RATE)).min(LONGEST)
}

/// Holds the body of a request to the pace.
pub async fn paced(request: Request) -> Request {
    paced_by(GRACE, request)
}

fn paced_by(grace: Duration, mut request: Request) -> Request {
    if request.body().is_end_stream() {
        return request;
    }
    let pace = Pace::default();
    request.extensions_mut().insert(pace.clone());
    request.map(|body| {
        let reading = Reading {
            body: body.into_data_stream(),
            begun: Instant::now(),
            bytes: 0,
            grace,
            pace,
        };
        let pieces = stream::unfold(reading, |mut reading| async {
            let piece = reading.next().await?;
            Some((piece, reading))
        });
        // What unpacks a body looks behind its end.
        Body::from_stream(pieces.fuse())
    })
}

#[cfg(test)]
mod tests {
    use axum::extract::FromRequest;

    use super::*;
    use crate::extract;

    /// What becomes of a JSON text of which these pieces come, and then nothing more or the end.
    async fn read(pieces: &'static [&'static str], ends: bool) -> Result<(), ErrorCode> {
        let pieces = stream::iter(pieces).map(|piece| Ok::<_, axum::Error>(Bytes::from(*piece)));
        let body = match ends {
            true => Body::from_stream(pieces),
            false => Body::from_stream(pieces.chain(stream::pending())),
        };
        let request = paced_by(Duration::from_millis(20), Request::new(body));
        let body = extract::Body::<serde_json::Value>::from_request(request, &());
        body.await.map(|_| ()).map_err(|error| error.0.code)
    }

    #[tokio::test]
    async fn a_body_that_stops_coming_is_not_waited_for() {
        assert_eq!(read(&["{", "}"], false).await, Err(ErrorCode::Unavailable));
        assert_eq!(read(&["{", "}"], true).await, Ok(()));
        assert_eq!(
            read(&["{", "]"], true).await,
            Err(ErrorCode::InvalidRequest)
        );
    }

    #[test]
    fn a_slow_link_may_take_its_time_and_one_that_drips_may_not() {
        let seconds = |bytes| time_for(bytes, GRACE).as_secs();
        assert_eq!([0, 15, 1 << 20, 64 << 20].map(seconds), [15, 15, 600, 600]);
        assert_eq!(seconds(100 << 10), 115);
    }
}
