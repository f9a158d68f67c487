//! An NDJSON answer, read a line at a time.

use std::{collections::VecDeque, marker::PhantomData};

use proto_types::ErrorBody;
use reqwest::Response;
use serde::de::DeserializeOwned;

use crate::error::{ClientError, Result};

/// The values of an NDJSON answer, in the order in which they arrive.
///
/// A server that fails in the middle says so in a last line, an error body, which becomes the
/// error here; an answer that breaks off is an error too, so no cut is silent.
pub struct Lines<T> {
    response: Response,
    server: String,
    rest: Vec<u8>,
    ready: VecDeque<Vec<u8>>,
    of: PhantomData<T>,
}

impl<T: DeserializeOwned> Lines<T> {
    pub(crate) fn new(response: Response, server: String) -> Self {
        Self {
            response,
            server,
            rest: Vec::new(),
            ready: VecDeque::new(),
            of: PhantomData,
        }
    }

    /// The next value, or `None` at the answer's end.
    ///
    /// # Errors
    /// [`ClientError`]: the answer broke off, can't be read, or ends with the server's error.
    pub async fn next(&mut self) -> Result<Option<T>> {
        loop {
            if let Some(line) = self.ready.pop_front() {
                return self.parse(&line).map(Some);
            }
            let chunk = self.response.chunk().await;
            match chunk.map_err(|source| ClientError::Unreachable {
                server: self.server.clone(),
                source: source.without_url(),
            })? {
                Some(bytes) => self.split(&bytes),
                None if self.rest.is_empty() => return Ok(None),
                None => self.ready.push_back(std::mem::take(&mut self.rest)),
            }
        }
    }

    fn split(&mut self, bytes: &[u8]) {
        let mut pieces = bytes.split(|byte| *byte == b'\n');
        self.rest
            .extend_from_slice(pieces.next().unwrap_or_default());
        for piece in pieces {
            self.ready
                .push_back(std::mem::replace(&mut self.rest, piece.to_vec()));
        }
    }

    fn parse(&self, line: &[u8]) -> Result<T> {
        serde_json::from_slice(line).map_err(|error| {
            match serde_json::from_slice::<ErrorBody>(line) {
                Ok(body) => ClientError::Refused {
                    status: body.error.code.status(),
                    detail: body.error,
                    retry_after: None,
                },
                Err(_) => ClientError::Unreadable {
                    server: self.server.clone(),
                    reason: error.to_string(),
                },
            }
        })
    }
}
