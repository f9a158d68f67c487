//! Server-sent events: bytes in, events out.

use std::mem;

/// One event.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Event {
    /// What kind of event it is; empty where it doesn't say.
    pub(super) name: String,
    /// What it says.
    pub(super) data: String,
    /// Where to go on behind it.
    pub(super) id: Option<String>,
}

/// Bytes to events, as the HTML standard describes the format.
#[derive(Default)]
pub(super) struct Parser {
    rest: Vec<u8>,
    event: Event,
    has_data: bool,
}

impl Parser {
    /// Takes bytes, wherever they were cut, and answers the events that they end.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        // Only what is new is searched: a line without an end would be searched again and again.
        // A carriage return alone ends no line here: no server of ours sends one.
        let Some(end) = bytes.iter().rposition(|byte| *byte == b'\n') else {
            self.rest.extend_from_slice(bytes);
            return events;
        };
        let (ended, rest) = bytes.split_at(end + 1);
        let mut lines = mem::replace(&mut self.rest, rest.to_vec());
        lines.extend_from_slice(ended);
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            let line = String::from_utf8_lossy(line);
            events.extend(self.line(line.trim_end_matches(['\n', '\r'])));
        }
        events
    }

    /// How many bytes wait for the end of their event.
    pub(super) const fn held(&self) -> usize {
        self.rest.len() + self.event.data.len()
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
