//! Server-sent events, as far as `changes` uses them: read an event at a time, and gone on with
//! behind the last one after a break.

mod parser;

use std::collections::VecDeque;

use proto_types::{Change, ErrorBody, ListChanges, Timestamp};
use reqwest::{Response, header::HeaderMap};

use self::parser::Parser;
use crate::{
    answer,
    bounds::{LINE, UNMARKED},
    client::Client,
    error::{ClientError, Result},
};

/// How server-sent events call themselves.
const EVENTS: &str = "text/event-stream";

/// What changes, as it changes: each change once, across breaks of the connection too.
///
/// The server marks where a page of changes ends. What came before the mark is handed out only
/// once the mark is there: after a break in the middle of a page, the page comes again.
pub struct Changes<'c> {
    client: &'c Client,
    request: ListChanges,
    response: Option<Response>,
    parser: Parser,
    unmarked: Vec<Change>,
    ready: VecDeque<Change>,
    /// What comes behind everything that is ready.
    failure: Option<ClientError>,
}

impl Client {
    /// Follows what changes from a moment on, on one host or on all.
    ///
    /// # Errors
    /// As [`Client::send`]; see [`Changes::next`] for what happens later.
    pub async fn follow_changes(
        &self,
        since: Timestamp,
        host: Option<String>,
    ) -> Result<Changes<'_>> {
        let request = ListChanges {
            since: Some(since),
            host,
            ..ListChanges::default()
        };
        let mut changes = Changes::new(self, request);
        changes.connect().await?;
        Ok(changes)
    }
}

impl<'c> Changes<'c> {
    fn new(client: &'c Client, request: ListChanges) -> Self {
        Self {
            client,
            request,
            response: None,
            parser: Parser::default(),
            unmarked: Vec::new(),
            ready: VecDeque::new(),
            failure: None,
        }
    }

    /// The next change. After an error that [`ClientError::is_transient`], the next call connects
    /// anew and goes on behind the last change; whether and when is the caller's to say.
    ///
    /// # Errors
    /// [`ClientError`]: the stream broke off, can't be read, or ends with the server's error.
    pub async fn next(&mut self) -> Result<Change> {
        loop {
            if let Some(change) = self.ready.pop_front() {
                return Ok(change);
            }
            if let Some(error) = self.failure.take() {
                return Err(self.broken(error));
            }
            let Some(response) = &mut self.response else {
                self.connect().await?;
                continue;
            };
            match answer::piece(response, self.client.server()).await {
                Ok(Some(bytes)) => self.take(bytes.as_ref()),
                Ok(None) => {
                    let server = self.client.server().to_string();
                    return Err(self.broken(ClientError::Ended { server }));
                }
                Err(error) => return Err(self.broken(error)),
            }
        }
    }

    /// Connects; the request's cursor travels as `Last-Event-ID`.
    async fn connect(&mut self) -> Result<()> {
        let mut request = self.request.clone();
        let last = request.cursor.take();
        let mut prepared = self.client.prepare(&request)?;
        if let Some(last) = last {
            prepared.request = prepared.request.header("last-event-id", last);
        }
        self.response = Some(self.client.answer(prepared, EVENTS).await?);
        Ok(())
    }

    fn broken(&mut self, error: ClientError) -> ClientError {
        self.response = None;
        self.parser = Parser::default();
        self.unmarked.clear();
        error
    }

    /// Takes in what arrived, up to the first event that can't be taken.
    fn take(&mut self, bytes: &[u8]) {
        for event in self.parser.push(bytes) {
            if event.name == "error" {
                self.failure = Some(self.refusal(&event.data));
                return;
            }
            match serde_json::from_str(&event.data) {
                Ok(change) => self.unmarked.push(change),
                Err(reason) => {
                    self.failure = Some(ClientError::unreadable(self.client.server(), &reason));
                    return;
                }
            }
            if let Some(id) = event.id {
                self.request.cursor = Some(id);
                self.ready.extend(self.unmarked.drain(..));
            }
        }
        if self.parser.held() > LINE || self.unmarked.len() > UNMARKED {
            let error = ClientError::too_large(self.client.server(), "an event or a page", LINE);
            self.failure = Some(error);
        }
    }

    fn refusal(&self, data: &str) -> ClientError {
        let none = HeaderMap::new();
        let answer = self.response.as_ref().map_or(&none, Response::headers);
        match serde_json::from_str::<ErrorBody>(data) {
            Ok(body) => ClientError::within(body, answer),
            Err(reason) => ClientError::unreadable(self.client.server(), &reason),
        }
    }
}
