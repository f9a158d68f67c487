//! Answers of a `find` as they are sent.

use index::Looked;
use proto_types::FindResponse;
use serde::Serialize;

use super::Cursor;
use crate::store::{Result, StoreError};

/// A page as a JSON document: a [`FindResponse`], or a [`proto_types::AffectedResponse`].
#[derive(Debug, Clone)]
pub struct Document(pub Vec<u8>);

/// A piece of a streamed answer, as lines of JSON.
pub struct Lines {
    /// A row each.
    pub text: Vec<u8>,
    /// What is left, where there is more.
    pub rest: Option<Rest>,
}

/// What is left of a streamed answer.
pub struct Rest {
    /// Where the last piece ended.
    pub(crate) cursor: Cursor,
    /// What was found out of the question.
    pub(crate) looked: Looked,
}

impl Document {
    /// A response, with results that are written already, with commas between them.
    ///
    /// # Errors
    /// [`StoreError::Engine`] where it has no JSON form.
    pub fn new(response: &impl Serialize, results: Option<&[u8]>) -> Result<Self> {
        let mut text = Vec::with_capacity(results.map_or(0, <[u8]>::len) + 1_024);
        let written = serde_json::to_writer(&mut text, response);
        written.map_err(|error| StoreError::Engine(error.into()))?;
        if let Some(results) = results {
            // They come last in the object.
            text.pop();
            text.extend_from_slice(b",\"results\":[");
            text.extend_from_slice(results);
            text.extend_from_slice(b"]}");
        }
        Ok(Self(text))
    }

    /// Reads it again.
    ///
    /// # Errors
    /// It is no response.
    pub fn response(&self) -> serde_json::Result<FindResponse> {
        serde_json::from_slice(&self.0)
    }
}
