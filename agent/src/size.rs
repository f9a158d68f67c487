//! How much room something takes in the body of a request.

use std::io::{self, Write};

use serde::Serialize;

/// The bytes that `value` takes in a list, with the comma after it; none where it is no JSON.
pub(crate) fn in_list(value: &impl Serialize) -> Option<usize> {
    let mut counter = Counter(1);
    serde_json::to_writer(&mut counter, value).ok()?;
    Some(counter.0)
}

/// Counts what is written.
struct Counter(usize);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
