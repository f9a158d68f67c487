//! An NDJSON answer, read a line at a time.

use std::{collections::VecDeque, marker::PhantomData};

use proto_types::{
    AffectedRequest, AffectedResult, Endpoint, ErrorBody, ExposureRequest, FindRequest, FindResult,
    HostExposure,
};
use reqwest::Response;
use serde::de::DeserializeOwned;

use crate::{
    answer,
    bounds::LINE,
    client::Client,
    error::{ClientError, Result},
    server::ServerAddress,
};

/// How NDJSON calls itself.
const NDJSON: &str = "application/x-ndjson";

/// The values of an NDJSON answer, in the order in which they arrive.
///
/// A server that fails in the middle says so in a last line, an error body, which becomes the
/// error here; an answer that breaks off is an error too, so no cut is silent.
pub struct Lines<T> {
    response: Response,
    server: ServerAddress,
    rest: Vec<u8>,
    ready: VecDeque<Vec<u8>>,
    of: PhantomData<T>,
}

impl Client {
    /// Asks `find` for every result, and yields them as they arrive.
    ///
    /// # Errors
    /// As [`Client::send`]; an error in the middle of the answer ends the lines.
    pub async fn find_each(&self, request: &FindRequest) -> Result<Lines<FindResult>> {
        self.each(request).await
    }

    /// Asks `affected` for every result, and yields them as they arrive.
    ///
    /// # Errors
    /// As [`Client::find_each`].
    pub async fn affected_each(&self, request: &AffectedRequest) -> Result<Lines<AffectedResult>> {
        self.each(request).await
    }

    /// The same of hosts and how long they were exposed to what advisories speak of.
    ///
    /// # Errors
    /// As [`Client::find_each`].
    pub async fn exposure_each(&self, request: &ExposureRequest) -> Result<Lines<HostExposure>> {
        self.each(request).await
    }

    async fn each<T: DeserializeOwned>(&self, request: &impl Endpoint) -> Result<Lines<T>> {
        let response = self.call(request, NDJSON).await?;
        Ok(Lines::new(response, self.server().clone()))
    }
}

impl<T: DeserializeOwned> Lines<T> {
    const fn new(response: Response, server: ServerAddress) -> Self {
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
            match answer::piece(&mut self.response, &self.server).await? {
                Some(bytes) => self.split(bytes.as_ref())?,
                None if self.rest.is_empty() => return Ok(None),
                None => self.ready.push_back(std::mem::take(&mut self.rest)),
            }
        }
    }

    fn split(&mut self, bytes: &[u8]) -> Result<()> {
        let mut pieces = bytes.split(|byte| *byte == b'\n');
        self.rest
            .extend_from_slice(pieces.next().unwrap_or_default());
        for piece in pieces {
            self.ready
                .push_back(std::mem::replace(&mut self.rest, piece.to_vec()));
        }
        if self.rest.len() > LINE {
            return Err(ClientError::too_large(
                &self.server,
                "a line of the answer",
                LINE,
            ));
        }
        Ok(())
    }

    fn parse(&self, line: &[u8]) -> Result<T> {
        serde_json::from_slice(line).map_err(|error| {
            match serde_json::from_slice::<ErrorBody>(line) {
                Ok(body) => ClientError::within(body, self.response.headers()),
                Err(_) => ClientError::unreadable(&self.server, &error),
            }
        })
    }
}
