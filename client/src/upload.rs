//! A request whose body is sent while it is made, whatever its length.

use std::{io, time::Duration};

use futures_util::stream;
use proto_types::Endpoint;
use reqwest::{Body, header};
use tokio::sync::mpsc;

use crate::{
    answer,
    client::{Client, Prepared},
    error::Result,
};

/// Pieces that wait to be sent.
const WAITING: usize = 8;

/// Where the pieces of a body go. Dropping it ends the body.
#[derive(Debug, Clone)]
pub struct Pieces(mpsc::Sender<io::Result<Vec<u8>>>);

/// Nobody takes pieces any more: the server has answered, or is gone.
#[derive(Debug, Clone, Copy)]
pub struct Ended;

impl Pieces {
    /// Sends a piece, and waits while too many others wait. For a thread that may do so.
    ///
    /// # Errors
    /// [`Ended`]: what the request's answer says is why.
    pub fn send(&self, piece: Vec<u8>) -> std::result::Result<(), Ended> {
        self.0.blocking_send(Ok(piece)).map_err(|_| Ended)
    }

    /// Breaks the body off, so that the server doesn't take it for a whole one.
    pub fn break_off(self) {
        let broken = io::Error::other("the body was broken off");
        let _ = self.0.blocking_send(Err(broken));
    }
}

/// A body that is made elsewhere, and where its pieces go.
#[must_use]
pub fn upload() -> (Pieces, UploadBody) {
    let (to, from) = mpsc::channel(WAITING);
    (Pieces(to), UploadBody(from))
}

/// A body whose pieces come from elsewhere.
#[derive(Debug)]
pub struct UploadBody(mpsc::Receiver<io::Result<Vec<u8>>>);

impl Client {
    /// Sends a request with this body, and waits for its answer for as long as `patience`, which counts from the
    /// first piece on.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn upload<E: Endpoint>(
        &self,
        request: &E,
        UploadBody(from): UploadBody,
        patience: Duration,
    ) -> Result<E::Response> {
        let pieces = stream::unfold(from, async |mut from| {
            let piece = from.recv().await?;
            Some((piece, from))
        });
        let media_type = E::UPLOAD.map_or("application/octet-stream", |upload| upload.media_type);
        let prepared = self.prepare(request)?;
        let prepared = Prepared {
            request: prepared
                .request
                .header(header::CONTENT_TYPE, media_type)
                // A server that refuses what it hasn't read to its end closes the connection: the next
                // request must not be lost with it.
                .header(header::CONNECTION, "close")
                .body(Body::wrap_stream(pieces)),
            ..prepared
        };
        let response = self.answer_within(prepared, "application/json", patience);
        answer::whole(response.await?, self.server(), self.bounds().size).await
    }
}
