//! A seat is held until its answer has been sent: what nobody reads stays in memory as long. A place for work
//! is held until the answer is made.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::Request,
    http::Extensions,
    middleware::Next,
    response::Response,
};
use http_body::{Frame, SizeHint};

use super::Seat;

/// So many bytes are given to the connection at once: once it has them all, the answer counts as sent.
const PIECE: usize = 64 << 10;

/// Where a request's seats are put.
#[derive(Debug, Clone, Default)]
pub struct Slot(Arc<Mutex<Seats>>);

/// A request's seats.
#[derive(Debug, Default)]
struct Seats {
    until_made: Vec<Seat>,
    until_sent: Vec<Seat>,
}

impl Slot {
    /// That of a request.
    #[must_use]
    pub fn of(extensions: &Extensions) -> Self {
        extensions.get().cloned().unwrap_or_default()
    }

    /// Keeps a seat until the answer has been sent, as that of the request's token.
    pub fn keep_until_sent(&self, seat: Seat) {
        self.lock().until_sent.push(seat);
    }

    /// Keeps a seat until the answer is made: whoever is slow to read it keeps nobody else from it.
    pub fn keep_until_made(&self, seat: Seat) {
        self.lock().until_made.push(seat);
    }

    fn lock(&self) -> MutexGuard<'_, Seats> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers a request, and holds its seat until the answer has been sent. A stream takes one for
/// each of its pieces instead.
pub async fn until_answered(mut request: Request, next: Next) -> Response {
    let slot = Slot::default();
    request.extensions_mut().insert(slot.clone());
    let response = next.run(request).await;
    let Seats { until_sent, .. } = std::mem::take(&mut *slot.lock());
    if until_sent.is_empty() || response.body().size_hint().exact().is_none() {
        return response;
    }
    response.map(|body| {
        Body::new(Held {
            body,
            ready: Bytes::new(),
            _seats: until_sent,
        })
    })
}

/// An answer with a seat.
struct Held {
    body: Body,
    /// What has come of the body and not been given on.
    ready: Bytes,
    _seats: Vec<Seat>,
}

impl HttpBody for Held {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.ready.is_empty() {
            let frame = std::task::ready!(Pin::new(&mut self.body).poll_frame(cx));
            match frame.map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(data))) => self.ready = data,
                Some(Ok(Err(other))) => return Poll::Ready(Some(Ok(other))),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
        let length = self.ready.len().min(PIECE);
        Poll::Ready(Some(Ok(Frame::data(self.ready.split_to(length)))))
    }

    fn is_end_stream(&self) -> bool {
        self.ready.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let behind = self.body.size_hint().exact().unwrap_or_default();
        SizeHint::with_exact(behind + self.ready.len() as u64)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use axum::body::to_bytes;

    use axum::{Router, middleware};
    use tower::ServiceExt;

    use super::*;
    use crate::{limits::seats, store::secret::SecretHash};

    #[tokio::test]
    async fn a_large_answer_holds_its_seat_until_all_of_it_was_sent() {
        let (seats, token) = (seats::Seats::new(1), SecretHash::of("one"));
        let text: Vec<u8> = (0..3 * PIECE as u32 / 4)
            .flat_map(u32::to_le_bytes)
            .collect();
        let held = |seat| Held {
            body: Body::from(text.clone()),
            ready: Bytes::new(),
            _seats: vec![seat],
        };
        let whole = to_bytes(Body::new(held(seats.take(token).unwrap())), usize::MAX);
        assert_eq!(whole.await.unwrap(), text);
        let mut body = Body::new(held(seats.take(token).unwrap()));
        for left in (0..3_u64).rev() {
            assert!(seats.take(token).is_none());
            assert_eq!(body.size_hint().exact(), Some((left + 1) * PIECE as u64));
            let poll = std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx));
            let frame = poll.await.unwrap().unwrap();
            assert_eq!(frame.data_ref().unwrap().len(), PIECE);
        }
        assert!(body.is_end_stream());
        drop(body);
        assert!(seats.take(token).is_some());
    }

    #[tokio::test]
    async fn a_place_for_work_is_free_once_the_answer_is_made_though_nobody_reads_it() {
        let seats = Arc::new(seats::Seats::new(1));
        let (token, work) = (SecretHash::of("token"), SecretHash::of("work"));
        let taken = Arc::clone(&seats);
        let handler = async move |request: Request| {
            let slot = Slot::of(request.extensions());
            slot.keep_until_sent(taken.take(token).unwrap());
            slot.keep_until_made(taken.take(work).unwrap());
            vec![b' '; 3 * PIECE]
        };
        let app = Router::new()
            .fallback(handler)
            .layer(middleware::from_fn(until_answered));
        let answer = app.oneshot(Request::new(Body::empty())).await.unwrap();
        assert!(seats.take(work).is_some());
        assert!(seats.take(token).is_none());
        drop(answer);
        assert!(seats.take(token).is_some());
    }
}
