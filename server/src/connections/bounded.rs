//! Accepting no more connections than there may be: one too many is closed at once.

use std::{
    io::{self, ErrorKind},
    pin::Pin,
    sync::Arc,
};

use axum_server::accept::Accept;
use tokio::sync::Semaphore;

use super::{trouble::Trouble, watched::Watched};

/// An acceptor that accepts so many connections and watches over them.
#[derive(Clone)]
pub struct Bounded<A> {
    inner: A,
    room: Arc<Semaphore>,
    most: usize,
    trouble: Arc<Trouble>,
}

impl<A> Bounded<A> {
    /// Lets an acceptor have so many connections at once.
    #[must_use]
    pub fn new(inner: A, most: usize) -> Self {
        Self {
            inner,
            room: Arc::new(Semaphore::new(most)),
            most,
            trouble: Arc::default(),
        }
    }
}

impl<A, I, S> Accept<I, S> for Bounded<A>
where
    A: Accept<I, S, Future: Send + 'static, Stream: Send, Service: Send>,
{
    type Stream = Watched<A::Stream>;
    type Service = A::Service;
    type Future = Pin<Box<dyn Future<Output = io::Result<(Self::Stream, Self::Service)>> + Send>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        let Ok(permit) = Arc::clone(&self.room).try_acquire_owned() else {
            self.trouble.full(self.most);
            drop(stream);
            return Box::pin(async { Err(ErrorKind::ConnectionRefused.into()) });
        };
        let accepted = self.inner.accept(stream, service);
        Box::pin(async move {
            let (stream, service) = accepted.await?;
            Ok((Watched::new(stream, permit), service))
        })
    }
}
