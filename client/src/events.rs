//! Server-sent events, as far as `changes` uses them: read an event at a time, and gone on with
//! behind the last one after a break.

use std::{collections::VecDeque, mem};

use proto_types::{Change, ErrorBody, ListChanges, Timestamp};
use reqwest::{Response, header};

use crate::{
    client::Client,
    error::{ClientError, Result},
};

/// How server-sent events call themselves.
const EVENTS: &str = "text/event-stream";

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
        let response = self.open_changes(&request).await?;
        Ok(Changes::new(self, request, response))
    }

    /// Connects to the stream of changes; the request's cursor travels as `Last-Event-ID`.
    async fn open_changes(&self, request: &ListChanges) -> Result<Response> {
        let (last, request) = (
            request.cursor.clone(),
            ListChanges {
                cursor: None,
                ..request.clone()
            },
        );
        let mut prepared = self.prepare(&request)?;
        if let Some(last) = last {
            prepared = prepared.header("last-event-id", last);
        }
        self.answer(&request, prepared.header(header::ACCEPT, EVENTS))
            .await
    }
}

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

impl<'c> Changes<'c> {
    pub(crate) fn new(client: &'c Client, request: ListChanges, response: Response) -> Self {
        Self {
            client,
            request,
            response: Some(response),
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
            match response.chunk().await {
                Ok(Some(bytes)) => self.take(&bytes),
                Ok(None) => {
                    let server = self.client.server().to_string();
                    return Err(self.broken(ClientError::Ended { server }));
                }
                Err(source) => {
                    let error = ClientError::unreachable(self.client.server(), source);
                    return Err(self.broken(error));
                }
            }
        }
    }

    async fn connect(&mut self) -> Result<()> {
        self.response = Some(self.client.open_changes(&self.request).await?);
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
                    let error = ClientError::unreadable(self.client.server(), &reason);
                    self.failure = Some(error);
                    return;
                }
            }
            if let Some(id) = event.id {
                self.request.cursor = Some(id);
                self.ready.extend(self.unmarked.drain(..));
            }
        }
    }

    fn refusal(&self, data: &str) -> ClientError {
        match serde_json::from_str::<ErrorBody>(data) {
            Ok(body) => ClientError::Refused {
                status: body.error.code.status(),
                detail: body.error,
                retry_after: None,
            },
            Err(reason) => ClientError::unreadable(self.client.server(), &reason),
        }
    }
}

/// One event.
#[derive(Debug, Default, PartialEq, Eq)]
struct Event {
    name: String,
    data: String,
    id: Option<String>,
}

/// Bytes to events, as the HTML standard describes the format.
#[derive(Default)]
struct Parser {
    rest: Vec<u8>,
    event: Event,
    has_data: bool,
}

impl Parser {
    /// Takes bytes, wherever they were cut, and answers the events that they end.
    fn push(&mut self, bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        self.rest.extend_from_slice(bytes);
        let mut lines = mem::take(&mut self.rest);
        // A carriage return alone ends no line here: no server of ours sends one.
        let end = lines.iter().rposition(|byte| *byte == b'\n');
        self.rest = lines.split_off(end.map_or(0, |end| end + 1));
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            let line = String::from_utf8_lossy(line);
            events.extend(self.line(line.trim_end_matches(['\n', '\r'])));
        }
        events
    }

    fn line(&mut self, line: &str) -> Option<Event> {
        if line.is_empty() {
            let event = mem::take(&mut self.event);
            return mem::take(&mut self.has_data).then_some(event);
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event.name),
            "id" => self.event.id = Some(value.to_owned()),
            "data" => {
                if mem::replace(&mut self.has_data, true) {
                    self.event.data.push('\n');
                }
                self.event.data.push_str(value);
            }
            // A comment keeps the connection alive, and unknown fields are to be passed over.
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, Parser};

    const STREAM: &str = ": hello\n\nevent: started\ndata: {\"a\":\ndata: 1}\nid: 7\n\n\
                          event: stopped\r\ndata:{}\r\n\r\nretry: 5\n\ndata: cut";

    fn events() -> Vec<Event> {
        let event = |name: &str, data: &str, id: Option<&str>| Event {
            name: name.to_owned(),
            data: data.to_owned(),
            id: id.map(str::to_owned),
        };
        vec![
            event("started", "{\"a\":\n1}", Some("7")),
            event("stopped", "{}", None),
        ]
    }

    #[test]
    fn events_are_read_wherever_the_bytes_are_cut() {
        for size in [1, 2, 3, 7, 1000] {
            let mut parser = Parser::default();
            let pieces = STREAM.as_bytes().chunks(size);
            let read: Vec<Event> = pieces.flat_map(|piece| parser.push(piece)).collect();
            assert_eq!(read, events(), "in pieces of {size}");
        }
    }
}
