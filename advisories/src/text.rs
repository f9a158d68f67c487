//! Short texts of foreign documents.

use std::io::{self, Read};

use model::{bounds, text};
use serde_json::value::RawValue;

/// A text that isn't empty and isn't longer than `most` bytes, without the space around it.
pub(crate) fn short(raw: Option<&RawValue>, most: usize) -> Option<String> {
    let text: String = serde_json::from_str(raw?.get()).ok()?;
    let text = text::without_nul(text);
    let trimmed = text.trim();
    let is_one = !trimmed.is_empty() && trimmed.len() <= most;
    is_one.then(|| trimmed.to_owned())
}

/// A whole document, within its bound.
pub(crate) fn document(input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(bounds::STATEMENTS + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > bounds::STATEMENTS {
        true => Err(io::Error::other("it is too long")),
        false => Ok(bytes),
    }
}
