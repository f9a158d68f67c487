//! A body as it comes, packed or not, and what is read of it: no more than its route takes, and a
//! large one never unpacked as a whole.

use std::{
    io::{self, BufReader, ErrorKind, Read},
    sync::Arc,
};

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, header},
};
use flate2::read::MultiGzDecoder;
use futures_util::StreamExt;
use serde::de::DeserializeOwned;

use super::{
    json,
    pace::Pace,
    refusals::{broken, too_large, unknown_packing},
    room::{Room, SMALL, Taken},
};
use crate::error::ApiError;

/// Bytes that are read at once where they came, since nobody waits long for that.
const FEW: usize = 64 << 10;

/// The bound on the bodies of a route, in bytes, packed and unpacked, and the room for large ones.
#[derive(Clone)]
pub struct Bound {
    /// The bytes.
    pub bytes: usize,
    /// The room.
    pub room: Arc<Room>,
}

/// A body that has come.
pub(super) struct Packed {
    bytes: Vec<u8>,
    is_packed: bool,
    bound: usize,
    room: Taken,
}

impl Packed {
    /// Reads the body of a request.
    pub(super) async fn collect(request: Request, bound: &Bound) -> Result<Self, ApiError> {
        let pace = Pace::of(&request);
        let mut packed = Self {
            bytes: Vec::new(),
            is_packed: is_packed(request.headers())?,
            bound: bound.bytes,
            room: Taken::default(),
        };
        let said = length(request.headers());
        let body = request.into_body();
        if said > bound.bytes {
            return Err(too_large());
        }
        // All of it at once: bodies that wait for the rest of their room would wait for each other.
        packed.room.grow(&bound.room, said).await?;
        packed.fill(body, &pace, &bound.room).await?;
        Ok(packed)
    }

    async fn fill(&mut self, body: Body, pace: &Pace, room: &Room) -> Result<(), ApiError> {
        let mut pieces = body.into_data_stream();
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|error| pace.refusal().unwrap_or_else(|| broken(&error)))?;
            let length = self.bytes.len() + piece.len();
            if length > self.bound {
                return Err(too_large());
            }
            self.room.grow(room, length).await?;
            self.bytes.extend_from_slice(&piece);
        }
        Ok(())
    }

    /// Whether nobody waits long while it is read.
    pub(super) const fn is_little(&self) -> bool {
        !self.is_packed && self.bytes.len() <= FEW
    }

    /// Reads what it says, unless it is large.
    pub(super) fn read_small<T: DeserializeOwned>(&self) -> Option<Result<T, ApiError>> {
        if !self.is_packed {
            return (self.bytes.len() <= SMALL).then(|| json::slice(&self.bytes));
        }
        let mut small = Vec::new();
        let most = (SMALL + 1) as u64;
        match self.unpacked().take(most).read_to_end(&mut small) {
            Ok(length) if length > SMALL => None,
            Ok(_) => Some(json::slice(&small)),
            Err(error) => Some(Err(refusal(&error))),
        }
    }

    /// Reads what it says, as it is unpacked.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        match self.is_packed {
            true => json::stream(|| BufReader::new(self.unpacked())),
            false => json::slice(&self.bytes),
        }
    }

    fn unpacked(&self) -> Unpacked<'_> {
        Unpacked {
            from: MultiGzDecoder::new(&self.bytes),
            left: self.bound,
        }
    }
}

/// Whether a body is packed, as its request says.
pub(super) fn is_packed(headers: &HeaderMap) -> Result<bool, ApiError> {
    match headers.get(header::CONTENT_ENCODING) {
        None => Ok(false),
        Some(value) if value == "identity" => Ok(false),
        Some(value) if value == "gzip" => Ok(true),
        Some(_) => Err(unknown_packing()),
    }
}

/// How long a body is by its head; 0 where that says nothing.
fn length(headers: &HeaderMap) -> usize {
    let said = headers.get(header::CONTENT_LENGTH);
    let said = said.and_then(|said| said.to_str().ok());
    said.and_then(|said| said.parse().ok()).unwrap_or_default()
}

fn refusal(error: &io::Error) -> ApiError {
    match error.kind() {
        ErrorKind::FileTooLarge => too_large(),
        _ => broken(error),
    }
}

/// What a packed body unpacks to, up to its bound.
struct Unpacked<'b> {
    from: MultiGzDecoder<&'b [u8]>,
    left: usize,
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return match self.from.read(&mut [0])? {
                0 => Ok(0),
                _ => Err(ErrorKind::FileTooLarge.into()),
            };
        }
        let most = buffer.len().min(self.left);
        let read = self.from.read(&mut buffer[..most])?;
        self.left -= read;
        Ok(read)
    }
}
