//! A connection that is closed where the client takes in nothing of what it is sent.

use std::{
    io::{self, ErrorKind, IoSlice},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    sync::OwnedSemaphorePermit,
    time::{Sleep, sleep},
};

use super::bounds::TAKES_NOTHING;

/// A connection, its place among those that may be open, and how long it has been stuck.
pub struct Watched<S> {
    stream: S,
    stuck: Option<Pin<Box<Sleep>>>,
    /// How long it may be stuck.
    patience: Duration,
    _permit: OwnedSemaphorePermit,
}

impl<S> Watched<S> {
    /// Watches over a connection that has a place.
    pub const fn new(stream: S, permit: OwnedSemaphorePermit) -> Self {
        Self {
            stream,
            stuck: None,
            patience: TAKES_NOTHING,
            _permit: permit,
        }
    }

    /// What came of writing, unless nothing has come of it for long.
    fn written<T>(
        &mut self,
        cx: &mut Context<'_>,
        outcome: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            self.stuck = None;
            return outcome;
        }
        let stuck = self
            .stuck
            .get_or_insert_with(|| Box::pin(sleep(self.patience)));
        ready!(stuck.as_mut().poll(cx));
        Poll::Ready(Err(ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.written(cx, outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(cx, pieces);
        self.written(cx, outcome)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_flush(cx);
        self.written(cx, outcome)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.written(cx, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::sync::Arc;

    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex},
        sync::Semaphore,
    };

    use super::*;

    /// Both ends of a connection that takes 16 bytes before somebody reads.
    fn connection() -> (Watched<DuplexStream>, DuplexStream) {
        let permit = Arc::new(Semaphore::new(1)).try_acquire_owned().unwrap();
        let (server, client) = duplex(16);
        let patience = Duration::from_millis(300);
        let watched = Watched::new(server, permit);
        (
            Watched {
                patience,
                ..watched
            },
            client,
        )
    }

    #[tokio::test]
    async fn a_client_that_takes_in_nothing_is_not_waited_for() {
        let (mut watched, client) = connection();
        let stuck = watched.write_all(&[0; 64]).await.unwrap_err();
        assert_eq!(stuck.kind(), ErrorKind::TimedOut);
        drop(client);
    }

    #[tokio::test]
    async fn a_client_that_takes_in_little_is_waited_for() {
        let (mut watched, mut client) = connection();
        let reads = tokio::spawn(async move {
            let (mut taken, mut byte) = (0, [0]);
            while client.read(&mut byte).await.unwrap() > 0 {
                taken += 1;
                sleep(Duration::from_millis(10)).await;
            }
            taken
        });
        // All of it takes longer than it may be stuck.
        watched.write_all(&[0; 64]).await.unwrap();
        drop(watched);
        assert_eq!(reads.await.unwrap(), 64);
    }
}
