//! A body that is read while it comes, whatever its length: no more of it is in memory than a few
//! pieces.

use std::io::{self, Read};

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request},
};
use flate2::read::MultiGzDecoder;
use futures_util::StreamExt;
use tokio::sync::mpsc;

use super::packed::is_packed;
use crate::error::{ApiError, ApiResult};

/// Pieces that wait to be read.
const WAITING: usize = 8;

/// The body, packed or not.
pub struct Upload {
    body: Body,
    is_packed: bool,
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> ApiResult<Self> {
        Ok(Self {
            is_packed: is_packed(request.headers())?,
            body: request.into_body(),
        })
    }
}

impl Upload {
    /// What it says, unpacked, for a thread that may wait for it. Where it breaks off, reading fails.
    #[must_use]
    pub fn into_reader(self) -> Box<dyn Read + Send> {
        let (to, from) = mpsc::channel(WAITING);
        tokio::spawn(async move {
            let mut pieces = self.body.into_data_stream();
            while let Some(piece) = pieces.next().await {
                let piece = piece.map_err(io::Error::other);
                let ends = piece.is_err();
                // Nobody reads any more, or there is no more to read.
                if to.send(piece).await.is_err() || ends {
                    return;
                }
            }
        });
        let pieces = Pieces {
            from,
            piece: Bytes::new(),
        };
        match self.is_packed {
            true => Box::new(MultiGzDecoder::new(pieces)),
            false => Box::new(pieces),
        }
    }
}

/// The pieces of a body as they come.
struct Pieces {
    from: mpsc::Receiver<io::Result<Bytes>>,
    piece: Bytes,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            match self.from.blocking_recv() {
                Some(piece) => self.piece = piece?,
                None => return Ok(0),
            }
        }
        let length = buffer.len().min(self.piece.len());
        buffer[..length].copy_from_slice(&self.piece.split_to(length));
        Ok(length)
    }
}
