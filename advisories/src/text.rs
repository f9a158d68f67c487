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
    Bounded::new(input).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A document that is an error where it goes on behind its bound, and doesn't end there.
pub(crate) struct Bounded<R> {
    input: R,
    left: u64,
}

impl<R> Bounded<R> {
    pub(crate) fn new(input: R) -> Self {
        Self {
            input,
            left: bounds::STATEMENTS,
        }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        let left = self.left.checked_sub(read as u64);
        self.left = left.ok_or_else(|| io::Error::other("it is too long"))?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_goes_on_behind_its_bound_is_an_error_and_is_not_cut() {
        let read = |left| {
            let mut text = String::new();
            let input = &b"cve,epss,percentile\n"[..];
            Bounded { input, left }.read_to_string(&mut text).ok()
        };
        assert_eq!(read(20), Some(20));
        assert_eq!(read(19), None);
    }
}
